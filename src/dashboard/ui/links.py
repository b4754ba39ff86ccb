"""Mending the parameters of a link before any filter reads them, with a notice for all that is lost."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from dashboard.analysis.facets import Facets
from dashboard.french.formats import listed, quoted, short_day
from dashboard.periods import Preset
from dashboard.selection import REGIONS
from dashboard.terms import fold

Parameters = dict[str, list[str]]
# Of these a link holds one value, of the other filters several.
SINGLE = ("du", "au", "periode", "q")
OLDEST, NEWEST = date(1990, 1, 1), date(2100, 12, 31)

LABELS = {
    "region": "la région",
    "periode": "la période",
    "etiquette": "l’étiquette",
    "rubrique": "la rubrique",
    "pays": "le pays",
    "source": "la source",
}


def canonical(raw: Mapping[str, Iterable[str]], facets: Facets) -> tuple[Parameters, list[str]]:
    """The same link as the filters would have written it, and French notices for what was mended or lost.

    Values are matched without case or accents; a country may be given by its code. Parameters that are not
    filters pass through.
    """
    clean: Parameters = {}
    notices: list[str] = []
    readers = _readers(facets)
    for name, values in raw.items():
        read = readers.get(name)
        if read is None:
            clean[name] = list(values)
            continue
        for value in filter(str.strip, values):
            known = read(value)
            if known is None:
                notices.append(_lost(name, value))
            elif known not in clean.setdefault(name, []):
                clean[name].append(known)
    return _in_order({name: values for name, values in clean.items() if values}, notices), notices


def whole(written: str) -> int | None:
    """The number that a link or a cookie carries; None for what is none, or larger than any of ours."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None


def _lost(name: str, value: str) -> str:
    shown = quoted(value[:60])
    if name in ("du", "au"):
        return f"Ce lien donne une date illisible, {shown}\u00a0: filtre ignoré."
    return f"Ce lien demande {LABELS[name]} {shown}, que ce corpus ne connaît pas\u00a0: filtre ignoré."


def _readers(facets: Facets) -> dict[str, Callable[[str], str | None]]:
    countries = {code.lower(): name for code, name in facets.countries.items()}
    countries |= {fold(name): name for name in facets.countries.values()}
    return {
        "region": _among(REGIONS),
        "periode": _among(list(Preset)),
        "du": _day,
        "au": _day,
        "etiquette": _among(facets.tags),
        "rubrique": _among(facets.sections),
        "pays": lambda value: countries.get(fold(value)),
        "source": _among(facets.sources),
        "q": lambda value: value.strip() or None,
    }


def _among(values: Iterable[str]) -> Callable[[str], str | None]:
    exact = {str(value) for value in values}
    folded = {fold(value): value for value in sorted(exact, reverse=True)}
    return lambda value: value if value in exact else folded.get(fold(value))


def _day(value: str) -> str | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day.isoformat() if OLDEST <= day <= NEWEST else None


def _in_order(clean: Parameters, notices: list[str]) -> Parameters:
    """One value where only one is possible, dates the right way round, no preset beside dates."""
    for name in SINGLE:
        if others := clean.get(name, [])[1:]:
            clean[name] = clean[name][:1]
            dropped = listed([quoted(value[:60]) for value in others])
            left_out = "ne sont pas retenus" if len(others) > 1 else "n’est pas retenu"
            notices.append(f"Ce lien répète «\u00a0{name}\u00a0»\u00a0: {dropped} {left_out}.")
    if "du" in clean and "au" in clean and clean["du"] > clean["au"]:
        clean["du"], clean["au"] = clean["au"], clean["du"]
        since, until = (short_day(date.fromisoformat(clean[name][0])) for name in ("du", "au"))
        notices.append(f"Les dates de ce lien étaient inversées\u00a0: il est lu du {since} au {until}.")
    if "periode" in clean and ("du" in clean or "au" in clean):
        del clean["periode"]
        notices.append("Ce lien donne à la fois une durée et des dates\u00a0: les dates l’emportent.")
    return clean
