"""A corpus in which it is written by hand which article names which countries and reports what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard.coding.countries import COUNTRIES
from dashboard.coding.plover import EVENT_TYPES
from dashboard.corpus.read import Corpus, open_current
from dashboard.corpus.write import staging

KEEP_NAMING = "INSERT INTO naming BY NAME FROM given"
KEEP_EVENT = """
    INSERT INTO event BY NAME
    SELECT given.*, least(given.source, given.target) AS country_a,
           greatest(given.source, given.target) AS country_b, class, force, score,
           'texte' AS part, 0 AS sentence, 'Une phrase.' AS sentence_text, 0 AS sentence_start,
           'phrase' AS trigger, 4 AS trigger_start, 10 AS trigger_end, 0.9 AS confidence, false AS mutual,
           '' AS why
    FROM given JOIN event_type USING (type)
"""
KEEP_ARTICLE = """
    INSERT INTO article BY NAME
    SELECT given.* REPLACE (given.published::DATE AS published),
           article_id::VARCHAR AS source_key, '' AS title, '' AS lead, '' AS text, [] AS tags,
           CASE WHEN published IS NULL THEN 'inconnue' ELSE 'jour' END AS date_precision, '' AS date_basis,
           false AS partial, article_id::VARCHAR AS fingerprint, 1 AS added_in, 1 AS changed_in,
           ['Monde'] AS regions, [] AS countries
    FROM given
"""
ARTICLE = pa.schema(
    {"article_id": pa.int32(), "source": pa.string(), "published": pa.string(), "duplicate_of": pa.int32()}
)


@dataclass(frozen=True)
class Told:
    """What one article tells: the countries it names, those in its title, (source, target, type) events."""

    names: Sequence[str] = ()
    at_top: Sequence[str] = ()
    events: Sequence[tuple[str, str, str]] = ()
    published: str | None = None
    duplicate_of: int | None = None
    publisher: str = "essai"


def told_corpus(folder: Path, articles: Iterable[Told]) -> Corpus:
    """A published corpus of these articles, numbered from 1; event n of article m is called « m.n »."""
    told = list(enumerate(articles, start=1))
    rows = [
        {
            "article_id": i,
            "source": one.publisher,
            "published": one.published,
            "duplicate_of": one.duplicate_of,
        }
        for i, one in told
    ]
    namings = [
        {"article_id": i, "country": country, "at_top": country in one.at_top}
        for i, one in told
        for country in dict.fromkeys([*one.names, *one.at_top])
    ]
    events = [
        {"event_id": f"{i}.{n}", "article_id": i, "source": source, "target": target, "type": kind}
        for i, one in told
        for n, (source, target, kind) in enumerate(one.events)
    ]
    with staging(folder, reason="essai", coder="0") as change:
        know_countries(change.connection)
        _keep(change.connection, KEEP_ARTICLE, pa.Table.from_pylist(rows, ARTICLE))
        _keep(change.connection, KEEP_NAMING, pa.Table.from_pylist(namings))
        _keep(change.connection, KEEP_EVENT, pa.Table.from_pylist(events))
        change.changed = True
    return open_current(folder)


def know_countries(connection: duckdb.DuckDBPyConnection) -> None:
    """The countries and the types of events that the coder knows, as every run keeps them."""
    countries = [
        {"code": one.code, "name": one.name, "phrase": one.phrase, "region": one.region}
        for one in COUNTRIES.values()
    ]
    types = [
        {"type": kind.code, "verb": kind.verb, "noun": kind.noun, "score": kind.score}
        | {"class": str(kind.event_class), "force": str(kind.force)}
        for kind in EVENT_TYPES.values()
    ]
    _keep(connection, "INSERT INTO country BY NAME FROM given", pa.Table.from_pylist(countries))
    _keep(connection, "INSERT INTO event_type BY NAME FROM given", pa.Table.from_pylist(types))


def _keep(connection: duckdb.DuckDBPyConnection, sql: str, rows: pa.Table) -> None:
    if rows.num_rows:
        connection.register("given", rows)
        connection.execute(sql)
        connection.unregister("given")
