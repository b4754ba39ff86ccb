"""The day that French prose speaks of, as « lundi 19 janvier », and the years it can mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.ingest.prose_tense import is_announced, is_told

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier|janv", "f[ée]vrier|f[ée]vr", "mars", "avril|avr", "mai", "juin",
    "juillet|juil", "ao[ûu]t", "septembre|sept", "octobre|oct", "novembre|nov", "d[ée]cembre|d[ée]c",
)  # fmt: skip
FIRST_DAY = date(2000, 1, 1)
OPENING_PARAGRAPHS = 3
OPENING_CHARACTERS = 1500
BACKGROUND_LAG_YEARS = 1

_MONTH = "|".join(f"(?:{month})" for month in MONTHS)
IN_WORDS = re.compile(
    rf"\b(?P<this>ce\s+)?(?:(?P<weekday>{'|'.join(WEEKDAYS)})\s+)?(?P<day>1er"
    rf"|[0-3]?\d)\s+(?P<month>{_MONTH})\b\.?"
    r"(?:\s+(?P<year>(?:19|20)\d\d)(?!\d))?",
    re.IGNORECASE,
)
IN_FIGURES = re.compile(
    r"(?<![\d./-])(?P<day>[0-3]?\d)([./-])(?P<month>[01]?\d)\2(?P<year>(?:19|20)\d\d)(?![\d/-]|\.\d)"
)
PAST_YEAR = re.compile(rf"\b(?:en|depuis|{_MONTH})\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Window:
    """The days, both included, between which a text was plausibly written."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether the day lies inside."""
        return self.first <= day <= self.last


def plausible_window(today: date | None = None) -> Window:
    """From 1 January 2000 to the day after tomorrow: zones and announced days leave two days of slack."""
    return Window(FIRST_DAY, (today or date.today()) + timedelta(days=2))  # noqa: DTZ011 -- a day, not an instant


@dataclass(frozen=True, slots=True)
class Reading:
    """Words that name a day: `days` are all they can stand for, oldest first, several without a year."""

    days: tuple[date, ...]
    words: str
    is_today: bool = False
    says_year: bool = False
    says_weekday: bool = False


def news_date(text: str, window: Window) -> Reading | None:
    """The day of the news that the article reports, read from its opening; nothing when none is said.

    « Ce lundi 19 janvier » wins; else the latest past day of the first paragraph that has one. Announced
    days (« se réunira lundi 26 janvier ») and background (« signé le 8 avril 2010 ») are passed over; below
    the first paragraph a date without its weekday is background too.
    """
    opening = text[:OPENING_CHARACTERS].split("\n\n")[:OPENING_PARAGRAPHS]
    for rank, paragraph in enumerate(opening):
        told = [
            reading
            for match, reading in _matches(paragraph, window)
            if is_told(paragraph, match) and (rank == 0 or reading.says_weekday or reading.is_today)
        ]
        if told:
            return max(told, key=lambda reading: (reading.is_today, reading.days[-1]))
    return None


def stated_day(match: re.Match[str], window: Window) -> date | None:
    """The day that a match of IN_WORDS or IN_FIGURES states with its year; nothing when no year is said."""
    reading = _reading(match, window) if match.groupdict().get("year") else None
    return reading.days[0] if reading else None


def not_before(text: str, window: Window) -> date:
    """The first day on which the text can have been written, judged by the past years it mentions.

    A text that speaks of « février 2022 » or « depuis 2022 » is not older than 2021 (a year of slack for
    plans); years announced (« d’ici 2030 ») or after the window do not count. The window's first day
    when no year is mentioned.
    """
    years = [
        int(match["year"]) - BACKGROUND_LAG_YEARS
        for match in PAST_YEAR.finditer(text)
        if int(match["year"]) <= window.last.year and not is_announced(text, match)
    ]
    return max([window.first, *(date(year, 1, 1) for year in years if year >= window.first.year)])


def dates_in(text: str, window: Window) -> list[Reading]:
    """Every date that says its year or its weekday, in order; a bare « 10 janvier » is not one."""
    found = sorted(_matches(text, window), key=lambda pair: pair[0].start())
    return [reading for _, reading in found]


def _matches(paragraph: str, window: Window) -> Iterator[tuple[re.Match[str], Reading]]:
    for match in (*IN_WORDS.finditer(paragraph), *IN_FIGURES.finditer(paragraph)):
        if reading := _reading(match, window):
            yield match, reading


def _reading(match: re.Match[str], window: Window) -> Reading | None:
    parts = match.groupdict()
    weekday = (parts.get("weekday") or "").lower()
    years = [int(parts["year"])] if parts["year"] else range(window.first.year, window.last.year + 1)
    if not parts["year"] and not weekday:
        return None
    number = 1 if parts["day"].lower() == "1er" else int(parts["day"])
    days = tuple(
        day
        for year in years
        if (day := _day(year, _month_number(parts["month"]), number))
        and window.holds(day)
        and (not weekday or WEEKDAYS[day.weekday()] == weekday)
    )
    return (
        Reading(days, match.group().strip(), bool(parts.get("this")), bool(parts["year"]), bool(weekday))
        if days
        else None
    )


def _month_number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return next(i for i, names in enumerate(MONTHS, 1) if re.fullmatch(names, word, re.IGNORECASE))


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
