"""From the mentions of a sentence to what one country does toward another."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import add

from dashboard.coding.features import (
    MOST_COUNTRIES,
    Pair,
    manner_features,
    pair_features,
    pairs,
    sentence_features,
)
from dashboard.coding.folding import fold
from dashboard.coding.frames import Frame, Trigger, frame
from dashboard.coding.lexicon import lexicon
from dashboard.coding.model import Model, Standing, Weighed, kept, likelihood, model, rivals
from dashboard.coding.plover import EVENT_TYPES, EventClass
from dashboard.coding.reach import triggers_by_reach
from dashboard.coding.records import Event, Mention, Reason
from dashboard.coding.wording import describe

_REASONS = 6
# What weighs less, in log-odds, is no reason; a feature that weighs less is not put into words at all.
_SPEAKING = 0.15
_FAINT = 0.1
_RIVALRY = "les autres paires de la phrase"
# How far, in points of score, the type of the trigger word may stand from what the whole sentence suggests.
_SLACK = 3.0
# Types that their words tell by themselves, and those that need no word of their own.
_TRUSTED = frozenset({"AID"})
_GENERAL = {
    EventClass.CONFLICT: ("ACCUSE", "SANCTION", "ASSAULT"),
    EventClass.COOPERATION: ("AGREE", "CONSULT", "SUPPORT", "COOPERATE"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two countries in one sentence and how likely each class of event is between them."""

    pair: Pair
    laid: Frame
    weighed: Weighed
    rivalry: tuple[float, float] = (0.0, 0.0)

    def chance(self, event_class: EventClass) -> float:
        """The probability of an event of that class."""
        column = 0 if event_class is EventClass.CONFLICT else 1
        return likelihood(self.weighed.sums[column] + self.rivalry[column])

    def kept(self, weights: Model) -> list[EventClass]:
        """The classes of event that are told of the pair."""
        if max(map(add, self.weighed.sums, self.rivalry)) < weights.faintest:
            return []
        chances = (self.chance(EventClass.CONFLICT), self.chance(EventClass.COOPERATION))
        told = kept(*chances, (weights.conflict_from, weights.cooperation_from))
        return [event_class for event_class, tells in zip(EventClass, told, strict=True) if tells]

    def reasons(self, event_class: EventClass, weights: Model, most: int = _REASONS) -> tuple[Reason, ...]:
        """What weighs most for or against that class, in words, each wording once; one at the least."""
        column = 0 if event_class is EventClass.CONFLICT else 1
        total: dict[str, float] = {_RIVALRY: self.rivalry[column]}
        for feature, part in weights.parts(self.weighed, column, _FAINT):
            words = describe(feature)
            total[words] = total.get(words, 0.0) + part
        heaviest = sorted(total.items(), key=lambda item: (-abs(item[1]), item[0]))[:most]
        return tuple(
            Reason(words, round(weight, 2))
            for rank, (words, weight) in enumerate(heaviest)
            if abs(weight) >= _SPEAKING or rank == 0
        )


def candidates(
    text: str, start: int, mentions: Sequence[Mention], folded: str | None = None
) -> list[Candidate]:
    """Every pair of countries of the sentence `text`, which begins at index `start` of the whole text.

    `folded` spares folding the text again.
    """
    if len({mention.country for mention in mentions}) > MOST_COUNTRIES:
        return []
    laid = frame(fold(text) if folded is None else folded, start, mentions, lexicon())
    weights = model()
    ends = pairs(laid)
    weighed = weights.weigh(sentence_features(laid), [pair_features(laid, pair) for pair in ends])
    found = [Candidate(pair, laid, sums) for pair, sums in zip(ends, weighed, strict=True)]
    return _among_rivals(found, weights) if len(found) > 1 else found


def _among_rivals(found: list[Candidate], weights: Model) -> list[Candidate]:
    """The candidates of one sentence, each with what the others take from it or add."""
    ends = [(candidate.pair.source, candidate.pair.target) for candidate in found]
    conflict, cooperation = (
        [_dot(standing, weights.rivalry[which]) for standing in standings]
        for which in (0, 1)
        if (standings := rivals(ends, [candidate.weighed.sums[which] for candidate in found]))
    )
    return [
        Candidate(candidate.pair, candidate.laid, candidate.weighed, rivalry)
        for candidate, rivalry in zip(found, zip(conflict, cooperation, strict=True), strict=True)
    ]


def _dot(standing: Standing, weights: tuple[float, ...]) -> float:
    return sum(a * b for a, b in zip(standing, weights, strict=True))


def events_in(
    text: str, start: int, mentions: Sequence[Mention], folded: str | None = None
) -> tuple[Event, ...]:
    """The events of the sentence `text`, which begins at index `start` of the whole text; often none.

    `folded` spares folding the text again.
    """
    weights = model()
    return tuple(
        _event(candidate, event_class, weights, text, start)
        for candidate in candidates(text, start, mentions, folded)
        for event_class in candidate.kept(weights)
    )


def bar(event_class: EventClass, weights: Model) -> float:
    """The probability from which an event of that class is kept."""
    return weights.conflict_from if event_class is EventClass.CONFLICT else weights.cooperation_from


def _event(candidate: Candidate, event_class: EventClass, weights: Model, text: str, start: int) -> Event:
    pair, laid = candidate.pair, candidate.laid
    conflict = event_class is EventClass.CONFLICT
    manner = weights.manner_of(candidate.weighed, manner_features(laid, pair))
    source, target = (pair.source, pair.target) if manner.forward >= 0 else (pair.target, pair.source)
    code, trigger = _type(laid, (source, target), event_class, manner.severity if conflict else manner.warmth)
    begin, end = _span(laid, pair, trigger)
    return Event(
        source=source,
        target=target,
        type=code,
        score=EVENT_TYPES[code].score,
        trigger=text[begin:end],
        start=start + begin,
        end=start + end,
        confidence=round(candidate.chance(event_class), 3),
        mutual=manner.mutual >= 0,
        reasons=candidate.reasons(event_class, weights),
    )


def _type(
    laid: Frame, ends: tuple[str, str], event_class: EventClass, expected: float
) -> tuple[str, Trigger | None]:
    """The type of the nearest trigger that the whole sentence bears out, with that trigger.

    Without one, the general type nearest to the `expected` score, with the nearest trigger if there is any.
    """
    near = triggers_by_reach(laid, *ends, event_class is EventClass.CONFLICT)
    for trigger in near:
        if trigger.sense.type in _TRUSTED or abs(EVENT_TYPES[trigger.sense.type].score - expected) <= _SLACK:
            return trigger.sense.type, trigger
    code = min(_GENERAL[event_class], key=lambda code: abs(EVENT_TYPES[code].score - expected))
    return code, near[0] if near else None


def _span(laid: Frame, pair: Pair, trigger: Trigger | None) -> tuple[int, int]:
    """Where the trigger words stand in the sentence; without any, what stands between the two countries."""
    if trigger is None:
        return laid.span(pair.first, pair.second)
    last = trigger.at + trigger.size - 1
    start, end = laid.span(trigger.at, last)
    return start, end + len(laid.tokens[last])
