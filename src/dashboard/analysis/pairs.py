"""All pairs of countries side by side: how tense, how sure, rising or falling, and in which direction."""

from collections.abc import Iterator
from enum import StrEnum

import numpy as np
import pandas as pd

from dashboard.analysis.shares import span
from dashboard.analysis.tension import LEAST_ARTICLES, PAIRINGS, Pair, compared, index, interval
from dashboard.corpus.read import Corpus
from dashboard.selection import Selection

MOST_NAMED = (
    PAIRINGS
    + """,
    alike AS (
        SELECT country_a, country_b, weight, conflict, published <= $middle AS early,
               published > $middle AS late, count(*) AS articles
        FROM judged GROUP BY ALL
    )
    SELECT country_a, country_b, a.name AS name_a, b.name AS name_b, weight, conflict,
           coalesce(early, false) AS early, coalesce(late, false) AS late, articles
    FROM alike
    SEMI JOIN (
        SELECT country_a, country_b FROM alike GROUP BY ALL
        HAVING sum(articles) >= $least ORDER BY sum(articles) DESC, country_a, country_b LIMIT $most
    ) USING (country_a, country_b)
    JOIN country AS a ON a.code = country_a
    JOIN country AS b ON b.code = country_b
    ORDER BY ALL
    """
)
DIRECTIONS = """
    SELECT CASE WHEN event.mutual THEN 'both' WHEN event.source = $country_a THEN 'a' ELSE 'b' END AS actor,
           event.class AS kind, event.force, count(DISTINCT event.article_id) AS articles
    FROM event JOIN counted AS article USING (article_id)
    WHERE {where} AND event.country_a = $country_a AND event.country_b = $country_b
      AND event.event_id <> ALL($aside)
    GROUP BY ALL ORDER BY ALL
"""
NAMES = ["country_a", "country_b", "name_a", "name_b"]
RANKED = [*NAMES, "n", "tension", "low", "high"]
CHANGED = [*NAMES, "n", "before", "after", "change", "verdict"]


class Order(StrEnum):
    """By what the countries of a matrix are ordered; the value is the word on the screen and in the link."""

    VOLUME = "volume"
    INDEX = "indice"
    CHANGE = "évolution"


def countries_by(order: Order, ranked: pd.DataFrame, changed: pd.DataFrame | None, most: int) -> list[str]:
    """The names of up to `most` countries, those first whose pairs weigh most.

    A pair of `ranked` (a frame of `tension.ranking`) weighs its articles, these times its index, or its
    change without sign in `changed` (of `changes`; needed for that order alone), zero where that does not
    tell one.
    """
    weight = ranked["n"] * ranked["tension"] if order is Order.INDEX else ranked["n"]
    if order is Order.CHANGE and changed is not None:
        pairs = pd.MultiIndex.from_frame(ranked[["name_a", "name_b"]])
        change = changed.set_index(["name_a", "name_b"])["change"].abs()
        weight = change.reindex(pairs).fillna(0).reset_index(drop=True)
    both = pd.concat([weight.groupby(ranked["name_a"]).sum(), weight.groupby(ranked["name_b"]).sum()])
    heaviest = both.groupby(level=0).sum().sort_values(ascending=False, kind="stable")
    return [str(country) for country in heaviest.index[:most]]


def ranked_pairs(corpus: Corpus, selection: Selection, most: int) -> pd.DataFrame:
    """The pairs that most articles name, the most tense first: RANKED, with the bounds of the index.

    Only pairs that LEAST_ARTICLES name are there.
    """
    table = pd.DataFrame(
        [names | _weighed(articles) for names, articles in _each(corpus, selection, most)], columns=RANKED
    )
    return table.sort_values(["tension", "n", "name_a"], ascending=[False, False, True], ignore_index=True)


def changes(corpus: Corpus, selection: Selection, most: int) -> pd.DataFrame:
    """The pairs that most articles name, those that rose most first: CHANGED.

    `before` and `after` are the index of the two halves of the period, `change` what lies between them, NaN
    where a half has fewer than LEAST_ARTICLES, `verdict` the words for it.
    """
    table = pd.DataFrame(
        [names | _halves(articles) for names, articles in _each(corpus, selection, most)], columns=CHANGED
    )
    return table.sort_values(["change", "n", "name_a"], ascending=[False, False, True], ignore_index=True)


def _each(
    corpus: Corpus, selection: Selection, most: int
) -> Iterator[tuple[dict[str, object], pd.DataFrame]]:
    """The names of each pair and a row for each of its articles."""
    first, last = span(corpus, selection)
    middle = first + (last - first) / 2 if first and last else None
    found = corpus.query(MOST_NAMED, selection, middle=middle, least=LEAST_ARTICLES, most=most)
    for names, alike in found.groupby(NAMES, sort=True):
        times = alike["articles"].to_numpy()
        columns = ("weight", "conflict", "early", "late")
        each = pd.DataFrame({name: np.repeat(alike[name].to_numpy(), times) for name in columns})
        yield dict(zip(NAMES, names, strict=True)), each


def _weighed(articles: pd.DataFrame) -> dict[str, object]:
    low, high = interval(articles)
    return {"n": len(articles), "tension": index(articles, "conflict"), "low": low, "high": high}


def _halves(articles: pd.DataFrame) -> dict[str, object]:
    verdict = compared(articles[articles["early"]], articles[articles["late"]])
    sure = min(verdict.n_before, verdict.n_after) >= LEAST_ARTICLES
    return {
        "n": len(articles),
        "before": verdict.before,
        "after": verdict.after,
        "change": verdict.after - verdict.before if sure else float("nan"),
        "verdict": verdict.words,
    }


def directions(corpus: Corpus, selection: Selection, pair: Pair, aside: tuple[str, ...] = ()) -> pd.DataFrame:
    """Who acts: articles by `actor` (a, b, both), `kind` (conflict, cooperation) and `force`.

    An article that reports two sorts of events counts in both. Empty when nothing is reported.
    """
    return corpus.query(
        DIRECTIONS, selection, country_a=pair.country_a, country_b=pair.country_b, aside=list(aside)
    )
