"""One dispatch carried twice: texts nearly the same, found by sketches, then compared word by word.

Sketches are MinHash values (Broder 1997) of runs of four words, cut into bands: two texts that share eight
tenths of their runs share a band in 98 of 100 cases. The title is one more band, by which an excerpt finds
its full text. What shares a band and was published within WINDOW days is compared exactly. Of two that
agree the fuller text counts, then the one that came first.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import duckdb
import numpy as np
import pyarrow as pa
import rensa

from dashboard.terms import paragraphs, parts, words

RUN, BANDS, BAND = 4, 8, 4
SEED = 1
WINDOW = 3
SAME = 0.8
# Under this many words two notices may agree by chance: « Sommet de l’Otan à Madrid ».
FEWEST_WORDS = 12
# Texts in memory at a time, as sets of their runs: some hundred megabytes.
BATCH = 5_000
# A text is written with few words: nine in ten were read a moment ago.
REMEMBERED = 100_000

UNLINK = """
    UPDATE article SET duplicate_of = NULL
    WHERE duplicate_of IS NOT NULL
      AND (article_id = ANY($ids) OR duplicate_of = ANY($ids)
           OR duplicate_of NOT IN (SELECT article_id FROM article))
    RETURNING article_id
"""
TEXTS = """
    SELECT article_id, partial, title, title || ' ' || lead || ' ' || text
    FROM article WHERE article_id = ANY($ids) ORDER BY article_id
"""
FORGET = (
    "DELETE FROM sketch WHERE article_id = ANY($ids) OR article_id NOT IN (SELECT article_id FROM article)"
)
KEEP = "INSERT INTO sketch SELECT * FROM found"
CANDIDATES = """
    WITH one AS (
        SELECT article_id, unnest(bands) AS band FROM sketch WHERE article_id = ANY($ids)
    ),
    other AS (SELECT article_id, unnest(bands) AS band FROM sketch)
    SELECT DISTINCT least(one.article_id, other.article_id), greatest(one.article_id, other.article_id)
    FROM one JOIN other ON other.band = one.band AND other.article_id <> one.article_id
    JOIN article AS a ON a.article_id = one.article_id
    JOIN article AS b ON b.article_id = other.article_id
    WHERE a.duplicate_of IS NULL AND b.duplicate_of IS NULL
      AND coalesce(abs(a.published - b.published) <= $window, a.published IS NULL AND b.published IS NULL)
    ORDER BY ALL
"""
LINK = "UPDATE article SET duplicate_of = $kept WHERE article_id = $other OR duplicate_of = $other"


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class _Text:
    partial: bool
    title: tuple[str, ...]
    runs: frozenset[tuple[str, ...]]


def link(connection: duckdb.DuckDBPyConnection, touched: Iterable[int]) -> int:
    """Find for the articles `touched` who carries the same dispatch; the number of links made.

    Links of articles that changed or are gone are undone first, so that the next in line counts again.
    """
    ids = sorted({*touched, *_unlinked(connection, list(touched))})
    connection.execute(FORGET, {"ids": ids})
    for batch in _batches(ids):
        _keep(connection, _texts(connection, batch))
    candidates = connection.execute(CANDIDATES, {"ids": ids, "window": WINDOW}).fetchall()
    taken: set[int] = set()
    for pairs in _batches(candidates):
        texts = _texts(connection, sorted({i for pair in pairs for i in pair} - taken))
        for one, other in pairs:
            if one not in taken and other not in taken and same(texts[one].runs, texts[other].runs):
                kept, left = sorted((one, other), key=lambda i: (texts[i].partial, i))
                connection.execute(LINK, {"kept": kept, "other": left})
                taken.add(left)
    return len(taken)


def _batches(given: list[Item]) -> Iterator[list[Item]]:
    return (given[start : start + BATCH] for start in range(0, len(given), BATCH))


def same(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether two texts share SAME of their runs of words, or the shorter lies in the longer."""
    if not one or not other:
        return False
    shared = len(one & other)
    shorter = min(len(one), len(other))
    return shared >= SAME * len(one | other) or (shorter >= 2 * FEWEST_WORDS and shared >= 0.95 * shorter)


def _unlinked(connection: duckdb.DuckDBPyConnection, ids: list[int]) -> list[int]:
    return [article_id for (article_id,) in connection.execute(UNLINK, {"ids": ids}).fetchall()]


def _texts(connection: duckdb.DuckDBPyConnection, ids: list[int]) -> dict[int, _Text]:
    found = connection.execute(TEXTS, {"ids": ids}).fetchall()
    return {i: _Text(partial, tuple(words(title)), _runs(text)) for i, partial, title, text in found}


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    tokens = [term for paragraph in paragraphs(text) for chunk in paragraph for term in _terms(chunk)]
    if len(tokens) < FEWEST_WORDS:
        return frozenset()
    return frozenset(zip(*(tokens[i:] for i in range(RUN)), strict=False))


@lru_cache(REMEMBERED)
def _terms(chunk: str) -> tuple[str, ...]:
    return tuple(term for term, _ in parts(chunk))


def _keep(connection: duckdb.DuckDBPyConnection, texts: dict[int, _Text]) -> None:
    sketched = {article_id: text for article_id, text in texts.items() if text.runs}
    table = pa.table(
        {"article_id": list(sketched), "bands": [_bands(text) for text in sketched.values()]},
        schema=pa.schema([("article_id", pa.int32()), ("bands", pa.list_(pa.int64()))]),
    )
    connection.register("found", table)
    connection.execute(KEEP)
    connection.unregister("found")


def _bands(text: _Text) -> list[int]:
    sketch = rensa.RMinHash(num_perm=BANDS * BAND, seed=SEED)
    sketch.update([" ".join(run) for run in text.runs])
    values = np.array(sketch.digest(), dtype=np.uint64).reshape(BANDS, BAND)
    # One number per band, with its place in it; overflow is as good a mixture as any.
    factors = np.array([1, 1_000_003, 998_244_353, 1_000_000_007], dtype=np.uint64)
    with np.errstate(over="ignore"):
        mixed = (values * factors).sum(axis=1) + np.arange(BANDS, dtype=np.uint64)
    return [*(int(value) for value in mixed.astype(np.int64)), zlib.crc32(" ".join(text.title).encode())]
