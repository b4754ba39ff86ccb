"""Turning texts into postings: every word numbered, every occurrence placed, sorted by term and article."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.terms import parts, surfaces

# Positions skipped between two paragraphs: more than the widest proximity, so that no phrase bridges them.
GAP = 32
_BREAK, _TITLE_END = 0, 1

Integers = NDArray[np.int64]
Text = tuple[int, date | None, str, str, str]  # article_id, published, title, lead, text


class _Numbers(dict[str, int]):
    """A number for every key, given in the order in which the keys are first asked for."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


class _Surfaces(dict[str, int]):
    """A number for every written word; those of blank lines are all the same."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, surface: str) -> int:
        number = _BREAK if surface.isspace() else self._vocabulary.learn(surface)
        self[surface] = number
        return number


@dataclass
class Vocabulary:
    """What the words met so far are called by: terms by number, written forms by number.

    `known` are the terms of an existing index, in the order of their numbers from 0 on.
    """

    known: Sequence[str] = ()
    terms: _Numbers = field(init=False)
    forms: _Numbers = field(default_factory=_Numbers)
    form_terms: array[int] = field(default_factory=lambda: array("i"))
    form_counts: Integers = field(default_factory=lambda: np.zeros(0, np.int64))
    surfaces: _Surfaces = field(init=False)
    # Written word -> its terms and forms, as slices of two long arrays.
    starts: array[int] = field(default_factory=lambda: array("q", [0, 0, 0]))
    part_terms: array[int] = field(default_factory=lambda: array("i"))
    part_forms: array[int] = field(default_factory=lambda: array("i"))

    def __post_init__(self) -> None:
        self.terms = _Numbers(zip(self.known, range(len(self.known)), strict=True))
        self.surfaces = _Surfaces(self)

    def learn(self, surface: str) -> int:
        """The number of a written word that was not met before."""
        for term, shown in parts(surface):
            number = self.terms[term]
            form = self.forms[f"{number} {shown}"]
            if form == len(self.form_terms):
                self.form_terms.append(number)
            self.part_terms.append(number)
            self.part_forms.append(form)
        self.starts.append(len(self.part_terms))
        return len(self.starts) - 2

    def shown(self) -> dict[int, str]:
        """The form in which each term met was written most often; of two, the first in the alphabet."""
        forms = [form.split(" ", 1)[1] for form in self.forms]
        by_count = sorted(
            zip((-self.form_counts).tolist(), forms, self.form_terms, strict=True), reverse=True
        )
        return {term: form for _, form, term in by_count}


@dataclass(frozen=True)
class Batch:
    """The postings of some articles: `postings` by term and article, `articles` one row per article."""

    postings: pa.Table
    articles: pa.Table


def invert(texts: Sequence[Text], vocabulary: Vocabulary) -> Batch:
    """Every occurrence of every term in these articles, which stand in the order of their ids."""
    words, length = _numbered(texts, vocabulary)
    term, article, position = _placed(words, length, vocabulary)
    return _tables(term, article, position, texts)


def _numbered(texts: Sequence[Text], vocabulary: Vocabulary) -> tuple[Integers, Integers]:
    """The numbers of all written words one after the other, and how many of them each article has."""
    numbers: list[int] = []
    ends = []
    number_of = vocabulary.surfaces.__getitem__
    for _, _, title, lead, text in texts:
        numbers.extend(filter(None, map(number_of, surfaces(title))))
        numbers.append(_TITLE_END)
        numbers.extend(map(number_of, surfaces(lead)))
        numbers.append(_BREAK)
        numbers.extend(map(number_of, surfaces(text)))
        ends.append(len(numbers))
    return np.array(numbers, np.int64), np.diff(np.array([0, *ends], np.int64))


def _placed(words: Integers, length: Integers, vocabulary: Vocabulary) -> tuple[Integers, Integers, Integers]:
    """Term, article (its rank) and position of every occurrence, in the order of the texts."""
    starts = np.frombuffer(vocabulary.starts, np.int64)
    first, count = starts[words], starts[words + 1] - starts[words]
    step = count + np.where(words <= _TITLE_END, GAP, 0)
    at = np.cumsum(step) - step
    origin = (at + step)[words == _TITLE_END]
    word = np.repeat(np.arange(len(words)), count)
    within = np.arange(len(word)) - np.repeat(np.cumsum(count) - count, count)
    part = first[word] + within
    article = np.repeat(np.arange(len(length)), length)[word]
    _count_forms(np.frombuffer(vocabulary.part_forms, np.int32)[part], vocabulary)
    term = np.frombuffer(vocabulary.part_terms, np.int32)[part].astype(np.int64)
    return term, article, at[word] + within - origin[article]


def _count_forms(forms: NDArray[np.int32], vocabulary: Vocabulary) -> None:
    counts = np.bincount(forms, minlength=len(vocabulary.forms))
    counts[: len(vocabulary.form_counts)] += vocabulary.form_counts
    vocabulary.form_counts = counts


def _tables(term: Integers, article: Integers, position: Integers, texts: Sequence[Text]) -> Batch:
    lowest = int(position.min(initial=0))
    width = (int(position.max(initial=0)) - lowest).bit_length()
    ranks = len(texts).bit_length()
    assert int(term.max(initial=0)).bit_length() + width + ranks < 64, "the texts of a batch are too long"
    key = np.sort((term << (ranks + width)) | (article << width) | (position - lowest))
    posting = key >> width
    first = np.flatnonzero(np.diff(posting, prepend=-1))
    offsets = np.append(first, len(key)).astype(np.int32)
    places = ((key & ((1 << width) - 1)) + lowest).astype(np.int32)
    rank = posting[first] & ((1 << ranks) - 1)
    terms = (posting[first] >> ranks).astype(np.int32)
    ids = pa.array([text[0] for text in texts], pa.int32())
    days = pa.array([text[1] for text in texts], pa.date32())
    postings = pa.table(
        {
            "term_id": terms,
            "article_id": ids.take(pa.array(rank)),
            "published": days.take(pa.array(rank)),
            "in_title": places[first] < 0,
            "positions": pa.ListArray.from_arrays(offsets, places),
        }
    )
    return Batch(postings, _by_article(ids, rank, terms, np.diff(offsets)))


def _by_article(
    ids: pa.Array, rank: Integers, terms: NDArray[np.int32], counts: NDArray[np.int32]
) -> pa.Table:
    order = np.argsort(rank.astype(np.uint16) if len(ids) <= 1 << 16 else rank, kind="stable")
    ends = np.cumsum(np.bincount(rank, minlength=len(ids)))
    offsets = np.append(0, ends).astype(np.int32)
    return pa.table(
        {
            "article_id": ids,
            "terms": pa.ListArray.from_arrays(offsets, terms[order]),
            "counts": pa.ListArray.from_arrays(offsets, counts[order]),
        }
    )
