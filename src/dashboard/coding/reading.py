"""Reading a text: its sentences, the countries they name, and what these do to one another."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import islice
from multiprocessing import get_context

from dashboard.coding import tables
from dashboard.coding.events import events_in
from dashboard.coding.folding import fold
from dashboard.coding.gazetteer import gazetteer
from dashboard.coding.records import Mention, Sentence
from dashboard.coding.sentences import spans

_NUMBER = 2
_BATCH = 200


def _version() -> str:
    """Changes with every list, weight and rule: a number for the code, a hash for the data beside it."""
    digest = hashlib.sha256()
    for file in sorted(tables.DATA.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith((".tsv", ".json")) and file.name != "scores.json":
            digest.update(file.name.encode() + file.read_bytes())
    return f"{_NUMBER}-{digest.hexdigest()[:8]}"


VERSION: str = _version()


def read(text: str, *, on: date | None = None, headline: bool = False) -> tuple[Sentence, ...]:
    """The sentences of `text` in order, each with its mentions and events; empty for a blank text.

    Offsets count characters of `text`. `on` is the day of publication: leaders count for their country
    while in office; without a day any holder counts. A `headline` is read as one sentence.
    """
    folded = fold(text)
    found = gazetteer().mentions(text, on, folded)
    pieces = [(0, len(text))] if headline and text.strip() else spans(text)
    return tuple(
        _sentence(text, folded, start, end, mentions)
        for (start, end), mentions in zip(pieces, _shared(pieces, found), strict=True)
    )


def _shared(pieces: list[tuple[int, int]], found: list[Mention]) -> Iterator[tuple[Mention, ...]]:
    """The mentions of each piece, in order."""
    at = 0
    for _, end in pieces:
        begin = at
        while at < len(found) and found[at].start < end:
            at += 1
        yield tuple(found[begin:at])


def _sentence(text: str, folded: str, start: int, end: int, mentions: tuple[Mention, ...]) -> Sentence:
    piece = text[start:end]
    several = len(mentions) > 1 and len({mention.country for mention in mentions}) > 1
    events = events_in(piece, start, mentions, folded[start:end]) if several else ()
    return Sentence(piece, start, end, mentions, events)


def _read_batch(batch: list[tuple[str, date | None]]) -> list[tuple[Sentence, ...]]:
    return [read(text, on=day) for text, day in batch]


def _batches(articles: Iterable[tuple[str, date | None]]) -> Iterator[list[tuple[str, date | None]]]:
    waiting = iter(articles)
    while batch := list(islice(waiting, _BATCH)):
        yield batch


def read_many(
    articles: Iterable[tuple[str, date | None]], processes: int | None = None
) -> Iterator[tuple[Sentence, ...]]:
    """`read` for each (text, day of publication), in order, on `processes` cores (all of them when None)."""
    workers = processes or os.cpu_count() or 1
    if workers == 1:
        for batch in _batches(articles):
            yield from _read_batch(batch)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for sentences in pool.map(_read_batch, _batches(articles)):
            yield from sentences
