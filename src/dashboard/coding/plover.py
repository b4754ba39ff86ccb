"""The PLOVER event types: score, class, force and French wording of each."""

from dataclasses import dataclass
from enum import StrEnum


class EventClass(StrEnum):
    """Whether an event brings two countries nearer or apart."""

    CONFLICT = "conflict"
    COOPERATION = "cooperation"


class Force(StrEnum):
    """Whether something was said or done."""

    VERBAL = "verbal"
    MATERIAL = "material"


@dataclass(frozen=True, slots=True)
class EventType:
    """One PLOVER type: `score` in -10..+10, `verb` in the third person (« accuse »), `noun` as a heading."""

    code: str
    score: float
    event_class: EventClass
    force: Force
    verb: str
    noun: str


_CO, _CF = EventClass.COOPERATION, EventClass.CONFLICT
_VB, _MT = Force.VERBAL, Force.MATERIAL

# Scores: PLOVER manual, table « ploverscores » (-10..+10). The manual prints ACCUSE as +3 while all its modes
# are negative: -3 here. REQUEST is 0 there; -1, its mode « change », keeps a demand on the conflict side.
EVENT_TYPES: dict[str, EventType] = {
    kind.code: kind
    for kind in (
        EventType("AGREE", 2.5, _CO, _VB, "s’accorde avec", "accord"),
        EventType("CONSULT", 4.0, _CO, _VB, "consulte", "consultation"),
        EventType("SUPPORT", 5.0, _CO, _VB, "soutient", "soutien"),
        EventType("CONCEDE", 4.5, _CO, _VB, "cède à", "concession"),
        EventType("COOPERATE", 9.5, _CO, _MT, "coopère avec", "coopération"),
        EventType("AID", 10.0, _CO, _MT, "aide", "aide"),
        EventType("RETREAT", 6.5, _CO, _MT, "desserre l’étau sur", "désescalade"),
        EventType("REQUEST", -1.0, _CF, _VB, "exige de", "demande"),
        EventType("ACCUSE", -3.0, _CF, _VB, "accuse", "accusation"),
        EventType("REJECT", -2.0, _CF, _VB, "refuse à", "refus"),
        EventType("THREATEN", -3.5, _CF, _VB, "menace", "menace"),
        EventType("PROTEST", -5.0, _CF, _MT, "proteste contre", "protestation"),
        EventType("SANCTION", -6.0, _CF, _MT, "sanctionne", "sanction"),
        EventType("MOBILIZE", -5.5, _CF, _MT, "mobilise contre", "démonstration de force"),
        EventType("COERCE", -7.0, _CF, _MT, "contraint", "coercition"),
        EventType("ASSAULT", -9.0, _CF, _MT, "attaque", "attaque"),
    )
}
