"""Coding stored articles: their sentences are read and the derived rows take the place of the old ones."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

import duckdb
import pyarrow as pa

from dashboard.coding import reading
from dashboard.coding.countries import COUNTRIES
from dashboard.coding.plover import EVENT_TYPES
from dashboard.ingest.derive import LEAD, TABLES, TEXT, TITLE, Derived, Readable, derived

BATCH = 4_000
# Under this many articles other processes would still be starting when this one is done.
WORTH_SHARING = 500
SHARE = 100

READABLE = """
    SELECT article_id, source || '/' || source_key, section, published, title, lead, text
    FROM article WHERE article_id = ANY($ids) ORDER BY article_id
"""
FORGET = tuple(f"DELETE FROM {table} WHERE article_id = ANY($ids)" for table in TABLES)
DERIVE_ARTICLE = """
    UPDATE article SET regions = found.regions, countries = found.countries
    FROM found WHERE article.article_id = found.article_id
"""
# Ids are short, so that a link can hold some; among millions of events two may come out the same.
TELL_APART = """
    UPDATE event SET event_id = event.event_id || same.place
    FROM (
        SELECT rowid, row_number() OVER (
            PARTITION BY event_id ORDER BY article_id, part, sentence, source, target, type
        ) AS place
        FROM event WHERE event_id IN (SELECT event_id FROM event WHERE article_id = ANY($ids))
    ) AS same
    WHERE event.rowid = same.rowid AND same.place > 1
    RETURNING 1
"""
ALL_ARTICLES = "SELECT article_id FROM article ORDER BY article_id"

MENTION_SCHEMA = pa.schema(
    [("article_id", pa.int32()), ("part", pa.string()), ("sentence", pa.int32()), ("country", pa.string())]
    + [("kind", pa.string()), ("starts", pa.int32()), ("ends", pa.int32())]
)
EVENT_SCHEMA = pa.schema(
    [("event_id", pa.string()), ("article_id", pa.int32()), ("part", pa.string()), ("sentence", pa.int32())]
    + [("sentence_text", pa.string()), ("sentence_start", pa.int32())]
    + [
        (name, pa.string())
        for name in ("source", "target", "country_a", "country_b", "type", "class", "force")
    ]
    + [("score", pa.float64()), ("trigger", pa.string()), ("trigger_start", pa.int32())]
    + [
        ("trigger_end", pa.int32()),
        ("confidence", pa.float64()),
        ("mutual", pa.bool_()),
        ("why", pa.string()),
    ]
)
NAMING_SCHEMA = pa.schema([("article_id", pa.int32()), ("country", pa.string()), ("at_top", pa.bool_())])
FOUND_SCHEMA = pa.schema(
    [("article_id", pa.int32()), ("regions", pa.list_(pa.string())), ("countries", pa.list_(pa.string()))]
)


def all_ids(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """The ids of every stored article."""
    return [article_id for (article_id,) in connection.execute(ALL_ARTICLES).fetchall()]


def code_articles(
    connection: duckdb.DuckDBPyConnection, ids: list[int], progress: Callable[[int], None]
) -> None:
    """Derive mentions, events, countries and regions again, on all cores where that is worth it.

    `progress` is told how many more articles are done.
    """
    _keep_vocabulary(connection)
    with _reader(len(ids)) as read:
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            for statement in FORGET:
                connection.execute(statement, {"ids": batch})
            articles = [
                Readable(i, key, section, day, ((TITLE, title), (LEAD, lead), (TEXT, text)))
                for i, key, section, day, title, lead, text in connection.execute(
                    READABLE, {"ids": batch}
                ).fetchall()
            ]
            _write(connection, articles, list(read(articles)))
            while connection.execute(TELL_APART, {"ids": batch}).fetchall():
                pass  # a longer id may be taken too
            progress(len(batch))


@contextmanager
def _reader(count: int) -> Iterator[Callable[[list[Readable]], Iterable[Derived]]]:
    """What reads a batch of articles, in their order: this process, or one per core."""
    if count < WORTH_SHARING:
        yield lambda articles: map(_read, articles)
        return
    pool = ProcessPoolExecutor(os.cpu_count(), get_context("spawn"))

    def read(articles: list[Readable]) -> Iterable[Derived]:
        with _interrupts_held_back():
            return pool.map(_read, articles, chunksize=SHARE)

    try:
        yield read
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Ctrl+C reaches every process of a terminal: those that start here leave it to this one."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _read(article: Readable) -> Derived:
    sentences = {
        part: reading.read(text, on=article.day, headline=part == TITLE)
        for part, text in article.parts
        if text
    }
    return derived(article, sentences)


def _write(connection: duckdb.DuckDBPyConnection, articles: list[Readable], found: list[Derived]) -> None:
    mentions = [row for one in found for row in one.mentions]
    namings = [row for one in found for row in one.namings]
    events = [row for one in found for row in one.events]
    about = [
        {"article_id": article.article_id, "regions": one.regions, "countries": one.countries}
        for article, one in zip(articles, found, strict=True)
    ]
    _run(connection, "INSERT INTO mention BY NAME FROM found", pa.Table.from_pylist(mentions, MENTION_SCHEMA))
    _run(connection, "INSERT INTO naming BY NAME FROM found", pa.Table.from_pylist(namings, NAMING_SCHEMA))
    _run(connection, "INSERT INTO event BY NAME FROM found", pa.Table.from_pylist(events, EVENT_SCHEMA))
    _run(connection, DERIVE_ARTICLE, pa.Table.from_pylist(about, FOUND_SCHEMA))


def _keep_vocabulary(connection: duckdb.DuckDBPyConnection) -> None:
    """The countries and event types that this version of the coder knows."""
    countries = [
        {"code": c.code, "name": c.name, "phrase": c.phrase, "region": c.region} for c in COUNTRIES.values()
    ]
    types = [
        {"type": kind.code, "verb": kind.verb, "noun": kind.noun}
        | {"class": str(kind.event_class), "force": str(kind.force), "score": kind.score}
        for kind in EVENT_TYPES.values()
    ]
    for table, known in (("country", countries), ("event_type", types)):
        connection.execute(f"DELETE FROM {table}")
        _run(connection, f"INSERT INTO {table} BY NAME FROM found", pa.Table.from_pylist(known))


def _run(connection: duckdb.DuckDBPyConnection, sql: str, found: pa.Table) -> None:
    connection.register("found", found)
    connection.execute(sql)
    connection.unregister("found")
