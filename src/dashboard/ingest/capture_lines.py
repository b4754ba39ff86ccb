"""The lines of a pasted page, each told apart: heading, « Lire la suite », date, rubric, menu, text."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import lru_cache

from dashboard.ingest.page_words import (
    ALSO_READ,
    BULLET,
    CAPTION,
    CREDIT,
    DATED,
    FILED,
    IMAGE_NAME,
    LISTS_WITHOUT_TEXT,
    MAIL_CLOSING,
    MAIL_HEADER,
    MENU_SENTENCES,
    NAVIGATION,
    PAGE_NUMBERS,
    SECTIONS,
    SIDEBARS,
    SIGNED,
)
from dashboard.ingest.prose_dates import IN_FIGURES, IN_WORDS, Window, plausible_window, stated_day


class Kind(Enum):
    """What a line is."""

    ARCHIVE = auto()
    MORE = auto()
    DATE = auto()
    SECTION = auto()
    FILED = auto()
    SIDEBAR = auto()
    LIST = auto()
    MENU = auto()
    CREDIT = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, and for a date line the day and the author it names."""

    kind: Kind
    text: str
    number: int
    day: date | None = None
    author: str | None = None
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Letters and digits without case or accents, one space between words: two titles are the same by it."""
    plain = unicodedata.normalize(
        "NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae")
    ).casefold()
    return " ".join(
        re.sub(r"[^\w]+|_", " ", "".join(c for c in plain if not unicodedata.combining(c))).split()
    )


def labelled(text: str, number: int, window: Window | None = None) -> Line:
    """The line with its kind, judged by itself alone; archive headings and « Lire la suite » came before."""
    bare = BULLET.sub("", text)
    folded = fold(bare)
    if dated := _dated(text, number, window or plausible_window()):
        return dated
    if filed := FILED.match(text):
        return _filed(filed, text, number)
    return Line(_kind(text, bare, folded), text, number)


def _kind(text: str, bare: str, folded: str) -> Kind:
    if folded in SIDEBARS:
        return Kind.SIDEBAR
    if folded in LISTS_WITHOUT_TEXT or MAIL_CLOSING.match(text):
        return Kind.LIST
    if _is_menu(text, bare, folded):
        return Kind.MENU
    if folded in SECTIONS:
        return Kind.MENU if bare != text else Kind.SECTION
    return Kind.CREDIT if CREDIT.fullmatch(text) or (CAPTION.search(text) and len(text) < 100) else Kind.TEXT


def _is_menu(text: str, bare: str, folded: str) -> bool:
    return (
        not folded
        or folded in NAVIGATION
        or any(pattern.match(bare) for pattern in (MENU_SENTENCES, PAGE_NUMBERS, IMAGE_NAME))
        or bool(MAIL_HEADER.match(text) or ALSO_READ.match(text))
    )


def _dated(text: str, number: int, window: Window) -> Line | None:
    if len(text) > 140:
        return None
    for pattern in (IN_FIGURES, IN_WORDS):
        if (match := pattern.search(text)) and (day := stated_day(match, window)):
            rest = f"{text[: match.start()]}@{text[match.end() :]}"
            if line := DATED.match(rest.replace("@", "@", 1)) or SIGNED.match(rest):
                author = (line.groupdict().get("author") or "").strip(" .,|·-") or None
                return Line(Kind.DATE, match.group().strip(), number, day, author)
    return None


def _filed(match: re.Match[str], text: str, number: int) -> Line:
    def names(group: str) -> tuple[str, ...]:
        return tuple(name.strip() for name in (match.group(group) or "").split(",") if name.strip())

    return Line(
        Kind.FILED, text, number, sections=names("sections"), tags=names("tags") or names("only_tags")
    )
