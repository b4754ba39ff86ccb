"""A number and what it is a part of: shares per thousand, their counting noise, the periods of a timeline."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from dashboard.corpus.read import Corpus
from dashboard.periods import Grain, end_of, periods_between
from dashboard.selection import Selection

Z95 = 1.959964  # the 97.5 % point of the normal law

TOTALS = """
    SELECT date_trunc($unit, published)::DATE AS start, sum(articles)::BIGINT AS n
    FROM ({days}) WHERE published IS NOT NULL
    GROUP BY ALL ORDER BY start
"""
SPAN = "SELECT min(published) AS first_day, max(published) AS last_day FROM ({days})"
OF_ARTICLES = "SELECT article.published, 1 AS articles FROM counted AS article WHERE {where}"
# The keyword index holds the same by day, in a thousandth of the rows; only dates can be asked of it.
OF_DAYS = "SELECT article.published, article.articles FROM indexed_day AS article WHERE {where}"
INDEXED = """
    SELECT coalesce(sum(articles), 0) AS articles,
           coalesce(sum(articles) FILTER (published IS NULL), 0) AS undated_articles,
           min(published) AS first_day, max(published) AS last_day
    FROM indexed_day
"""


def covered(corpus: Corpus, selection: Selection) -> tuple[date | None, date | None]:
    """The days of the corpus that the dates of the selection leave, both included; None without any."""
    resolved = selection.resolved(corpus.last_day)
    if corpus.first_day is None or corpus.last_day is None:
        return None, None
    first = max(resolved.since or corpus.first_day, corpus.first_day)
    return first, min(resolved.until or corpus.last_day, corpus.last_day)


def span(corpus: Corpus, selection: Selection) -> tuple[date | None, date | None]:
    """The days that a timeline of the selection shows: its own dates, else those of its articles.

    Days before the first article of the corpus or after its last one are not among them.
    """
    resolved = selection.resolved(corpus.last_day)
    first, last = covered(corpus, selection)
    found = corpus.query(SPAN.replace("{days}", _days(corpus, selection)), selection).astype(object).iloc[0]
    own_first, own_last = (None if pd.isna(day) else pd.Timestamp(day).date() for day in found)
    if own_first is None:
        return None, None
    return (first if resolved.since else own_first), (last if resolved.until else own_last)


def totals(corpus: Corpus, selection: Selection, grain: Grain) -> pd.DataFrame:
    """Articles of the selection in every period: start, n, complete.

    A period without any article is there with n = 0. `complete` is false for a period that the dates of the
    selection or the days of the corpus cut: its count is not comparable with the others. Empty when nothing
    is dated.
    """
    first, last = span(corpus, selection)
    opens, closes = covered(corpus, selection)
    if first is None or last is None or opens is None or closes is None:
        return pd.DataFrame({"start": pd.Series(dtype=object), "n": pd.Series(dtype=int), "complete": []})
    sql = TOTALS.replace("{days}", _days(corpus, selection))
    counted = corpus.query(sql, selection, unit=grain.sql_unit)
    by_start = dict(zip(pd.to_datetime(counted["start"]).dt.date, counted["n"], strict=True))
    starts = periods_between(first, last, grain)
    return pd.DataFrame(
        {
            "start": starts,
            "n": [int(by_start.get(start, 0)) for start in starts],
            "complete": [opens <= start and end_of(start, grain) <= closes for start in starts],
        }
    )


def _days(corpus: Corpus, selection: Selection) -> str:
    """Where the articles of the selection are counted: by day in the index, unless that is not up to date."""
    resolved = selection.resolved(corpus.last_day)
    if resolved != resolved.only_dates():
        return OF_ARTICLES
    [held] = corpus.query(INDEXED).astype(object).to_dict("records")
    first, last = (None if pd.isna(held[name]) else held[name].date() for name in ("first_day", "last_day"))
    told = (corpus.articles, corpus.undated_articles, corpus.first_day, corpus.last_day)
    return OF_DAYS if (held["articles"], held["undated_articles"], first, last) == told else OF_ARTICLES


def with_shares(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with `share`, `low` and `high` in ‰ beside its `k` and `n`; NaN where n is zero.

    The bounds are those of Wilson (1927), which stay in 0..1000 and do not collapse when k is 0.
    """
    k, n = frame["k"].to_numpy(dtype=float), frame["n"].to_numpy(dtype=float)
    low, high = wilson(k, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(n > 0, k / n, np.nan)
    return frame.assign(share=share * 1000, low=low * 1000, high=high * 1000)


def wilson(k: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of the 95 % Wilson interval of k/n, in 0..1; NaN where n is zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        p = k / n
        middle = (p + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
        half = Z95 * np.sqrt(p * (1 - p) / n + Z95**2 / (4 * n**2)) / (1 + Z95**2 / n)
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def spread(counts: pd.DataFrame, series: str, values: Sequence[str], periods: pd.DataFrame) -> pd.DataFrame:
    """Counts (start, `series`, k) laid over all periods: a period in which nothing matches counts zero."""
    everything = periods.merge(pd.DataFrame({series: pd.Series(list(values), dtype=object)}), how="cross")
    counted = counts.assign(start=pd.to_datetime(counts["start"]).dt.date)
    joined = everything.merge(counted, how="left", on=["start", series])
    return with_shares(joined.assign(k=joined["k"].fillna(0).astype(int)))
