"""A sentence laid out for coding: words, clauses, groups of countries, prepositions, trigger words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice, repeat
from typing import NamedTuple

from dashboard.coding.grammar import (
    CLAUSE_BREAKS,
    COORDINATION,
    DETERMINERS,
    GLUE,
    NEGATION_HEADS,
    NEGATIONS,
    PREPOSITIONS,
)
from dashboard.coding.lexicon import Lexicon, Sense
from dashboard.coding.records import Mention

COUNTRY = "@"
QUOTATION_MARKS = frozenset('«»"')
_TOKEN = re.compile(r"\w+(?:-\w+)*|[^\w\s']")
_GROUP_REACH = 6


class Trigger(NamedTuple):
    """A word of the lexicon at token `at`, `size` tokens long."""

    at: int
    size: int
    sense: Sense


class Reach(NamedTuple):
    """What it costs a country to reach a trigger, and where it stands.

    `side` is L before the trigger, R after it, A as its adjective (« frappes russes »); `rivals` counts the
    groups of other countries between the two and `breaks` the clause breaks, both up to 2.
    """

    cost: float
    side: str
    rivals: int
    breaks: int


@dataclass(slots=True)
class Frame:
    """One sentence as parallel lists over its tokens; a country stands as one token « @ ».

    `telling` holds the tokens with a sense, in order; `reached` keeps what was found of a country and a
    trigger, which is asked more than once.
    """

    mentions: Sequence[Mention]
    tokens: list[str]
    text: str
    holders: dict[int, int]
    stems: list[str]
    senses: list[tuple[Sense, ...]]
    telling: list[int]
    phrases: dict[int, str]
    negated: set[int]
    clauses: list[int]
    quoted: list[bool]
    triggers: list[Trigger]
    places: dict[str, list[int]]
    codes: dict[int, str]
    groups: dict[int, int]
    prepositions: dict[int, str]
    reached: dict[tuple[str, int], Reach] = field(default_factory=dict)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where two tokens begin in the sentence; counted anew at each call, for it is seldom asked."""
        found = [match.start() for match in islice(_TOKEN.finditer(self.text), first, last + 1)]
        return found[0], found[-1]

    @property
    def is_headline(self) -> bool:
        """Short, and without the full stop of running text."""
        return len(self.tokens) < 25 and self.tokens[-1] not in {".", '"', "»", "!"}


def frame(folded: str, start: int, mentions: Sequence[Mention], words: Lexicon) -> Frame:
    """Lay out the `folded` sentence, which begins at index `start` of the text that `mentions` count in."""
    marked = _marked(folded, start, mentions)
    tokens = _TOKEN.findall(marked)
    holders = _holders(tokens)
    senses = list(map(words.senses.get, tokens, repeat(())))
    sizes, phrases = _phrases(tokens, senses, words)
    telling = [at for at, found in enumerate(senses) if found]
    negated = _negated(tokens, telling)
    clauses = _clauses(tokens)
    codes = {at: mentions[holder].country for at, holder in holders.items()}
    places: dict[str, list[int]] = {}
    for at, code in codes.items():
        places.setdefault(code, []).append(at)
    groups, prepositions = _groups(tokens, holders)
    triggers = [Trigger(at, sizes.get(at, 1), sense) for at in telling for sense in senses[at] if sense.type]
    stems = list(map(words.stem, tokens))
    return Frame(
        mentions, tokens, marked, holders, stems, senses, telling, phrases, negated, clauses,
        _quoted(tokens), triggers, places, codes, groups, prepositions,
    )  # fmt: skip


def _marked(low: str, start: int, mentions: Sequence[Mention]) -> str:
    """The folded sentence with « @ » and blanks in the place of every country; as long as it was."""
    pieces: list[str] = []
    at = 0
    for mention in mentions:
        begin, end = mention.start - start, mention.end - start
        pieces += (low[at:begin].replace(COUNTRY, " "), COUNTRY, " " * (end - begin - 1))
        at = end
    pieces.append(low[at:].replace(COUNTRY, " "))
    return "".join(pieces)


def _holders(tokens: list[str]) -> dict[int, int]:
    """The tokens that stand for a country, in order, each with the number of its mention."""
    holders = {}
    at = -1
    for number in range(tokens.count(COUNTRY)):
        at = tokens.index(COUNTRY, at + 1)
        holders[at] = number
    return holders


def _phrases(
    tokens: list[str], senses: list[tuple[Sense, ...]], words: Lexicon
) -> tuple[dict[int, int], dict[int, str]]:
    """Sizes and lemmas of the expressions found; `senses` is changed to tell them instead of their words."""
    sizes: dict[int, int] = {}
    lemmas: dict[int, str] = {}
    free = 0
    known = words.phrases
    for at in [at for at, token in enumerate(tokens[:-1]) if token in known]:
        if at < free:
            continue
        for phrase in known[tokens[at]].get(tokens[at + 1], ()):
            size = len(phrase.words)
            if tuple(tokens[at : at + size]) == phrase.words:
                if phrase.sense.family != "back":
                    senses[at : at + size] = [()] * size
                senses[at] = (phrase.sense,)
                sizes[at], lemmas[at] = size, phrase.lemma
                free = at + size
                break
    return sizes, lemmas


def _negated(tokens: list[str], telling: list[int]) -> set[int]:
    """Those of the `telling` tokens that stand in the reach of a negation."""
    if NEGATIONS.isdisjoint(tokens):
        return set()
    return {
        at
        for at in telling
        if not NEGATIONS.isdisjoint(tokens[max(0, at - 3) : at + 4])
        and not NEGATION_HEADS.isdisjoint(tokens[max(0, at - 4) : at + 2])
    }


def _clauses(tokens: list[str]) -> list[int]:
    return list(accumulate(map(CLAUSE_BREAKS.__contains__, tokens)))


def _quoted(tokens: list[str]) -> list[bool]:
    if QUOTATION_MARKS.isdisjoint(tokens):
        return [False] * len(tokens)
    quoted = []
    inside = False
    for mark in tokens:
        if mark in {"«", "»"}:
            inside = mark == "«"
        elif mark == '"':
            inside = not inside
        quoted.append(inside)
    return quoted


def _groups(tokens: list[str], holders: Iterable[int]) -> tuple[dict[int, int], dict[int, str]]:
    """Countries named in one breath (« A, B et C ») share a group, and the preposition before the first."""
    groups: dict[int, int] = {}
    prepositions: dict[int, str] = {}
    number, last = -1, -1
    for at in holders:
        own = _preposition(tokens, at)
        between = tokens[last + 1 : at]
        joined = (
            last >= 0
            and at - last <= _GROUP_REACH
            and not COORDINATION.isdisjoint(between)
            and GLUE.issuperset(between)
        )
        if joined and own in {"et", ",", "0", "^", "de"}:
            own = prepositions[last]
        number += not joined
        groups[at], prepositions[at] = number, own
        last = at
    return groups, prepositions


def _preposition(tokens: list[str], at: int) -> str:
    """The class of the preposition before the country at token `at`; "0" for none, "^" at the beginning."""
    before = at - 1
    while before >= 0 and at - before <= 5:
        found = PREPOSITIONS.get(tokens[before])
        if found:
            return found
        if tokens[before] in DETERMINERS:
            return PREPOSITIONS.get(tokens[before - 1], "0") if before else "^"
        before -= 1
    return "^" if before < 0 else "0"
