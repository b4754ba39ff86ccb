"""How often words are written about, and when: the share of the selection's articles that match a query."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from dashboard.analysis.shares import spread, totals
from dashboard.corpus.read import Corpus
from dashboard.matching import matching_text
from dashboard.periods import Grain, end_of
from dashboard.selection import Selection

COLUMNS = ["query", "start", "k", "n", "share", "low", "high", "complete"]
# Below this count the interval of a share is wider than the share itself.
FEW = 5

OF_THE_CORPUS = """
    SELECT date_trunc($unit, published)::DATE AS start, count(*) AS k
    FROM ({matching})
    WHERE published BETWEEN coalesce($since, published) AND coalesce($until, published)
    GROUP BY ALL
"""
OF_THE_SELECTION = """
    SELECT date_trunc($unit, article.published)::DATE AS start, count(*) AS k
    FROM counted AS article SEMI JOIN ({matching}) AS matching USING (article_id)
    WHERE {where} AND article.published IS NOT NULL
    GROUP BY ALL
"""
ARTICLES = """
    SELECT article.article_id
    FROM counted AS article SEMI JOIN ({matching}) AS matching USING (article_id)
    WHERE {where} AND article.published BETWEEN $start AND $end
    ORDER BY article.published DESC, article.article_id DESC
"""


def trend(corpus: Corpus, selection: Selection, queries: Sequence[str], grain: Grain) -> pd.DataFrame:
    """One row per query and period: query, start, k, n, share, low, high (the last three in ‰), complete.

    n counts the articles of the selection in the period, k those of them that match. Every period is there:
    k is 0 where nothing matches, and the share NaN where the selection holds no article at all. `complete`
    is false for a period that the selection or the corpus cuts. Undated articles are in no period. Raises
    QuerySyntaxError.
    """
    counts = [_counts(corpus, selection, query, grain).assign(query=query) for query in queries]
    periods = totals(corpus, selection, grain)
    if periods.empty or not counts:
        return pd.DataFrame(columns=COLUMNS)
    frame = spread(pd.concat(counts), "query", queries, periods)
    order = frame["query"].map({query: number for number, query in enumerate(queries)})
    return frame.assign(order=order).sort_values(["order", "start"], ignore_index=True)[COLUMNS]


def matching(corpus: Corpus, selection: Selection, query: str, start: date, end: date) -> list[int]:
    """The ids of the articles of the selection that match, of the days `start` to `end`, latest first."""
    found = matching_text(query, name="t")
    sql = ARTICLES.replace("{matching}", found.sql)
    frame = corpus.query(sql, selection, start=start, end=end, **found.parameters)
    return [int(number) for number in frame["article_id"]]


def gaps(frame: pd.DataFrame, grain: Grain) -> list[tuple[date, date]]:
    """The stretches of days for which a trend has no article at all, first and last day included."""
    found: list[tuple[date, date]] = []
    for start in sorted(set(frame.loc[frame["n"] == 0, "start"])):
        if found and found[-1][1] + timedelta(days=1) == start:
            found[-1] = (found[-1][0], end_of(start, grain))
        else:
            found.append((start, end_of(start, grain)))
    return found


def smoothed(frame: pd.DataFrame, window: int) -> pd.DataFrame:
    """The trend with `smooth`: the share in ‰ of a centred window of `window` periods, by ratio of sums.

    `window` is odd. Near an end, a gap or an unfinished period the window narrows on both sides, so that it
    stays centred and never crosses them; there the value is NaN.
    """
    if window < 1 or window % 2 == 0:
        raise ValueError("a centred window counts an odd number of periods")
    values = pd.Series(np.nan, index=frame.index, dtype=float)
    for _, one in frame.sort_values("start").groupby("query", sort=False):
        usable = (one["n"] > 0) & one["complete"].astype(bool)
        for _, run in one[usable].groupby((~usable).cumsum()[usable]):
            values[run.index] = _centred(run["k"].to_numpy(float), run["n"].to_numpy(float), window // 2)
    return frame.assign(smooth=values)


def base_100(frame: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """The trend with `index`: its share where that of the periods starting from `first` to `last` is 100.

    NaN where the share is missing, and everywhere for a query that nothing matches in the reference.
    """
    reference = frame[(frame["start"] >= first) & (frame["start"] <= last)].groupby("query")[["k", "n"]].sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        share = 1000 * reference["k"] / reference["n"]
    return frame.assign(index=100 * frame["share"] / frame["query"].map(share.where(share > 0)).astype(float))


def is_rare(frame: pd.DataFrame) -> pd.Series:
    """For each query whether more than half of its periods count fewer than FEW articles."""
    held = frame[frame["n"] > 0]
    return (held["k"] < FEW).groupby(held["query"], sort=False).mean() > 0.5


def _counts(corpus: Corpus, selection: Selection, query: str, grain: Grain) -> pd.DataFrame:
    found = matching_text(query, name="t")
    resolved = selection.resolved(corpus.last_day)
    if resolved == resolved.only_dates():
        sql = OF_THE_CORPUS.replace("{matching}", found.sql)
        days = {"since": resolved.since, "until": resolved.until}
        return corpus.query(sql, None, unit=grain.sql_unit, **days, **found.parameters)
    sql = OF_THE_SELECTION.replace("{matching}", found.sql)
    return corpus.query(sql, selection, unit=grain.sql_unit, **found.parameters)


def _centred(k: np.ndarray, n: np.ndarray, half: int) -> np.ndarray:
    at = np.arange(len(k))
    reach = np.minimum(half, np.minimum(at, len(k) - 1 - at))
    sums_k, sums_n = (np.concatenate([[0.0], np.cumsum(values)]) for values in (k, n))
    above, below = at + reach + 1, at - reach
    return np.asarray(1000 * (sums_k[above] - sums_k[below]) / (sums_n[above] - sums_n[below]))
