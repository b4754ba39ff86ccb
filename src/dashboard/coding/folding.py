"""Folded text: lower case, no accents, plain apostrophes and spaces, and never a different length."""

import unicodedata

_PLAIN = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "\u00a0": " ",
    "\u202f": " ",
    "\n": " ",
    "\t": " ",
    "‑": "-",
    "–": "-",
    "—": "-",
}


def _accented_letters() -> dict[str, str]:
    """Every lower-case Latin letter with a mark, with the letter under the mark."""
    letters = {}
    for number in range(0xC0, 0x250):
        letter = chr(number)
        base = unicodedata.normalize("NFD", letter)[0]
        if letter.islower() and base != letter and base.isascii():
            letters[letter] = base
    return letters


_COMMON = {
    letter: plain for letter, plain in _accented_letters().items() if letter in "éèêëàâäîïôöùûüçñáíóúãõåøšžćč"
}
_RARE = {ord(letter): plain for letter, plain in _accented_letters().items()}
_REPLACED = tuple((_PLAIN | _COMMON).items())


def fold(text: str) -> str:
    """`text` in lower case without accents; the character at an index stays at that index."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    if low.isascii():
        return low.replace("\n", " ").replace("\t", " ")
    for letter, plain in _REPLACED:
        low = low.replace(letter, plain)
    return low


def fold_fully(text: str) -> str:
    """Like `fold`, for the few strings of a word list: rare accented letters too."""
    return fold(text).translate(_RARE)
