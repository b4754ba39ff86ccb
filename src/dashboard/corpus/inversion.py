"""Turning texts into postings: every word numbered, every occurrence placed, sorted by term and article."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dashboard.corpus.places import Places
from dashboard.query import MOST_NEAR, WIDEST
from dashboard.terms import BLANK_LINE, parts, unpunctuated

# Positions skipped between two paragraphs, so that neither a phrase nor a proximity bridges them.
GAP = 32
assert GAP >= WIDEST + MOST_NEAR, "the widest proximity stays inside a paragraph"
# The numbers of what separates, the end of a paragraph and that of the title; the signs that stand for them
# and for the end of an article while many texts are read as one. No word holds any of these signs.
_BREAK, _TITLE_END = 0, 1
SEPARATORS = {"\x00": _BREAK, "\x01": _TITLE_END}
_BREAK_SIGN, _TITLE_END_SIGN, _ARTICLE_END_SIGN = _SIGNS = "\x00", "\x01", "\x02"
# Stands for such a sign that is found in a text: as little a part of a word, and no more of a space.
_OTHER_SIGN = "\x03"

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
        super().__init__(SEPARATORS)
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

    def take_in(self, compound: str, shown: str) -> tuple[int, list[int]]:
        """The numbers of a compound, which is a term of its own, and of the words in it."""
        number = self.terms[compound]
        self.count(np.array([self._forms[f"{number} {shown}"]]), np.ones(1, np.int64))
        return number, [self.terms[word] for word in compound.split(" ")]

    def read(self, chunks: list[str]) -> tuple[Integers, Integers, Integers, Integers]:
        """The numbers of the chunks, of how many parts each consists, the terms of these and their forms."""
        numbers = np.fromiter(map(self.__getitem__, chunks), np.int64, len(chunks))
        starts, terms, forms = (
            np.frombuffer(a, np.int64) for a in (self.starts, self.part_terms, self.part_forms)
        )
        counts = starts[numbers + 1] - starts[numbers]
        parts_now = np.repeat(starts[numbers], counts) + _within(counts)
        return numbers, counts, terms[parts_now], forms[parts_now]

    def count(self, forms: Integers, times: Integers) -> None:
        """Take note that each of the forms was met so many times more; a form may stand there twice."""
        self._form_counts = np.pad(self._form_counts, (0, len(self._forms) - len(self._form_counts)))
        np.add.at(self._form_counts, forms, times)

    def new_terms(self) -> pa.Table:
        """The terms that the index does not know yet: term_id, term, and as it was written most often."""
        keys = [key.partition(" ") for key in self._forms]
        forms = pa.table(
            {
                "term_id": pa.array([int(number) for number, _, _ in keys], pa.int32()),
                "n": self._form_counts,
                "shown": pa.array([form for _, _, form in keys], pa.string()),
            }
        ).sort_by([("term_id", "ascending"), ("n", "descending"), ("shown", "ascending")])
        new = range(self.known, len(self.terms))
        most_frequent = np.searchsorted(forms["term_id"].to_numpy(), new)
        return (
            forms.take(most_frequent)
            .drop_columns("n")
            .add_column(1, "term", pa.array(islice(self.terms, self.known, None), pa.string()))
        )


@dataclass(frozen=True)
class Split:
    """Texts as numbers of what stands between their spaces, and how many of these each article has.

    `chunks` says what each number is, in the order of first occurrence; two of them may be SEPARATORS.
    """

    texts: Sequence[Text]
    words: Integers
    length: Integers
    chunks: list[str]


@dataclass(frozen=True)
class Numbered:
    """Texts as numbers: which of the different words each word is, and how many words each article has.

    `kinds` are the numbers of the different words, `counts` of how many terms each consists, `terms` these.
    """

    texts: Sequence[Text]
    words: Integers
    length: Integers
    kinds: Integers
    counts: Integers
    terms: Integers


@dataclass(frozen=True)
class Batch:
    """The postings of some articles by term and article, and the same one row per article."""

    postings: pa.Table
    articles: pa.Table


def split(texts: Sequence[Text]) -> Split:
    """The words of the texts, which stand in the order of their ids."""
    found = pc.ascii_split_whitespace(_separated(texts))
    words = found.values.dictionary_encode()
    numbers = words.indices.to_numpy().astype(np.int64)
    return Split(texts, numbers, np.diff(found.offsets.to_numpy()), words.dictionary.to_pylist())


def numbered(read: Split, vocabulary: Vocabulary) -> Numbered:
    """The same as terms; words not met before enter the vocabulary."""
    kinds, counts, terms, forms = vocabulary.read(read.chunks)
    vocabulary.count(forms, np.repeat(np.bincount(read.words, minlength=len(kinds)), counts))
    return Numbered(read.texts, read.words, read.length, kinds, counts, terms)


def inverted(read: Numbered, compounds: Places) -> Batch:
    """Every occurrence of every term and compound; safe to run beside `numbered` of the next texts."""
    terms, articles, positions = occurrences(read)
    numbers, starts = compounds.among(terms, articles, positions)
    return _tables(
        np.concatenate([terms, numbers]),
        np.concatenate([articles, articles[starts]]),
        np.concatenate([positions, positions[starts]]),
        read.texts,
    )


def occurrences(read: Numbered) -> tuple[Integers, Integers, Integers]:
    """Term, article (from 0 on) and position of every occurrence, in the order of the texts."""
    count, kind = read.counts[read.words], read.kinds[read.words]
    step = count + GAP * (kind <= _TITLE_END)
    after = np.cumsum(step)
    article_of_word = np.repeat(np.arange(len(read.length)), read.length)
    place = after - step - after[kind == _TITLE_END][article_of_word]
    within = _within(count)
    first = np.cumsum(read.counts) - read.counts
    return (
        read.terms[np.repeat(first[read.words], count) + within],
        np.repeat(article_of_word, count),
        np.repeat(place, count) + within,
    )


def _separated(texts: Sequence[Text]) -> pa.Array:
    """Every article as its words and signs between spaces: title, lead and text in one."""
    whole = _ARTICLE_END_SIGN.join(
        f" {_TITLE_END_SIGN} ".join((_unsigned(title).replace("\n", " "), body))
        for _, _, title, lead, text in texts
        for body in (f"{_unsigned(lead)} {_BREAK_SIGN} {_unsigned(text)} {_BREAK_SIGN}",)
    )
    paragraphs = BLANK_LINE.sub(f" {_BREAK_SIGN} ", unpunctuated(whole))
    return pa.array(paragraphs.split(_ARTICLE_END_SIGN) if texts else [], pa.large_string())


def _unsigned(text: str) -> str:
    for sign in _SIGNS:
        text = text.replace(sign, _OTHER_SIGN)
    return text


def _within(counts: Integers) -> Integers:
    """0, 1, 2… up to each of the counts, one after another."""
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)


def _tables(term: Integers, article: Integers, position: Integers, texts: Sequence[Text]) -> Batch:
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
    return Batch(postings, _by_article(ids, rank, terms, np.diff(offsets)))


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
