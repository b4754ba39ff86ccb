"""Words as the keyword index knows them: lower case, no accents, elisions cut off, hyphens apart."""

import re
import unicodedata
from collections.abc import Iterator

import Stemmer  # type: ignore[import-not-found]

Place = tuple[str, int, int]

_SURFACE = re.compile(r"[\w'’‘ʼ′＇]+")
BLANK_LINE = re.compile(r"\n\s*\n")
# Never part of a word: what stands between spaces then has fewer spellings to remember.
_PUNCTUATION = ',.;:!?«»()"\u00a0\u202f'

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
    return [term for paragraph in paragraphs(text) for chunk in paragraph for term, _ in parts(chunk)]


def paragraphs(text: str) -> list[list[str]]:
    """What stands between spaces in each paragraph of `text`; blank lines end a paragraph."""
    text = unpunctuated(text)
    return [paragraph.split() for paragraph in BLANK_LINE.split(text)] if "\n" in text else [text.split()]


def unpunctuated(text: str) -> str:
    """`text` with a space in place of every sign of punctuation that is never part of a word."""
    for sign in _PUNCTUATION:
        text = text.replace(sign, " ")
    return text


def parts(chunk: str) -> tuple[tuple[str, str], ...]:
    """The terms of what stands between two spaces, each beside its written form without elision."""
    if chunk.isascii() and chunk.isalpha():
        return ((chunk.lower(), chunk),)
    return tuple((term, shown) for term, shown, _ in _placed(_readable(chunk)))


def located(text: str) -> tuple[str, list[list[Place]]]:
    """The text in readable form, and for each paragraph its terms with their characters: term, start, end."""
    whole = ""
    found: list[list[Place]] = []
    for paragraph in BLANK_LINE.split(text):
        whole += "\n\n" if found else ""
        readable = _readable(paragraph)
        places = ((term, len(whole) + at, len(shown)) for term, shown, at in _placed(readable))
        found.append([(term, start, start + length) for term, start, length in places])
        whole += readable
    return whole, found


def stem(term: str) -> str:
    """The root that groups the inflected forms of a folded term: sanctions, sanctionnee → sanction.

    The Snowball algorithm for French; it works on endings and sometimes groups too much or too little.
    """
    return stems([term])[0]


def stems(terms: list[str]) -> list[str]:
    """`stem` of each term."""
    masculine = [_FEMININE.sub("e", term) if term.endswith(("ee", "ees")) else term for term in terms]
    bare: list[str] = Stemmer.Stemmer("french").stemWords(masculine)
    return bare


def _fold_any(text: str) -> str:
    bare = _without_marks(unicodedata.normalize("NFD", text)).lower().translate(_FOLDED)
    return unicodedata.normalize("NFC", _without_marks(unicodedata.normalize("NFD", bare)))


def _readable(text: str) -> str:
    """`text` composed (NFC), without what would cut a word in two."""
    return text if text.isascii() else _without_marks(unicodedata.normalize("NFC", text))


def _placed(readable: str) -> Iterator[tuple[str, str, int]]:
    """Term, written form without elision, and the character at which that begins."""
    for found in _SURFACE.finditer(readable.replace("_", " ")):
        pieces = found.group().translate(_APOSTROPHES).split("'")
        at, before = found.start(), ""
        for number, piece in enumerate(pieces):
            shown, followed = before + piece, any(pieces[number + 1 : number + 2])
            term = fold(shown)
            before = f"{shown}'" if followed and term in _INSEPARABLE else ""
            if term and not before:
                if not (followed and term in _ELIDED):
                    yield term, shown, at
                at += len(shown) + 1
            elif not before:
                at += 1


def _without_marks(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) not in _MARKS)


# Marks that no letter took in, and characters without a width such as the soft hyphen.
_MARKS = frozenset({"Mn", "Mc", "Me", "Cf"})
# The letters of European languages one by one, for speed; text with any other goes the long way.
_LATIN = {number: _fold_any(chr(number)) for number in (*range(0xC0, 0x250), *map(ord, _LETTERS), ord("’"))}
