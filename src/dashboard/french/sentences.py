"""Sentences that announce a selection, a curve or a verdict."""

from collections.abc import Mapping
from datetime import date

from dashboard.french.formats import counted, days, listed, quoted, short_day
from dashboard.selection import Selection

SEPARATOR = " · "


def selection(chosen: Selection, *, articles: int, names: Mapping[str, str]) -> str:
    """« 1 234 articles · Russie et Asie · 1er janv. – 30 juin 2025 »; `names` gives countries by code."""
    return SEPARATOR.join([counted(articles, "article"), *filters(chosen, names)])


def filters(chosen: Selection, names: Mapping[str, str]) -> list[str]:
    """The filters in force in words, the dates last; a selection without any says « tout le corpus »."""
    said = [
        listed(chosen.regions),
        _named("étiquette", chosen.tags),
        _named("rubrique", chosen.sections),
        listed([names.get(code, code) for code in chosen.countries]),
        _named("source", chosen.sources),
        f"requête {quoted(chosen.query)}" if chosen.query else "",
        dates(chosen.since, chosen.until),
    ]
    return [words for words in said if words] or ["tout le corpus"]


def dates(since: date | None, until: date | None) -> str:
    """« 1er janv. – 30 juin 2025 », « depuis le … », « jusqu’au … », or nothing."""
    if since and until:
        return days(since, until)
    if since:
        return f"depuis le {short_day(since)}"
    return f"jusqu’au {short_day(until)}" if until else ""


def _named(kind: str, values: tuple[str, ...]) -> str:
    if not values:
        return ""
    return f"{kind}{'s' if len(values) > 1 else ''} {listed([quoted(value) for value in values], last='ou')}"
