"""Numbers, dates and lists as the French press writes them."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import pandas as pd
from babel.dates import format_date
from babel.numbers import format_decimal

from dashboard.periods import Grain

LOCALE = "fr_FR"
NBSP = "\u00a0"
MISSING = "–"
_PHRASE = re.compile(r'"([^"]+)"')
_ALONE, _WITHIN = rf"«{NBSP}\1{NBSP}»", r"“\1”"


def number(value: float | None, decimals: int = 0) -> str:
    """« 1 234,5 » with a narrow no-break space; « – » for a missing value."""
    if value is None or pd.isna(value):
        return MISSING
    return _written(round(value, decimals) + 0, decimals)  # what rounds to −0 is 0


# A page writes the same few hundred numbers and periods over and over, in the tooltips of every point.
@lru_cache(maxsize=10_000)
def _written(rounded: float, decimals: int) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(rounded, format=pattern, locale=LOCALE)).replace("-", "\u2212")


def signed(value: float) -> str:
    """« +6,5 », « −9,0 »: a score of an event, to one decimal."""
    return ("+" if value > 0 else "") + number(value, 1)


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """« 1 234 articles », « 1 article », « 0 article »: French keeps the singular below two."""
    word = singular if abs(count) < 2 else plural or singular + "s"
    return f"{number(count)}{NBSP}{word}"


def per_thousand(value: float | None) -> str:
    """« 12,3 ‰ », « 250 ‰ », « 0 ‰ »: three figures are all that a count of articles can bear."""
    if value is None or pd.isna(value):
        return MISSING
    return f"{number(value, 0 if value >= 100 or not value else 1)}{NBSP}‰"


def day(value: date) -> str:
    """« 12 mars 2024 », « 1er mars 2024 »."""
    text = str(format_date(value, "d MMMM y", locale=LOCALE))
    return "1er" + text[1:] if value.day == 1 else text


def short_day(value: date) -> str:
    """« 12 mars 2024 » with the month cut short where it is long: « 12 sept. 2024 »."""
    text = str(format_date(value, "d MMM y", locale=LOCALE))
    return "1er" + text[1:] if value.day == 1 else text


def days(first: date, last: date) -> str:
    """« 1er janv. – 30 juin 2025 », « 1er – 28 févr. 2022 »: what both ends share is said once."""
    if first == last:
        return short_day(first)
    opening = short_day(first)
    if first.year == last.year:
        opening = opening.removesuffix(f" {first.year}")
        if first.month == last.month:
            opening = opening.split()[0]
    return f"{opening} – {short_day(last)}"


@lru_cache(maxsize=10_000)
def period(start: date, grain: Grain) -> str:
    """The name of a period: « 12 mars 2024 », « semaine du 11 mars 2024 », « mars 2024 »."""
    match grain:
        case Grain.DAY:
            return day(start)
        case Grain.WEEK:
            return f"semaine du {day(start)}"
        case Grain.MONTH:
            return str(format_date(start, "MMMM y", locale=LOCALE))
        case Grain.QUARTER:
            return str(format_date(start, "QQQQ y", locale=LOCALE))


def listed(words: Sequence[str], *, last: str = "et") -> str:
    """« Russie, Asie et Afrique »; the empty text for nothing."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def quoted(text: str) -> str:
    """« text » with no-break spaces inside the quotation marks; "marks" within become “marks”."""
    return f"«{NBSP}{_PHRASE.sub(_WITHIN, text)}{NBSP}»"


def typographic(text: str) -> str:
    """The text with « marks » where it was typed with "marks"."""
    return _PHRASE.sub(_ALONE, text)


def capitalised(text: str) -> str:
    """The text with its first letter in upper case, the rest as it was."""
    return text[:1].upper() + text[1:]
