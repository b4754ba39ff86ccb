"""The built-in chronicle: short dated entries written for demonstration, read as a source of its own."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dashboard.errors import InputRefused
from dashboard.ingest.article import Article, Published

SOURCE = "Chronique Vigie"
KIND = "chronique"


def read(folder: Path) -> Iterator[Article]:
    """The entries of every `*.jsonl` of the folder, in the order of their dates.

    Raises InputRefused, naming file and line, when an entry is damaged: it ships whole or not at all.
    """
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if line:
                yield _entry(line, f"{path.name}, ligne {number}")


def _entry(line: str, where: str) -> Article:
    try:
        entry = json.loads(line)
        return Article(
            source=SOURCE,
            source_key=entry["id"],
            title=entry["title"],
            text=entry["text"],
            lead=entry["lead"],
            author=entry["author"],
            section=entry["section"],
            tags=tuple(entry["tags"]),
            published=Published(day=date.fromisoformat(entry["date"]), basis="date de l’entrée"),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise InputRefused(f"La chronique est abîmée\u00a0: {where}.", detail=str(error)) from error
