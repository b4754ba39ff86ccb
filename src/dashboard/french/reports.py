"""What the command line says of a run and of an article."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Protocol

import pandas as pd

from dashboard.french.formats import counted, number, short_day


class Counts(Protocol):
    """What became of everything that a run read."""

    new: int
    changed: int
    unchanged: int
    refused: int
    not_public: int
    removed: int
    duplicates: int
    notes: list[str]

    @property
    def read(self) -> int: ...


def told(report: Counts) -> Iterator[str]:
    """The lines that a run prints: how each input was read, what became of it, what needs a look."""
    yield from report.notes
    yield ingested(report)
    if report.not_public:
        public = counted(report.not_public, "article non public", "articles non publics")
        yield f"De côté\u00a0: {public} (protégés, privés, brouillons…)."
    if report.duplicates:
        yield f"Dépêches déjà connues, comptées une seule fois\u00a0: {counted(report.duplicates, 'copie')}."
    if report.removed:
        yield f"Retirés ici comme à la source\u00a0: {counted(report.removed, 'article')}."
    if report.refused:
        yield "Le détail des refus\u00a0: vigie check, ou la page Sources."


def ingested(report: Counts) -> str:
    """« 27 articles lus : 20 nouveaux, 0 modifié, 7 inchangés, 0 refusé. »."""
    return (
        f"{counted(report.read, 'article lu', 'articles lus')}\u00a0: "
        f"{number(report.new)} {'nouveaux' if report.new > 1 else 'nouveau'}, "
        f"{counted(report.changed, 'modifié')}, {counted(report.unchanged, 'inchangé')}, "
        f"{counted(report.refused, 'refusé')}."
    )


def records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a frame as plain values that JSON can hold: days as ISO text, missing values as None."""
    for row in frame.to_dict("records"):
        yield {str(name): _plain(value) for name, value in row.items()}


def article_line(record: dict[str, Any]) -> str:
    """« 12 mars 2024  Titre (source) », « sans date » where no day is known."""
    when = short_day(date.fromisoformat(record["published"])) if record["published"] else "sans date"
    return f"{when:>14}  {record['title']} ({record['source']})"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return None if pd.isna(value) else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if hasattr(value, "tolist"):
        return value.tolist()
    return None if pd.isna(value) else value
