"""Coding a stream of JSON lines: a text in, its countries and relations out."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from dashboard.coding.reading import read
from dashboard.coding.records import Event, Sentence
from dashboard.errors import InputRefused


def code_lines(lines: Iterable[str]) -> Iterator[str]:
    """For each {"id", "text", "date"?} a line {"id", "countries", "relations": [from, to, type, score]}.

    Blank lines are passed over. Raises InputRefused naming the line that is not such an object.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            item = _item(line, number)
            sentences = read(item["text"], on=_day(item, number))
            yield json.dumps({"id": item["id"], **coded(sentences)}, ensure_ascii=False)


def coded(sentences: Iterable[Sentence]) -> dict[str, Any]:
    """The countries, and one relation for each source, target and class, the surest of them."""
    kept: dict[tuple[str, str, bool], Event] = {}
    countries: set[str] = set()
    for sentence in sentences:
        countries.update(mention.country for mention in sentence.mentions)
        for event in sentence.events:
            key = (event.source, event.target, event.score < 0)
            if key not in kept or kept[key].confidence < event.confidence:
                kept[key] = event
    relations = [
        {"from": event.source, "to": event.target, "type": event.type, "score": event.score}
        for event in kept.values()
    ]
    return {"countries": sorted(countries), "relations": relations}


def _item(line: str, number: int) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputRefused(f"Ligne {number} : ce n’est pas un objet JSON.", detail=str(error)) from error
    if not isinstance(item, dict) or "id" not in item or not isinstance(item.get("text"), str):
        raise InputRefused(f"Ligne {number} : il faut un objet avec « id » et « text ».", detail=line[:200])
    if not (_is_text(item["text"]) and _is_text(str(item["id"]))):
        raise InputRefused(f"Ligne {number}\u00a0: ce n’est pas du texte UTF-8.", detail=ascii(line[:200]))
    return item


def _is_text(value: str) -> bool:
    """Whether the characters can be written: half of a pair, or a byte that is no UTF-8, cannot."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _day(item: dict[str, Any], number: int) -> date | None:
    given = item.get("date")
    if given in (None, ""):
        return None
    try:
        return date.fromisoformat(str(given)[:10])
    except ValueError as error:
        raise InputRefused(
            f"Ligne {number} : « {given} » n’est pas une date (AAAA-MM-JJ).", detail=str(error)
        ) from error
