"""The plain records that reading a text yields: mentions of countries, and events between them."""

from dataclasses import dataclass
from enum import StrEnum


class MentionKind(StrEnum):
    """By what form a country is named."""

    NAME = "nom"
    DEMONYM = "gentilé"
    CAPITAL = "capitale"
    INSTITUTION = "institution"
    LEADER = "dirigeant"


@dataclass(frozen=True, slots=True)
class Mention:
    """A country named in a sentence; `start` and `end` count characters in the text that was given."""

    country: str
    kind: MentionKind
    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that spoke for or against an event, in French words, with its weight in log-odds."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Event:
    """What a sentence reports one country to do toward another.

    `type` is a PLOVER type in capitals, `score` lies in -10..+10 (conflict below zero), `confidence` in 0..1.
    `mutual` events have no direction; `start` and `end` place the trigger words in the text that was given.
    """

    source: str
    target: str
    type: str
    score: float
    trigger: str
    start: int
    end: int
    confidence: float
    mutual: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with what was read in it; `start` and `end` place it in the text that was given."""

    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
