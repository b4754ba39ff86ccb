"""Words as the keyword index knows them: lower case, no accents, elisions cut off, hyphens apart."""

import re
import unicodedata
from functools import lru_cache

import Stemmer  # type: ignore[import-not-found]

# A run of letters, digits and apostrophes, or the blank line between two paragraphs.
SURFACE = re.compile(r"[\w'’]+|\n\s*\n")

_ELIDED = frozenset(["l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"])
# Before the apostrophe of one single word: aujourd'hui, prud'homme, quelqu'un, presqu'île.
_INSEPARABLE = frozenset({"aujourd", "prud", "quelqu", "presqu"})
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ′＇"), "'")
# Letters that Unicode does not take apart, as they are typed on a French keyboard.
_LETTERS = {
    "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
    "ς": "σ", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl",
}  # fmt: skip
_FOLDED = str.maketrans(_LETTERS) | _APOSTROPHES
# Feminine participles: without its accent « sanctionnée » ends in -ee, which the stemmer takes for a root.
_FEMININE = re.compile(r"(?<=..)ees?$")


def fold(text: str) -> str:
    """`text` in lower case, without accents or invisible characters, with œ as oe and ’ as '; in NFC.

    Folding twice changes nothing more.
    """
    low = text.lower()
    if low.isascii():
        return low
    latin = low.translate(_LATIN)
    return latin if latin.isascii() else _fold_any(text)


def words(text: str) -> list[str]:
    """The terms of `text` in their order; empty when it holds neither letter nor digit.

    « l’Élysée » gives elysee; « cessez-le-feu » gives cessez, le, feu; « aujourd’hui » stays whole.
    """
    return [term for surface in surfaces(text) for term, _ in parts(surface)]


def surfaces(text: str) -> list[str]:
    """The written words of `text` with their apostrophes, and the blank lines between its paragraphs."""
    readable = text if text.isascii() else _readable(text)
    return SURFACE.findall(readable.replace("_", " "))


@lru_cache(maxsize=100_000)
def parts(surface: str) -> tuple[tuple[str, str], ...]:
    """The terms of one written word, each beside its written form without elision; none for a blank line."""
    pieces = surface.replace("’", "'").split("'")
    found: list[tuple[str, str]] = []
    before = ""
    for position, piece in enumerate(pieces):
        shown = before + piece
        term = fold(shown)
        followed = position + 1 < len(pieces) and pieces[position + 1] != ""
        before = f"{shown}'" if followed and term in _INSEPARABLE else ""
        if term and not before and not (followed and term in _ELIDED):
            found.append((term, shown))
    return tuple(found)


def stem(term: str) -> str:
    """The root that groups the inflected forms of a folded term: sanctions, sanctionnee → sanction.

    The Snowball algorithm for French; it works on endings and sometimes groups too much or too little.
    """
    return stems([term])[0]


def stems(terms: list[str]) -> list[str]:
    """`stem` of each term."""
    bare: list[str] = Stemmer.Stemmer("french").stemWords([_FEMININE.sub("e", term) for term in terms])
    return bare


def _fold_any(text: str) -> str:
    bare = _without_marks(unicodedata.normalize("NFD", text)).lower().translate(_FOLDED)
    return unicodedata.normalize("NFC", _without_marks(unicodedata.normalize("NFD", bare)))


def _readable(text: str) -> str:
    """`text` composed (NFC), with usual apostrophes, and without what would cut a word in two."""
    composed = unicodedata.normalize("NFC", text)
    try:
        composed.encode("cp1252")
    except UnicodeEncodeError:
        composed = _without_marks(composed)
    return composed.translate(_IRREGULAR) if _HAS_IRREGULAR.search(composed) else composed


def _without_marks(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) not in _MARKS)


_MARKS = frozenset({"Mn", "Mc", "Me", "Cf"})
_SOFT_HYPHEN = 0xAD
_IRREGULAR: dict[int, str | None] = {**_APOSTROPHES, _SOFT_HYPHEN: None}
_HAS_IRREGULAR = re.compile("[‘ʼ′＇\u00ad]")
# The letters of European languages one by one, for speed; text with any other goes the long way.
_LATIN = {number: _fold_any(chr(number)) for number in (*range(0xC0, 0x250), *map(ord, _LETTERS), ord("’"))}
