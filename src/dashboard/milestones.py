"""Dated turning points that a team lays over its timelines: a small CSV file that people write by hand."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard.errors import InputRefused

COLUMNS = ("date", "label", "pays", "etiquettes", "lien")
SEPARATOR = "|"
LONGEST_LABEL = 120
# An unclosed quotation mark swallows the rest of the file; csv's own limit is shared by the process.
LONGEST_CELL = 10_000


@dataclass(frozen=True, slots=True)
class Milestone:
    """One turning point; `countries` are codes, `link` is an address or empty."""

    day: date
    label: str
    countries: tuple[str, ...]
    tags: tuple[str, ...]
    link: str


def read(path: Path) -> tuple[Milestone, ...]:
    """The turning points of a file, by date.

    Raises InputRefused, naming the line, for a file without its columns or a line without day or label.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(f"{path.name} ne peut pas être lu\u00a0: {error}") from error
    lines = csv.DictReader(text.split("\n"), delimiter=";" if ";" in text.split("\n", 1)[0] else ",")
    try:
        if not set(COLUMNS[:2]) <= set(lines.fieldnames or ()):
            raise InputRefused(f"{path.name}\u00a0: il faut au moins les colonnes date et label.")
        found = [_one(line, path.name, lines.line_num) for line in lines]
    except csv.Error as error:
        place = f"{path.name}, ligne {lines.line_num + 1}"
        raise InputRefused(f"{place}\u00a0: ce n’est pas une ligne de CSV.", detail=str(error)) from error
    return tuple(sorted(found, key=lambda one: one.day))


def concerning(
    known: Sequence[Milestone], tags: Collection[str], countries: Collection[str]
) -> list[Milestone]:
    """Those that share a tag (lower case) or name all `countries`; by date as they were."""
    wanted = set(countries)
    return [one for one in known if _shared(one, tags) or (wanted and wanted.issubset(one.countries))]


def spread(found: Sequence[Milestone], most: int, tags: Collection[str]) -> tuple[Milestone, ...]:
    """At most that many of them, by date, over the whole time from the first to the last.

    Of each of `most` equal stretches of that time the one that shares the most tags, names the fewest
    countries and is the latest; what room is left goes to the rest by the same order.
    """
    if len(found) <= most:
        return tuple(found)
    first, days = found[0].day, (found[-1].day - found[0].day).days + 1
    ranked = sorted(found, key=lambda one: (_shared(one, tags), -len(one.countries), one.day), reverse=True)
    best: dict[int, Milestone] = {}
    for one in ranked:
        best.setdefault((one.day - first).days * most // days, one)
    rest = [one for one in ranked if one not in best.values()]
    return tuple(sorted([*best.values(), *rest][:most], key=lambda one: one.day))


def _shared(one: Milestone, tags: Collection[str]) -> int:
    return sum(tag.lower() in tags for tag in one.tags)


def _one(line: dict[str, str | None], name: str, number: int) -> Milestone:
    cell = {column: (line.get(column) or "").strip() for column in COLUMNS}
    if any(len(text) > LONGEST_CELL for text in cell.values()):
        raise InputRefused(f"{name}, ligne {number}\u00a0: ce n’est pas une ligne de CSV.")
    try:
        day = date.fromisoformat(cell["date"])
    except ValueError:
        wrong = f"«\u00a0{cell['date']}\u00a0» n’est pas une date"
        raise InputRefused(f"{name}, ligne {number}\u00a0: {wrong} (2024-01-31).") from None
    if not cell["label"]:
        raise InputRefused(f"{name}, ligne {number}\u00a0: il manque le libellé.")
    link = cell["lien"] if cell["lien"].startswith(("http://", "https://")) else ""
    return Milestone(
        day, cell["label"][:LONGEST_LABEL], _listed(cell["pays"]), _listed(cell["etiquettes"]), link
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, cell.split(SEPARATOR))))
