"""When a query was written about far more than before, and what sets those days apart."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from dashboard.analysis.keyness import SIGNIFICANT, distinctive, signed_g2
from dashboard.analysis.vocabulary import counts, size
from dashboard.corpus.read import Corpus
from dashboard.matching import Matching, matching_text
from dashboard.occurrences import is_asked_for
from dashboard.periods import Grain, end_of
from dashboard.query import parse, split_compared
from dashboard.selection import Selection

# The rule, which the page states: so many articles, so many times the share of the periods before.
FEWEST_ARTICLES = 10
SMALLEST_RATIO = 2.0
PERIODS_BEFORE = 8
FEWEST_BEFORE = 4
# Within so many periods of a peak another one is the same.
COOL_DOWN = 3
# A peak is compared with so many times its own length before it, and as much after.
SURROUNDINGS = 4
TYPICAL_TITLES = 3
MOST_MOVED = 5
MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Peak:
    """A period of `start`..`end` in which `share` ‰ of `n` articles match, against `baseline` ‰ before."""

    start: date
    end: date
    k: int
    n: int
    share: float
    baseline: float

    @property
    def ratio(self) -> float:
        """How many times the share before."""
        return self.share / self.baseline


@dataclass(frozen=True)
class Why:
    """What sets the matching articles of a peak apart from those of the days around it.

    `words` as in `vocabulary.keyness`; `titles` article_id, title, published, the most typical first;
    `regions`, `countries` and `pairs` (of codes) value, k_in, n_in, k_out, n_out, g2 where the share clearly
    changed.
    """

    since: date
    until: date
    words: pd.DataFrame
    titles: pd.DataFrame
    regions: pd.DataFrame
    countries: pd.DataFrame
    pairs: pd.DataFrame


TYPICAL = """
    SELECT article_id, title, published
    FROM (
        SELECT article.article_id, article.title, article.published,
               sum(weight) / sqrt(len(any_value(article.terms))) AS score
        FROM (
            SELECT article.article_id, article.title, article.published, terms, unnest(terms) AS term_id
            FROM counted AS article JOIN article_terms USING (article_id)
            SEMI JOIN ({matching}) AS matching USING (article_id)
            WHERE {where}
        ) AS article
        JOIN (SELECT term_id, weight FROM term JOIN (
            SELECT unnest($terms) AS term, unnest($weights) AS weight) USING (term)) USING (term_id)
        GROUP BY ALL
    )
    QUALIFY row_number() OVER (PARTITION BY lower(title) ORDER BY score DESC, article_id) = 1
    ORDER BY score DESC, article_id LIMIT $most
"""
BY_VALUE = """
    WITH chosen AS (
        SELECT article.article_id, article.{column} AS many
        FROM counted AS article SEMI JOIN ({matching}) AS matching USING (article_id) WHERE {where}
    )
    SELECT value, count(*) AS k FROM (SELECT article_id, unnest(many) AS value FROM chosen) GROUP BY value
"""
BY_PAIR = """
    SELECT country_a || '–' || country_b AS value, count(DISTINCT event.article_id) AS k
    FROM event JOIN counted AS article USING (article_id)
    SEMI JOIN ({matching}) AS matching USING (article_id)
    WHERE {where}
    GROUP BY ALL
"""
MOVED = {
    "regions": BY_VALUE.replace("{column}", "regions"),
    "countries": BY_VALUE.replace("{column}", "countries"),
    "pairs": BY_PAIR,
}


def peaks(frame: pd.DataFrame, grain: Grain) -> list[Peak]:
    """The peaks of one query's trend, in their order.

    A period is one when at least FEWEST_ARTICLES match and their share is at least SMALLEST_RATIO times that
    of the PERIODS_BEFORE periods before it together, of which FEWEST_BEFORE hold articles; where none of
    those matched, one article stands for none. Of peaks within COOL_DOWN periods the highest is kept.
    """
    ordered = frame.sort_values("start", ignore_index=True)
    found: list[tuple[int, Peak]] = []
    for at, peak in _candidates(ordered, grain):
        if not found or at - found[-1][0] > COOL_DOWN:
            found.append((at, peak))
        elif peak.share > found[-1][1].share:
            found[-1] = (at, peak)
    return [peak for _, peak in found]


def _candidates(frame: pd.DataFrame, grain: Grain) -> list[tuple[int, Peak]]:
    k, n, starts = (frame[name].tolist() for name in ("k", "n", "start"))
    found = []
    for at in range(len(frame)):
        before = [i for i in range(max(0, at - PERIODS_BEFORE), at) if n[i]]
        if k[at] < FEWEST_ARTICLES or len(before) < FEWEST_BEFORE:
            continue
        baseline = 1000 * max(1, sum(k[i] for i in before)) / sum(n[i] for i in before)
        peak = Peak(starts[at], end_of(starts[at], grain), k[at], n[at], 1000 * k[at] / n[at], baseline)
        if peak.ratio >= SMALLEST_RATIO:
            found.append((at, peak))
    return found


def why(corpus: Corpus, selection: Selection, query: str, peak: Peak) -> Why:
    """What sets the articles of the peak apart from those of SURROUNDINGS times its length around it."""
    chosen = selection.resolved(corpus.last_day)
    matching = matching_text(query, name="t")
    length = peak.end - peak.start + timedelta(days=1)
    since = max(filter(None, (chosen.since, peak.start - SURROUNDINGS * length)))
    until = min(filter(None, (chosen.until, peak.end + SURROUNDINGS * length)))
    inside = replace(chosen, since=peak.start, until=peak.end)
    whole = replace(chosen, since=since, until=until)
    words = _words(corpus, inside, whole, query, matching)
    moved = {name: _moved(corpus, inside, whole, matching, sql) for name, sql in MOVED.items()}
    return Why(since, until, words, _titles(corpus, inside, matching, words), **moved)


def _words(
    corpus: Corpus, inside: Selection, whole: Selection, query: str, matching: Matching
) -> pd.DataFrame:
    within = counts(corpus, inside, matching)
    found = distinctive(corpus, within, counts(corpus, whole, matching) - within, MOST_WORDS + 50)
    trees = [parse(one) for one in split_compared(query)]
    own = found["term"].map(lambda term: any(is_asked_for(term, tree) for tree in trees)).astype(bool)
    return found[~own & (found["g2"] > SIGNIFICANT)].head(MOST_WORDS).reset_index(drop=True)


def _titles(corpus: Corpus, inside: Selection, matching: Matching, words: pd.DataFrame) -> pd.DataFrame:
    """Those whose articles hold most of the distinctive words for their length."""
    sql = TYPICAL.replace("{matching}", matching.sql)
    weights = {"terms": words["term"].tolist(), "weights": words["g2"].astype(float).tolist()}
    return corpus.query(sql, inside, most=TYPICAL_TITLES, **weights, **matching.parameters)


def _moved(corpus: Corpus, inside: Selection, whole: Selection, matching: Matching, sql: str) -> pd.DataFrame:
    """The values whose share of the matching articles is clearly not the same, the surest first."""
    sql = sql.replace("{matching}", matching.sql)
    n_in, n_all = (size(corpus, each, matching) for each in (inside, whole))
    now, ever = (corpus.query(sql, s, **matching.parameters).set_index("value")["k"] for s in (inside, whole))
    frame = pd.DataFrame({"k_in": now, "k_all": ever}).fillna(0).rename_axis("value").reset_index()
    frame = frame.assign(n_in=n_in, k_out=frame["k_all"] - frame["k_in"], n_out=n_all - n_in)
    if frame.empty or not n_in or n_all == n_in:
        return pd.DataFrame(columns=["value", "k_in", "n_in", "k_out", "n_out", "g2"])
    k_in, k_out = (frame[name].to_numpy(dtype=np.float64) for name in ("k_in", "k_out"))
    frame = frame.assign(g2=signed_g2(k_in, n_in, k_out, n_all - n_in))
    sure = frame[frame["g2"].abs() > SIGNIFICANT].sort_values("g2", key=abs, ascending=False).head(MOST_MOVED)
    whole_numbers = sure[["value", "k_in", "n_in", "k_out", "n_out"]].astype({"k_in": int, "k_out": int})
    return whole_numbers.assign(g2=sure["g2"]).reset_index(drop=True)
