"""The event lexicon: which words tell of which PLOVER type, in all their inflected forms."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from dashboard.coding import tables
from dashboard.coding.plover import EVENT_TYPES, EventClass

STEM = 6


class Sense(NamedTuple):
    """What a form may stand for: a `family` of words; `type` is empty for words that only set the scene."""

    family: str
    type: str
    conflict: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression of several words; `words` are folded, elisions cut off."""

    words: tuple[str, ...]
    lemma: str
    sense: Sense


class Lexicon:
    """Single words by their folded forms; expressions by their first and second word, longest first."""

    def __init__(self, entries: Iterable[dict[str, str]]) -> None:
        senses: dict[str, list[Sense]] = {}
        self.lemmas: dict[str, str] = {}
        phrases: list[Phrase] = []
        for row in entries:
            kind = EVENT_TYPES.get(row["type"])
            sense = Sense(row["family"], row["type"], bool(kind and kind.event_class is EventClass.CONFLICT))
            words = tuple(row["form"].split())
            if len(words) > 1:
                phrases.append(Phrase(words, row["lemma"], sense))
            else:
                senses.setdefault(words[0], []).append(sense)
                self.lemmas.setdefault(words[0], row["lemma"])
        self.senses = {form: tuple(found) for form, found in senses.items()}
        self.phrases: dict[str, dict[str, list[Phrase]]] = {}
        for phrase in sorted(phrases, key=lambda found: -len(found.words)):
            first, second, *_ = phrase.words
            self.phrases.setdefault(first, {}).setdefault(second, []).append(phrase)
        self.stem = lru_cache(maxsize=100_000)(self._stem)

    def _stem(self, token: str) -> str:
        """The lemma of a known form; "0" for a number; else the first letters."""
        return self.lemmas.get(token) or ("0" if token.isdigit() else token[:STEM])


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the coder."""
    return Lexicon(tables.shipped("lexicon.tsv"))
