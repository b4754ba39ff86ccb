"""Turning texts into postings: every word numbered, every occurrence placed, sorted by term and article."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.query import MOST_NEAR, WIDEST
from dashboard.terms import paragraphs, parts

# Positions skipped between two paragraphs, so that neither a phrase nor a proximity bridges them.
GAP = 32
assert GAP >= WIDEST + MOST_NEAR, "the widest proximity stays inside a paragraph"
# The numbers of what separates: the end of a paragraph, that of the title.
_BREAK, _TITLE_END = 0, 1

Integers = NDArray[np.int64]
Text = tuple[int, date | None, str, str, str]  # article_id, published, title, lead, text


class _Numbers(dict[str, int]):
    """A number for every key, given in the order in which the keys are first asked for."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


class Vocabulary(dict[str, int]):
    """The number of everything met between two spaces so far; the terms and forms that it stands for.

    `known` are the terms of an existing index in the order of their numbers, from 0 on.
    """

    def __init__(self, known: Sequence[str] = ()) -> None:
        super().__init__()
        self.terms = _Numbers(zip(known, range(len(known)), strict=True))
        self.known = len(known)
        self._forms = _Numbers()
        self._form_counts = np.zeros(0, np.int64)
        # The parts of number n are those from starts[n] to starts[n + 1].
        self.starts = array("q", [0, 0, 0])
        self.part_terms = array("q")
        self.part_forms = array("q")

    def __missing__(self, chunk: str) -> int:
        for term, shown in parts(chunk):
            self.part_terms.append(self.terms[term])
            self.part_forms.append(self._forms[f"{self.terms[term]} {shown}"])
        self.starts.append(len(self.part_terms))
        self[chunk] = number = len(self.starts) - 2
        return number

    def count(self, forms: Integers) -> None:
        """Take note of how often each form was met in a batch."""
        self._form_counts = np.pad(self._form_counts, (0, len(self._forms) - len(self._form_counts)))
        self._form_counts[: len(forms)] += forms

    def new_terms(self) -> pa.Table:
        """The terms that the index does not know yet: term_id, term, and as it was written most often."""
        shown: dict[int, tuple[int, str]] = {}
        for key, count in zip(self._forms, self._form_counts.tolist(), strict=True):
            number, form = key.split(" ", 1)
            best = shown.get(int(number), (0, ""))
            if count > best[0] or (count == best[0] and form < best[1]):
                shown[int(number)] = (count, form)
        new = list(self.terms)[self.known :]
        return pa.table(
            {
                "term_id": pa.array(range(self.known, len(self.terms)), pa.int32()),
                "term": pa.array(new, pa.string()),
                "shown": pa.array([shown[self.known + i][1] for i in range(len(new))], pa.string()),
            }
        )


@dataclass(frozen=True)
class Numbered:
    """Texts as numbers: all that stands between spaces, how many of it each article has, its parts."""

    texts: Sequence[Text]
    words: Integers
    length: Integers
    starts: Integers
    part_terms: Integers
    part_forms: Integers


@dataclass(frozen=True)
class Batch:
    """The postings of some articles by term and article, the same one row per article, and form counts."""

    postings: pa.Table
    articles: pa.Table
    forms: Integers = field(repr=False)


def numbered(texts: Sequence[Text], vocabulary: Vocabulary) -> Numbered:
    """Read the texts, which stand in the order of their ids; words not met before enter the vocabulary."""
    numbers: list[int] = []
    ends = [0]
    number_of = vocabulary.__getitem__
    for _, _, title, lead, text in texts:
        for paragraph in paragraphs(title):
            numbers.extend(map(number_of, paragraph))
        numbers.append(_TITLE_END)
        for paragraph in (*paragraphs(lead), *paragraphs(text)):
            numbers.extend(map(number_of, paragraph))
            numbers.append(_BREAK)
        ends.append(len(numbers))
    parts_now = (
        np.array(a, np.int64) for a in (vocabulary.starts, vocabulary.part_terms, vocabulary.part_forms)
    )
    bounds = np.array(ends, np.int64)
    return Numbered(texts, np.array(numbers, np.int64), bounds[1:] - bounds[:-1], *parts_now)


def inverted(read: Numbered) -> Batch:
    """Every occurrence of every term; safe to run beside `numbered` of the next texts."""
    first = read.starts[read.words]
    count = read.starts[read.words + 1] - first
    step = count + GAP * (read.words <= _TITLE_END)
    after = np.cumsum(step)
    article_of_word = np.repeat(np.arange(len(read.length)), read.length)
    place = after - step - after[read.words == _TITLE_END][article_of_word]
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    part = np.repeat(first, count) + within
    forms = np.bincount(read.part_forms[part])
    return Batch(
        *_tables(
            read.part_terms[part],
            np.repeat(article_of_word, count),
            np.repeat(place, count) + within,
            read.texts,
        ),
        forms,
    )


def _tables(
    term: Integers, article: Integers, position: Integers, texts: Sequence[Text]
) -> tuple[pa.Table, pa.Table]:
    """Sorted by one number that holds term, article and position, the position in its lowest bits."""
    lowest = int(position.min(initial=0))
    width = (int(position.max(initial=0)) - lowest).bit_length()
    ranks = len(texts).bit_length()
    assert int(term.max(initial=0)).bit_length() + width + ranks < 64, "the texts of a batch are too long"
    key = np.sort((term << (ranks + width)) | (article << width) | (position - lowest))
    posting = key >> width
    first = np.flatnonzero(np.concatenate([posting[:1] >= 0, posting[1:] != posting[:-1]]))
    offsets = np.append(first, len(key)).astype(np.int32)
    places = ((key & ((1 << width) - 1)) + lowest).astype(np.int32)
    rank = posting[first] & ((1 << ranks) - 1)
    terms = (posting[first] >> ranks).astype(np.int32)
    ids = np.array([text[0] for text in texts], np.int32)
    postings = pa.table(
        {
            "term_id": terms,
            "article_id": ids[rank],
            "published": pa.array([text[1] for text in texts], pa.date32()).take(pa.array(rank)),
            "in_title": places[first] < 0,
            "positions": pa.ListArray.from_arrays(offsets, places),
        }
    )
    return postings, _by_article(ids, rank, terms, np.diff(offsets))


def _by_article(
    ids: NDArray[np.int32], rank: Integers, terms: NDArray[np.int32], counts: NDArray[np.int32]
) -> pa.Table:
    order = np.argsort(rank.astype(np.uint16) if len(ids) < 1 << 16 else rank, kind="stable")
    offsets = np.append(0, np.cumsum(np.bincount(rank, minlength=len(ids)))).astype(np.int32)
    return pa.table(
        {
            "article_id": ids,
            "terms": pa.ListArray.from_arrays(offsets, terms[order]),
            "counts": pa.ListArray.from_arrays(offsets, counts[order]),
        }
    )
