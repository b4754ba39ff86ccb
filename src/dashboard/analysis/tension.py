"""Tension between two countries: what articles that name both report, and how grave it is.

The index of a pair is 100 × Σ w·g / Σ w over the articles of the selection that name both countries, where
g is the gravity of the worst conflict that the article reports between them (|PLOVER score| / 10, 0 when it
reports none) and w is 2 when title or lead name both, 1 otherwise. 0: no article reports a conflict. 100:
every one reports war. The same sum over the best cooperation is shown beside it and never subtracted.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from dashboard.analysis.shares import span, spread, totals
from dashboard.corpus.read import Corpus
from dashboard.periods import Grain, start_of
from dashboard.selection import Selection

# Under this many articles naming both countries no index is drawn: the interval would span half the scale.
LEAST_ARTICLES = 5
DRAWS = 1_000
BOUNDS = (2.5, 97.5)
SEEDS = (20_220_224, 20_231_007)  # any two will do; fixed, so that a figure does not move by itself

# Which articles of the selection name two countries, and what each reports between them.
PAIRINGS = """
    WITH chosen AS (
        SELECT article.article_id, article.published FROM counted AS article WHERE {where}
    ),
    judged AS (SELECT chosen.published, pairing.* FROM pairing JOIN chosen USING (article_id))
"""
RANKING = (
    PAIRINGS
    + """,
    weighed AS (
        SELECT country_a, country_b, count(*) AS n,
               count(*) FILTER (conflict > 0) AS with_conflict,
               count(*) FILTER (cooperation > 0) AS with_cooperation,
               100 * sum(weight * conflict) / sum(weight) AS tension,
               100 * sum(weight * cooperation) / sum(weight) AS cooperation
        FROM judged GROUP BY ALL HAVING n >= $least
    )
    SELECT weighed.country_a, weighed.country_b, a.name AS name_a, b.name AS name_b,
           weighed.* EXCLUDE (country_a, country_b)
    FROM weighed
    JOIN country AS a ON a.code = country_a
    JOIN country AS b ON b.code = country_b
    ORDER BY tension DESC, n DESC, country_a, country_b
    """
)
# The same for one pair, read from its events once more, because some of them may be set aside.
PAIR_ARTICLES = (
    PAIRINGS
    + """
    SELECT article_id, published, weight,
           coalesce(told.conflict, 0)                  AS conflict,
           coalesce(told.cooperation, 0)               AS cooperation,
           coalesce(told.verbal_conflict, false)       AS verbal_conflict,
           coalesce(told.material_conflict, false)     AS material_conflict,
           coalesce(told.verbal_cooperation, false)    AS verbal_cooperation,
           coalesce(told.material_cooperation, false)  AS material_cooperation
    FROM judged LEFT JOIN told($aside) AS told USING (article_id, country_a, country_b)
    WHERE country_a = $country_a AND country_b = $country_b
    ORDER BY published, article_id
    """
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two countries, in the alphabetical order of their codes."""

    country_a: str
    country_b: str

    @classmethod
    def of(cls, one: str, other: str) -> "Pair":
        """The pair of these two codes, given in either order."""
        return cls(*sorted((one, other)))


def ranking(corpus: Corpus, selection: Selection, least: int = LEAST_ARTICLES) -> pd.DataFrame:
    """Every pair that at least `least` articles of the selection name, the most tense first.

    Columns: country_a, country_b, name_a, name_b, n, with_conflict, with_cooperation, tension, cooperation
    (the last two 0..100).
    """
    return corpus.query(RANKING, selection, least=least)


def pair_articles(
    corpus: Corpus, selection: Selection, pair: Pair, aside: tuple[str, ...] = ()
) -> pd.DataFrame:
    """One row per article that names both: published, weight, conflict, cooperation (gravity 0..1), classes.

    The events whose ids stand in `aside` count as not read.
    """
    found = corpus.query(
        PAIR_ARTICLES,
        selection,
        country_a=pair.country_a,
        country_b=pair.country_b,
        aside=list(aside),
    )
    return found.assign(published=pd.to_datetime(found["published"]).dt.date)


def over_time(
    corpus: Corpus, selection: Selection, pair: Pair, grain: Grain, aside: tuple[str, ...] = ()
) -> pd.DataFrame:
    """The pair period by period.

    Columns: start, n (articles of the selection), complete, named (those that name both), the four classes
    and `conflicts` (articles that report one), share, low, high (‰ of n that report a conflict), tension,
    tension_low, tension_high and cooperation (0..100, NaN under LEAST_ARTICLES).
    """
    articles = pair_articles(corpus, selection, pair, aside)
    periods = totals(corpus, selection, grain)
    dated = articles[articles["published"].notna()]
    dated = dated.assign(start=[start_of(day, grain) for day in dated["published"]])
    judged = pd.DataFrame(_judged_by_start(dated), columns=["start", *JUDGED]).astype({"start": object})
    joined = _conflicts(dated, periods).merge(judged, how="left", on="start")
    counts = ["named", *CLASSES]
    return joined.assign(**{name: joined[name].fillna(0).astype(int) for name in counts})


def _conflicts(dated: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    counts = dated[dated["conflict"] > 0].groupby("start").size().rename("k").reset_index()
    return spread(counts.assign(value="conflit"), "value", ["conflit"], periods).rename(
        columns={"k": "conflicts"}
    )


CLASSES = ("verbal_conflict", "material_conflict", "verbal_cooperation", "material_cooperation")


JUDGED = ("named", *CLASSES, "tension", "tension_low", "tension_high", "cooperation")


def _judged_by_start(dated: pd.DataFrame) -> list[tuple[object, ...]]:
    """The columns JUDGED of each period; the articles come in the order of their days."""
    starts = dated["start"].to_numpy()
    edges = [0, *(np.flatnonzero(starts[1:] != starts[:-1]) + 1), len(starts)]
    names = ("weight", "conflict", "cooperation", *CLASSES)
    columns = [dated[name].to_numpy(dtype=float) for name in names]
    return [
        (starts[first], *_judged(*(column[first:last] for column in columns)))
        for first, last in pairwise(edges)
        if last > first
    ]


def _judged(
    weight: np.ndarray, conflict: np.ndarray, cooperation: np.ndarray, *classes: np.ndarray
) -> tuple[float, ...]:
    named = (len(weight), *(int(told.sum()) for told in classes))
    if len(weight) < LEAST_ARTICLES:
        return (*named, *[np.nan] * 4)
    low, high = np.percentile(_draws(weight, conflict), BOUNDS)
    return (*named, _mean(weight, conflict), low, high, _mean(weight, cooperation))


def index(articles: pd.DataFrame, gravity: str) -> float:
    """100 × Σ weight·gravity / Σ weight; NaN for no article."""
    return _mean(articles["weight"].to_numpy(dtype=float), articles[gravity].to_numpy(dtype=float))


def _mean(weight: np.ndarray, gravity: np.ndarray) -> float:
    return float(100 * (weight @ gravity) / weight.sum()) if len(weight) else float("nan")


def interval(articles: pd.DataFrame) -> tuple[float, float]:
    """95 % percentile bootstrap of the tension index over articles (Efron 1979), always the same draws."""
    low, high = np.percentile(_draws_of(articles), BOUNDS)
    return float(low), float(high)


def _draws_of(articles: pd.DataFrame, seed: int = SEEDS[0]) -> np.ndarray:
    weight, conflict = (articles[name].to_numpy(dtype=float) for name in ("weight", "conflict"))
    return _draws(weight, conflict, seed)


def _draws(weight: np.ndarray, conflict: np.ndarray, seed: int = SEEDS[0]) -> np.ndarray:
    """The index of DRAWS resamples of the articles.

    How many of each weight and gravity fall into a resample is drawn at once: the law is the same, the order
    of the articles does not matter, and a hundred thousand of them take no more room than ten.
    """
    # Gravity lies in 0..1 and weight is whole, so that one number can stand for both.
    kinds, counts = np.unique(weight + conflict / 10, return_counts=True)
    weights = np.floor(kinds)
    gravity = 10 * (kinds - weights)
    chosen = np.random.default_rng(seed).multinomial(counts.sum(), counts / counts.sum(), size=DRAWS)
    index: np.ndarray = 100 * (chosen @ (weights * gravity)) / (chosen @ weights)
    return index


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether tension moved between the two halves of the period shown, in the words of the page."""

    words: str
    before: float
    after: float
    n_before: int
    n_after: int


def verdict(corpus: Corpus, selection: Selection, pair: Pair, aside: tuple[str, ...] = ()) -> Verdict:
    """Compare the second half of the days of the selection with the first half.

    « hausse » or « baisse » when the 95 % interval of the difference leaves zero out, « pas de preuve
    claire » when it does not, « données insuffisantes » when a half has fewer than LEAST_ARTICLES.
    """
    articles = pair_articles(corpus, selection, pair, aside)
    first, last = span(corpus, selection)
    if first is None or last is None:
        return compared(articles.head(0), articles.head(0))
    middle = first + (last - first) / 2
    dated = articles[articles["published"].notna()]
    return compared(dated[dated["published"] <= middle], dated[dated["published"] > middle])


def compared(before: pd.DataFrame, after: pd.DataFrame) -> Verdict:
    """The verdict on two sets of articles, rows of `pair_articles`."""
    figures = (index(before, "conflict"), index(after, "conflict"), len(before), len(after))
    if min(len(before), len(after)) < LEAST_ARTICLES:
        return Verdict(f"données insuffisantes (n = {min(len(before), len(after))})", *figures)
    low, high = np.percentile(_draws_of(after) - _draws_of(before, SEEDS[1]), BOUNDS)
    if low > 0:
        return Verdict("hausse", *figures)
    return Verdict("baisse" if high < 0 else "pas de preuve claire", *figures)
