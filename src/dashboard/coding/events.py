"""From the mentions of a sentence to what one country does toward another."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.coding.features import Pair, best_triggers, pair_features, pairs, sentence_features
from dashboard.coding.frames import Frame, Trigger, frame
from dashboard.coding.lexicon import lexicon
from dashboard.coding.model import Model, kept, likelihood, model
from dashboard.coding.plover import EVENT_TYPES, EventClass
from dashboard.coding.records import Event, Mention, Reason
from dashboard.coding.wording import describe

# A sentence that names more countries than this is an enumeration.
_MOST_COUNTRIES = 9
_REASONS = 6
# A feature that weighs less, in log-odds, is no reason of its own.
_SPEAKING = 0.04
# How far, in points of score, the type of the trigger word may stand from what the whole sentence suggests.
_SLACK = 3.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two countries in one sentence and how likely each class of event is between them."""

    pair: Pair
    laid: Frame
    shared: set[str]
    own: set[str]
    log_odds: tuple[float, float]

    def chance(self, event_class: EventClass) -> float:
        """The probability of an event of that class."""
        return likelihood(self.log_odds[0 if event_class is EventClass.CONFLICT else 1])

    def kept(self, weights: Model) -> list[EventClass]:
        """The classes of event that are told of the pair."""
        chances = (self.chance(EventClass.CONFLICT), self.chance(EventClass.COOPERATION))
        told = kept(*chances, (weights.conflict_from, weights.cooperation_from))
        return [event_class for event_class, tells in zip(EventClass, told, strict=True) if tells]

    def reasons(self, event_class: EventClass, weights: Model, most: int = _REASONS) -> tuple[Reason, ...]:
        """The features that weigh most for or against that class, in words, each wording once."""
        column = 0 if event_class is EventClass.CONFLICT else 1
        total: dict[str, float] = {}
        for feature in self.shared | self.own:
            found = weights.weights.get(feature)
            if found is not None and abs(found[column]) >= _SPEAKING:
                words = describe(feature)
                total[words] = total.get(words, 0.0) + found[column]
        heaviest = sorted(total.items(), key=lambda item: (-abs(item[1]), item[0]))[:most]
        return tuple(Reason(words, round(weight, 2)) for words, weight in heaviest)


def candidates(text: str, start: int, mentions: Sequence[Mention]) -> list[Candidate]:
    """Every pair of countries of the sentence `text`, which begins at index `start` of the whole text."""
    if len({mention.country for mention in mentions}) > _MOST_COUNTRIES:
        return []
    weights = model()
    laid = frame(text, start, mentions, lexicon())
    shared = sentence_features(laid)
    common = weights.presence(shared)
    found = []
    for pair in pairs(laid):
        own = pair_features(laid, pair)
        conflict, cooperation = weights.presence(own)
        log_odds = (
            conflict + common[0] + weights.intercepts[0],
            cooperation + common[1] + weights.intercepts[1],
        )
        found.append(Candidate(pair, laid, shared, own, log_odds))
    return found


def events_in(text: str, start: int, mentions: Sequence[Mention]) -> tuple[Event, ...]:
    """The events of the sentence `text`, which begins at index `start` of the whole text; often none."""
    weights = model()
    return tuple(
        _event(candidate, event_class, weights, text, start)
        for candidate in candidates(text, start, mentions)
        for event_class in candidate.kept(weights)
    )


def bar(event_class: EventClass, weights: Model) -> float:
    """The probability from which an event of that class is kept."""
    return weights.conflict_from if event_class is EventClass.CONFLICT else weights.cooperation_from


def _event(candidate: Candidate, event_class: EventClass, weights: Model, text: str, start: int) -> Event:
    pair, laid = candidate.pair, candidate.laid
    conflict = event_class is EventClass.CONFLICT
    best = best_triggers(laid, pair).get("-" if conflict else "+")
    trigger = best[1] if best else None
    sums = weights.sums(candidate.shared | candidate.own)
    forward, mutual = sums[2] + weights.intercepts[2] >= 0, sums[3] + weights.intercepts[3] >= 0
    column = 4 if conflict else 5
    code = _type(trigger, event_class, sums[column] + weights.intercepts[column])
    begin, end = _span(laid, pair, trigger)
    source, target = (pair.source, pair.target) if forward else (pair.target, pair.source)
    return Event(
        source=source,
        target=target,
        type=code,
        score=EVENT_TYPES[code].score,
        trigger=text[begin:end],
        start=start + begin,
        end=start + end,
        confidence=round(candidate.chance(event_class), 3),
        mutual=mutual,
        reasons=candidate.reasons(event_class, weights),
    )


def _type(trigger: Trigger | None, event_class: EventClass, expected: float) -> str:
    """The trigger's type when the whole sentence bears it out, else the type nearest to that score."""
    if trigger is not None and abs(EVENT_TYPES[trigger.sense.type].score - expected) <= _SLACK:
        return trigger.sense.type
    same = [kind for kind in EVENT_TYPES.values() if kind.event_class is event_class]
    return min(same, key=lambda kind: abs(kind.score - expected)).code


def _span(laid: Frame, pair: Pair, trigger: Trigger | None) -> tuple[int, int]:
    """Where the trigger words stand in the sentence; without any, what stands between the two countries."""
    if trigger is None:
        return laid.starts[pair.first], laid.starts[pair.second]
    last = trigger.at + trigger.size - 1
    return laid.starts[trigger.at], laid.starts[last] + len(laid.tokens[last])
