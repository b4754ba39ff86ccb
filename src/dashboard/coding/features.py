"""What speaks for or against a relation between two countries of a sentence, as named features."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.coding.frames import Frame
from dashboard.coding.grammar import ARTICLES, PREPOSITIONS
from dashboard.coding.reach import standing
from dashboard.coding.records import Mention

ORGANISATIONS = frozenset({"EUU", "NAT", "UNO"})
MOST_COUNTRIES = 6
# How the names of `manner_features` begin.
OF_MANNER = ("bb:", "o-", "o+")
_BEFORE, _AFTER, _FAR, _EDGE = 6, 8, 30, 15
_PAST_YEARS = frozenset(map(str, range(1900, 2016)))
# Articles that are no preposition at the same time.
_BARE_ARTICLES = ARTICLES - frozenset(["a", "au", "aux", "de", "du", "des", "d"])
_ONLY_AND = ARTICLES | {"et"}
_STEPS = (0, 1, 2, 3, 5, 8, 12, 20)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two countries by their nearest mentions, `first` before `second` as token numbers."""

    source: str
    target: str
    first: int
    second: int


def step(value: float, edges: tuple[float, ...] = _STEPS) -> str:
    """The first edge that `value` does not pass, as text; "+" beyond the last."""
    for edge in edges:
        if value <= edge:
            return str(edge)
    return "+"


def pairs(laid: Frame) -> list[Pair]:
    """Every two countries of the sentence at their nearest mentions; a clause break counts as three words.

    None for a sentence that names more than MOST_COUNTRIES: it enumerates.
    """
    if len(laid.places) > MOST_COUNTRIES:
        return []
    found = []
    codes = sorted(laid.places)
    for number, one in enumerate(codes):
        for other in codes[number + 1 :]:
            _, at, to = min(
                (abs(i - j) + 3 * abs(laid.clauses[i] - laid.clauses[j]), i, j)
                for i in laid.places[one]
                for j in laid.places[other]
            )
            found.append(Pair(one, other, at, to) if at < to else Pair(other, one, to, at))
    return found


def sentence_features(laid: Frame) -> set[str]:
    """Features that all pairs of a sentence share."""
    found = {"nc=" + step(len(laid.places), (2, 3, 4, 6))}
    if laid.is_headline:
        found.add("headline")
    balance = {True: 0, False: 0}
    for at in laid.telling:
        for sense in laid.senses[at]:
            found.add("F:" + sense.family)
            if sense.type:
                found.add("T:" + sense.type)
                balance[sense.conflict] += 1
    found.add("t-=" + step(balance[True], (0, 1, 2, 4)))
    found.add("t+=" + step(balance[False], (0, 1, 2, 4)))
    if not _PAST_YEARS.isdisjoint(laid.tokens):
        found.add("year")
    return found


def pair_features(laid: Frame, pair: Pair) -> set[str]:
    """Features of one pair; all are on or off."""
    found = _standing(laid, pair)
    found |= _around(laid, pair)
    found |= _window(laid, _between(pair), "b")
    found |= _window(laid, range(max(0, pair.first - _BEFORE), pair.first), "a")
    found |= _window(laid, range(pair.second + 1, min(len(laid.tokens), pair.second + 1 + _AFTER)), "c")
    return found


def manner_features(laid: Frame, pair: Pair) -> set[str]:
    """Features of one pair that tell who acts and how, not whether anybody does."""
    return _in_a_row(laid, pair) | standing(laid, pair.source, pair.target)


def _in_a_row(laid: Frame, pair: Pair) -> set[str]:
    """Every two words in a row between the two."""
    stems = laid.stems
    words = [at for at in _between(pair) if at not in laid.holders]
    return {f"bb:{stems[one]}_{stems[other]}" for one, other in pairwise(words) if other == one + 1}


def _between(pair: Pair) -> Sequence[int]:
    if pair.second - pair.first - 1 <= _FAR:
        return range(pair.first + 1, pair.second)
    return [*range(pair.first + 1, pair.first + 1 + _EDGE), *range(pair.second - _EDGE, pair.second)]


def _kind(mention: Mention) -> str:
    return "org" if mention.country in ORGANISATIONS else mention.kind.value[:4]


def _standing(laid: Frame, pair: Pair) -> set[str]:
    """How the two are named and how far apart they stand."""
    i, j = pair.first, pair.second
    one, other = _kind(laid.mentions[laid.holders[i]]), _kind(laid.mentions[laid.holders[j]])
    others = [at for at in laid.groups if laid.codes[at] not in {pair.source, pair.target}]
    found = {
        "ki=" + one,
        "kj=" + other,
        f"k={one}|{other}",
        "d=" + step(j - i - 1),
        "ob=" + step(sum(i < at < j for at in others), (0, 1, 2)),
        "cb=" + step(laid.clauses[j] - laid.clauses[i], (0, 1, 2, 4)),
        f"PC={laid.prepositions[i]}|{laid.prepositions[j]}",
    }
    if i <= 1:
        found.add("xstart")
    if others:
        found.add("comp=" + step(min(min(abs(at - i), abs(at - j)) for at in others), (2, 4, 8)))
    if laid.groups[i] == laid.groups[j]:
        found.add("samegroup")
    if laid.quoted[i] != laid.quoted[j]:
        found.add("quotecross")
    elif laid.quoted[i]:
        found.add("inquote")
    return found


def _around(laid: Frame, pair: Pair) -> set[str]:
    """The words right before and after each of the two."""
    found = set()
    governors = []
    for side, at in (("i", pair.first), ("j", pair.second)):
        governor = at - 1
        while governor >= 0 and at - governor <= 4 and laid.tokens[governor] in _BARE_ARTICLES:
            governor -= 1
        word = laid.tokens[governor] if governor >= 0 else "^"
        governors.append(word if word in PREPOSITIONS else "_")
        found.add(f"p{side}=" + (laid.stems[governor] if governor >= 0 else "^"))
        head = at - 1
        while head >= 0 and laid.tokens[head] in ARTICLES:
            head -= 1
        if head >= 0:
            found.add(f"h{side}={laid.stems[head]}")
            found.update(f"hF{side}={sense.family}" for sense in laid.senses[head])
        if at + 1 < len(laid.tokens):
            found.add(f"n{side}={laid.stems[at + 1]}")
            found.update(f"nF{side}={sense.family}" for sense in laid.senses[at + 1])
    found.add(f"pp={governors[0]}|{governors[1]}")
    between = set(laid.tokens[pair.first + 1 : pair.second])
    if (
        "et" in between
        and pair.second - pair.first <= 9
        and "entre" in laid.tokens[max(0, pair.first - 4) : pair.first]
    ):
        found.add("entre_et")
    if between and between <= _ONLY_AND:
        found.add("x_et_y")
    return found


def _window(laid: Frame, window: Sequence[int], side: str) -> set[str]:
    """Words and word families of one stretch of the sentence."""
    found = {f"{side}:{laid.stems[at]}" for at in window}
    conflict = cooperation = 0
    for at in laid.telling:
        if at not in window:
            continue
        if at in laid.phrases:
            found.add(f"{side}M:{laid.phrases[at]}")
        for sense in laid.senses[at]:
            found.add(f"{side}F:{sense.family}" + ("!" if at in laid.negated else ""))
            if sense.type:
                conflict += sense.conflict
                cooperation += not sense.conflict
    if conflict:
        found.add(f"n{side}-={step(conflict, (1, 2, 4))}")
    if cooperation:
        found.add(f"n{side}+={step(cooperation, (1, 2, 4))}")
    return found
