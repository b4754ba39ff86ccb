"""What the corpus holds at a glance: sources, last reading, weeks without any article."""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from dashboard.analysis.shares import totals
from dashboard.corpus.read import Corpus
from dashboard.periods import Grain
from dashboard.selection import Selection

SOURCES = """
    SELECT source.source, source.kind, source.address, source.first_read, source.last_read,
           count(article.article_id)                                            AS articles,
           count(article.article_id) FILTER (article.duplicate_of IS NOT NULL)  AS duplicates,
           count(article.article_id) FILTER (article.published IS NULL)         AS undated,
           max(article.published)                                               AS last_published
    FROM source LEFT JOIN article ON article.source = source.source
    GROUP BY ALL ORDER BY source.source
"""
REFUSALS = (
    "SELECT source, place, reason, raw, first_seen FROM refusal ORDER BY first_seen DESC, place LIMIT $most"
)
REASONS = """
    SELECT source, reason, count(*) AS refused, max(first_seen) AS last_seen FROM refusal
    GROUP BY source, reason ORDER BY refused DESC, source, reason
"""
REMOVALS = """
    SELECT source, title, published, url, reason, removed_in FROM removal
    ORDER BY removed_in DESC, source, title LIMIT $most
"""
ATTENTION = """
    SELECT country.code, country.name AS value, articles
    FROM (
        SELECT code, count(*) AS articles
        FROM (SELECT unnest(article.countries) AS code FROM counted AS article WHERE {where})
        GROUP BY code
    )
    JOIN country USING (code)
    ORDER BY articles DESC, value
"""
REGIONS = "SELECT name, region FROM country"
SNAPSHOTS = "SELECT number, id, published, reason FROM snapshot ORDER BY number DESC LIMIT $most"


@dataclass(frozen=True, slots=True)
class Holdings:
    """The corpus in a few figures; the days are None when nothing is dated."""

    articles: int
    undated: int
    first_day: date | None
    last_day: date | None
    sources: int
    empty_weeks: int
    updated: datetime


def holdings(corpus: Corpus) -> Holdings:
    """How much there is, from when to when, and in how many weeks between there is nothing."""
    weeks = totals(corpus, Selection(), Grain.WEEK)
    published = corpus.query(SNAPSHOTS, most=1)["published"].iloc[0]
    return Holdings(
        articles=corpus.articles,
        undated=corpus.undated_articles,
        first_day=corpus.first_day,
        last_day=corpus.last_day,
        sources=len(sources(corpus)),
        empty_weeks=int((weeks["n"] == 0).sum()),
        updated=pd.Timestamp(published).to_pydatetime(),
    )


def attention(corpus: Corpus, selection: Selection) -> pd.DataFrame:
    """How many articles of the selection are about each country: code, value (its name), articles."""
    return corpus.query(ATTENTION, selection)


def regions_of_countries(corpus: Corpus) -> dict[str, str]:
    """The region of every country, by its French name."""
    found = corpus.query(REGIONS)
    return dict(zip(found["name"], found["region"], strict=True))


def sources(corpus: Corpus) -> pd.DataFrame:
    """Every source with what it gave: source, kind, address, first_read, last_read, articles, duplicates,
    undated, last_published."""
    return corpus.query(SOURCES)


def refusals(corpus: Corpus, most: int) -> pd.DataFrame:
    """What was refused, the latest first: source, place, reason, raw, first_seen."""
    return corpus.query(REFUSALS, most=most)


def reasons(corpus: Corpus) -> pd.DataFrame:
    """Why pieces were refused, the most frequent first: source, reason, refused, last_seen."""
    return corpus.query(REASONS)


def removals(corpus: Corpus, most: int) -> pd.DataFrame:
    """What was removed at its source, the latest first."""
    return corpus.query(REMOVALS, most=most)


def snapshots(corpus: Corpus, most: int) -> pd.DataFrame:
    """The history of the corpus, the latest first: number, id, published, reason."""
    return corpus.query(SNAPSHOTS, most=most)
