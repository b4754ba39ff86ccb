"""The sentences behind the tension of a pair, and what each of them weighs in its index."""

from datetime import date

import pandas as pd

from dashboard.analysis.tension import Pair, pair_articles
from dashboard.corpus.read import Corpus
from dashboard.selection import Selection

EVIDENCE = """
    WITH told AS (
        SELECT * FROM event
        WHERE country_a = $country_a AND country_b = $country_b
          AND article_id IN (SELECT article.article_id FROM counted AS article WHERE {where})
    )
    SELECT told.event_id, article.article_id, article.published, article.title, article.source AS publisher,
           article.url, told.part, told.sentence_text, told.sentence_start, told.source, told.target,
           told.type, event_type.noun, told.class AS kind, told.force, told.score, told.trigger,
           told.trigger_start, told.trigger_end, told.confidence, told.mutual, told.why
    FROM told
    JOIN article ON article.article_id = told.article_id
    JOIN event_type ON event_type.type = told.type
    ORDER BY article.article_id, told.event_id
"""
ACTORS = """
    SELECT event_id, list({'starts': starts, 'ends': ends} ORDER BY starts) AS places
    FROM event JOIN mention USING (article_id, part, sentence)
    WHERE event_id = ANY($events) AND country IN (event.source, event.target)
    GROUP BY event_id
"""


def of_pair(
    corpus: Corpus,
    selection: Selection,
    pair: Pair,
    aside: tuple[str, ...] = (),
    start: date | None = None,
    end: date | None = None,
) -> pd.DataFrame:
    """Every sentence behind the pair, the heaviest first, with its `contribution` to the index.

    `start` and `end`, both or none, cut out a period; contributions are to the index of that period and add
    up to it. Within an article the gravest conflict alone counts: the other sentences contribute 0, as do
    those set `aside`, which are marked in the column `aside`.
    """
    articles = pair_articles(corpus, selection, pair, aside)
    found = corpus.query(EVIDENCE, selection, country_a=pair.country_a, country_b=pair.country_b)
    found = found.assign(published=pd.to_datetime(found["published"]).dt.date)
    if start and end:
        articles = articles[_within(articles["published"], start, end)]
        found = found[_within(found["published"], start, end)]
    found = found.assign(aside=found["event_id"].isin(aside))
    heaviest = ["contribution", "published", "article_id", "event_id"]
    return _contributing(found, articles).sort_values(heaviest, ascending=[False, False, True, True])


def actors(corpus: Corpus, events: tuple[str, ...]) -> dict[str, list[dict[str, int]]]:
    """By event id, where its two countries are named in its sentence: starts, ends, in their order."""
    found = corpus.query(ACTORS, events=list(events))
    return {row.event_id: list(row.places) for row in found.itertuples()}


def _within(days: pd.Series, start: date, end: date) -> pd.Series:
    return days.map(lambda day: isinstance(day, date) and not pd.isna(day) and start <= day <= end).astype(
        bool
    )


def _contributing(found: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The rows with the share of the index that each carries; the first of equally grave ones carries it."""
    parts = articles.set_index("article_id")
    parts = 100 * parts["weight"] * parts["conflict"] / max(parts["weight"].sum(), 1)
    speaks = (found["score"] < 0) & ~found["aside"]
    order = found.assign(gravity=found["score"].where(speaks, 0.0))
    carrier = order[speaks].sort_values(["gravity", "event_id"]).drop_duplicates("article_id").index
    carried = found["article_id"].map(parts).where(found.index.isin(carrier), 0.0).fillna(0.0)
    return found.assign(contribution=carried.astype(float))
