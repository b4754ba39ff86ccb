"""A corpus of a few articles, published for real, for tests that count by hand."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from dashboard.corpus import index
from dashboard.corpus.read import Corpus, open_current, sql_of
from dashboard.corpus.write import staging

INSERT = """
    INSERT INTO article BY NAME
    SELECT $article_id AS article_id, $source AS source, $article_id::VARCHAR AS source_key,
           $url AS url, $title AS title, $lead AS lead, $text AS text, $section AS section,
           $tags::VARCHAR[] AS tags, $published::DATE AS published,
           CASE WHEN $published IS NULL THEN 'inconnue' ELSE 'jour' END AS date_precision, '' AS date_basis,
           false AS partial, md5($title || $lead || $text) AS fingerprint,
           $duplicate_of::INTEGER AS duplicate_of,
           1 AS added_in, 1 AS changed_in, $regions::VARCHAR[] AS regions, $countries::VARCHAR[] AS countries
"""
DEFAULTS: dict[str, object] = {
    "source": "essai", "url": None, "title": "", "lead": "", "text": "", "section": None, "tags": [],
    "published": None, "duplicate_of": None, "regions": ["Monde"], "countries": [],
}  # fmt: skip


def empty_corpus() -> duckdb.DuckDBPyConnection:
    """A corpus of no article, in memory, as a writer finds it."""
    connection = duckdb.connect()
    connection.execute(sql_of("schema.sql"))
    connection.execute(sql_of("views.sql"))
    return connection


def add(
    connection: duckdb.DuckDBPyConnection, articles: Iterable[Mapping[str, object]], first: int = 1
) -> None:
    """Insert articles given by the columns that matter; their ids count from `first` unless given."""
    for number, article in enumerate(articles, start=first):
        connection.execute(INSERT, {"article_id": number, **DEFAULTS, **article})


def tiny_corpus(folder: Path, articles: Iterable[Mapping[str, object]]) -> Corpus:
    """A published corpus of these articles, with its keyword index, open for reading."""
    with staging(folder, reason="essai", coder="0") as change:
        add(change.connection, articles)
        index.update(change.connection)
        change.changed = True
    return open_current(folder)
