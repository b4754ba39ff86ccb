"""A query as a tree: words, and what must, may or must not be there with them."""

from dataclasses import dataclass
from enum import StrEnum


class Match(StrEnum):
    """How a word of the query finds words of the index."""

    EXACT = "mot"
    PREFIX = "début"
    FORMS = "formes"


@dataclass(frozen=True, slots=True)
class Word:
    """One folded word; the beginning of words, or one with its inflected forms, where `match` says so."""

    text: str
    match: Match = Match.EXACT


@dataclass(frozen=True, slots=True)
class Words:
    """Words that an article contains, in its title if `title`.

    Several follow one another; with `within` they stand in any order in one paragraph with at most that many
    other words among them.
    """

    items: tuple[Word, ...]
    within: int | None = None
    title: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """The articles that do not match."""

    item: "Query"


@dataclass(frozen=True, slots=True)
class And:
    """The articles that match every item."""

    items: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """The articles that match an item."""

    items: tuple["Query", ...]


Query = Words | Not | And | Or
