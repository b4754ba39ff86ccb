"""Homonyms that the words around decide: the State of Georgia, a capital as a mere place, a first name."""

import re

from dashboard.coding import tables
from dashboard.coding.folding import fold_fully
from dashboard.coding.forms import Form

_PLACE_WORDS = frozenset({"a", "de", "dans", "vers", "pres", "d"})
_REACH = 48
_ANY_REACH = 220
_SURNAME = re.compile(r"[ \u00a0](?:[dD][’']|(?:de|ben|bin|[ae]l)[ -])?[A-ZÀ-ÖØ-Þ]\w")
_ARTICLE = re.compile(r"\b(?:le|la|du|au) $")


class Contexts:
    """Cue words by form; « @kind » stands for every form of a kind."""

    def __init__(self, cues: dict[str, list[tuple[str, tuple[str, ...]]]]) -> None:
        self._cues = cues

    def deny(self, form: Form, text: str, low: str, start: int, end: int) -> bool:
        """Whether the words around `text[start:end]` show that it does not name the country of `form`.

        `low` is the text folded.
        """
        rules = self._cues.get(form.text)
        if rules is not None and any(_meets(side, cues, text, low, start, end) for side, cues in rules):
            return True
        general = self._cues.get("@" + form.kind.value)
        if general is None or not _is_a_place(low, start):
            return False
        return any(_meets(side, cues, text, low, start, end) for side, cues in general)


def _is_a_place(low: str, start: int) -> bool:
    before = low[max(0, start - 8) : start].replace("'", " ").split()
    return bool(before) and before[-1] in _PLACE_WORDS


def _is_a_first_name(text: str, low: str, start: int, end: int) -> bool:
    return bool(_SURNAME.match(text, end)) and not _ARTICLE.search(low, max(0, start - 4), start)


def _meets(side: str, cues: tuple[str, ...], text: str, low: str, start: int, end: int) -> bool:
    if side == "firstname":
        return _is_a_first_name(text, low, start, end)
    if side == "next":
        return low.endswith(tuple(cue + " " for cue in cues), 0, start)
    if side == "before":
        around = low[max(0, start - _REACH) : start]
    elif side == "after":
        around = low[end : end + _REACH]
    else:
        around = low[max(0, start - _ANY_REACH) : end + _ANY_REACH]
    padded = " " + around.replace("'", " ")
    if side == "any":
        return any(" " + cue in padded for cue in cues)
    return any(f" {cue} " in padded + " " for cue in cues)


def contexts_shipped() -> Contexts:
    """The contexts of contexts.tsv."""
    cues: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row in tables.shipped("contexts.tsv"):
        words = tuple(fold_fully(cue.strip()) for cue in row["cues"].split(","))
        cues.setdefault(row["form"], []).append((row["side"], words))
    return Contexts(cues)
