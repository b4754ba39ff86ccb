"""The values that the filters offer, and how much of the corpus each selection holds."""

from dataclasses import dataclass

import pandas as pd

from dashboard.corpus.read import Corpus
from dashboard.selection import Selection

TAGS = """
    SELECT value, count(*) AS articles
    FROM (SELECT unnest(tags) AS value FROM counted) GROUP BY ALL ORDER BY articles DESC, value
"""
SECTIONS = """
    SELECT section AS value, count(*) AS articles
    FROM counted WHERE section IS NOT NULL GROUP BY ALL ORDER BY articles DESC, value
"""
COUNTRIES = """
    SELECT code, name AS value
    FROM country SEMI JOIN (SELECT unnest(countries) AS code FROM counted) USING (code)
    ORDER BY value COLLATE fr
"""
SOURCES = "SELECT source AS value, count(*) AS articles FROM counted GROUP BY ALL ORDER BY value"
NAMES = "SELECT code, name FROM country"
SIZE = """
    SELECT count(*) AS articles, count(*) FILTER (article.published IS NULL) AS undated
    FROM counted AS article WHERE {where}
"""


@dataclass(frozen=True)
class Facets:
    """Every value that a filter can take in this corpus; countries as French names by code."""

    tags: tuple[str, ...]
    sections: tuple[str, ...]
    countries: dict[str, str]
    sources: tuple[str, ...]


def facets(corpus: Corpus) -> Facets:
    """The values of the whole corpus, tags and sections with the most articles first."""
    found = corpus.query(COUNTRIES)
    return Facets(
        tags=tuple(corpus.query(TAGS)["value"]),
        sections=tuple(corpus.query(SECTIONS)["value"]),
        countries=dict(zip(found["code"], found["value"], strict=True)),
        sources=tuple(corpus.query(SOURCES)["value"]),
    )


def country_names(corpus: Corpus) -> dict[str, str]:
    """The French name of every country code, those that no article is about included."""
    found = corpus.query(NAMES)
    return dict(zip(found["code"], found["name"], strict=True))


def size(corpus: Corpus, selection: Selection) -> pd.Series:
    """How many articles the selection holds, and how many of them have no day: articles, undated."""
    return corpus.query(SIZE, selection).iloc[0]
