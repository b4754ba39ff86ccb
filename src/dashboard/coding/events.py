"""From the mentions of a sentence to what one country does toward another."""

from dashboard.coding.folding import fold
from dashboard.coding.plover import EVENT_TYPES
from dashboard.coding.records import Event, Mention, Reason

_TRIGGERS = {
    "accuse": "ACCUSE",
    "denonce": "ACCUSE",
    "menace": "THREATEN",
    "expulse": "SANCTION",
    "sanctionne": "SANCTION",
    "sanctions": "SANCTION",
    "frappes": "ASSAULT",
    "attaque": "ASSAULT",
    "bombarde": "ASSAULT",
    "salue": "SUPPORT",
    "soutient": "SUPPORT",
    "rencontre": "CONSULT",
    "recu": "CONSULT",
    "accord": "AGREE",
    "aide": "AID",
}


def events_in(text: str, start: int, mentions: tuple[Mention, ...]) -> tuple[Event, ...]:
    """The events of the sentence `text`, which begins at index `start` of the whole text."""
    words = fold(text).replace("'", " ").split()
    trigger = next((word for word in words if word in _TRIGGERS), None)
    if trigger is None or len(mentions) < 2 or mentions[0].country == mentions[1].country:
        return ()
    kind = EVENT_TYPES[_TRIGGERS[trigger]]
    at = start + fold(text).index(trigger)
    reason = Reason(f"« {trigger} »", 1.0)
    return (
        Event(
            mentions[0].country,
            mentions[1].country,
            kind.code,
            kind.score,
            text[at - start : at - start + len(trigger)],
            at,
            at + len(trigger),
            0.5,
            False,
            (reason,),
        ),
    )
