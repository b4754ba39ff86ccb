"""Explaining in French what the coder read in a text, and why."""

from collections.abc import Iterator

from dashboard.coding.countries import COUNTRIES, name_of
from dashboard.coding.events import Candidate, bar, candidates
from dashboard.coding.model import BOTH, model
from dashboard.coding.plover import EVENT_TYPES, EventClass
from dashboard.coding.reading import read
from dashboard.coding.records import Event, Reason, Sentence

# Below this probability a pair that was not kept is not worth a line.
_NOTABLE = 0.08
_CLASSES = {EventClass.CONFLICT: "conflit", EventClass.COOPERATION: "coopération"}


def explain(text: str) -> str:
    """A French account of `text`: countries named, events with their reasons, pairs not kept."""
    sentences = read(text)
    if not any(sentence.mentions for sentence in sentences):
        return "Aucun pays n’est nommé dans ce texte."
    return "\n\n".join("\n".join(_lines(sentence)) for sentence in sentences)


def _lines(sentence: Sentence) -> Iterator[str]:
    yield f"«\u00a0{sentence.text}\u00a0»"
    if not sentence.mentions:
        yield "  Aucun pays nommé."
        return
    yield "  Pays nommés\u00a0:"
    for mention in sentence.mentions:
        yield f"    {mention.form} → {name_of(mention.country)} ({mention.kind.value})"
    if len({mention.country for mention in sentence.mentions}) < 2:
        yield "  Un seul pays\u00a0: pas d’événement entre pays."
        return
    if not sentence.events:
        yield "  Aucun événement retenu."
    for event in sentence.events:
        yield from _told(event)
    yield from _left_out(sentence)


def _told(event: Event) -> Iterator[str]:
    kind = EVENT_TYPES[event.type]
    arrow = "↔" if event.mutual else "→"
    yield f"  Événement\u00a0: {name_of(event.source)} {arrow} {name_of(event.target)}"
    yield (
        f"    type\u00a0: {kind.noun} ({kind.code}, {_CLASSES[kind.event_class]}), "
        f"score {_number(event.score, '+.1f')},"
        f" confiance {_number(100 * event.confidence, '.0f')}\u00a0%"
    )
    yield f"    mots déclencheurs\u00a0: «\u00a0{event.trigger}\u00a0»"
    yield f"    pourquoi\u00a0: {_reasons(event.reasons)}"


def _left_out(sentence: Sentence) -> Iterator[str]:
    weights = model()
    missed = [
        (candidate.chance(kind), kind, candidate)
        for candidate in candidates(sentence.text, sentence.start, sentence.mentions)
        for kind in EventClass
        if candidate.chance(kind) >= _NOTABLE and kind not in candidate.kept(weights)
    ]
    for chance, kind, candidate in sorted(missed, key=lambda item: -item[0]):
        yield (
            f"  Non retenu\u00a0: {_CLASSES[kind]} entre {_pair(candidate)}, "
            f"confiance {_number(100 * chance, '.0f')}\u00a0% "
            f"(seuil {_number(100 * bar(kind, weights), '.0f')}\u00a0%, "
            f"{_number(100 * BOTH, '.0f')}\u00a0% si l’autre sens l’emporte)"
        )
        yield f"    pourquoi\u00a0: {_reasons(candidate.reasons(kind, weights, 4))}"


def _pair(candidate: Candidate) -> str:
    return " et ".join(COUNTRIES[code].phrase for code in (candidate.pair.source, candidate.pair.target))


def _reasons(reasons: tuple[Reason, ...]) -> str:
    return (
        " · ".join(f"{reason.words} {_number(reason.weight, '+.2f')}" for reason in reasons)
        or "aucun indice connu"
    )


def _number(value: float, form: str) -> str:
    return format(value, form).replace(".", ",").replace("-", "−")
