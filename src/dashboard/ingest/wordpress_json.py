"""JSON answers of WordPress: found behind what a broken plugin printed, and what they say of a post."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from dashboard.ingest.article import Article, Published
from dashboard.ingest.charsets import characters
from dashboard.ingest.cleaning import safe_url
from dashboard.ingest.dates import moment
from dashboard.ingest.html_text import lead_of, text_of, title_of
from dashboard.ingest.pieces import (
    DEFAULT_ZONE,
    MAX_PAGE_BYTES,
    NotPublic,
    Piece,
    author_name,
    bounded,
    distinct,
    refusal,
)  # fmt: skip
from dashboard.ingest.sections import main_section

DAY_BASIS = "API WordPress\u00a0: date du site"
KINDS = {
    "private": "privé",
    "draft": "brouillon",
    "pending": "en attente de relecture",
    "future": "programmé",
}

_START = re.compile(r"[\[{]")
_MOST_STARTS = 50

Names = Callable[[str, Any], list[str]]


def json_value(body: bytes) -> Any:
    """The list or object that the body holds, even behind a PHP notice; raises ValueError without one."""
    text = characters(body).strip()
    decoder = json.JSONDecoder()
    for tried, start in enumerate(_START.finditer(text)):
        if tried == _MOST_STARTS:
            break
        try:
            value, end = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            continue
        if end == len(text):
            return value
    raise ValueError("no JSON")


def post_piece(row: object, *, source: str, where: str, zone: str = DEFAULT_ZONE, names: Names) -> Piece:
    """What one member of `/wp/v2/posts` becomes; `names(kind, ids)` names tags, categories and users."""
    if not isinstance(row, Mapping) or not isinstance(row.get("id"), int) or row["id"] < 1:
        return refusal(source, where, "article sans numéro dans la réponse de l’API", str(row)[:2000])
    name = f"{where}, article {row['id']}"
    status = row.get("status", "publish")
    if status != "publish":
        return NotPublic(source, f"article {row['id']}", KINDS.get(str(status), "non publié"))
    if any(_member(row, field, "protected") for field in ("content", "excerpt")):
        return NotPublic(source, f"article {row['id']}", "protégé par mot de passe")
    markup = _rendered(row, "content")
    if len(markup) > MAX_PAGE_BYTES:
        return refusal(source, name, "texte de plus de 3 Mo", markup)
    text = text_of(markup)
    local = moment(row.get("date"), zone)
    signed = next(iter(names("users", [row.get("author")])), None) or embedded_author(row)
    article = Article(
        source=source,
        source_key=str(row["id"]),
        title=title_of(_rendered(row, "title")[:5000]),
        text=text,
        lead=lead_of(_rendered(row, "excerpt")[:50_000], text, markup),
        url=safe_url(_text(row.get("link"))),
        author=author_name(signed),
        section=main_section(names("categories", row.get("categories"))),
        tags=distinct(iter(names("tags", row.get("tags")))),
        published=Published(day=local.day, basis=DAY_BASIS if local.day else local.problem),
        instant=utc(row.get("date_gmt"), zone) or local.instant,
        modified=utc(row.get("modified_gmt"), zone),
    )
    return bounded(article, name)


def utc(written: object, zone: str = DEFAULT_ZONE) -> Any:
    """The instant of a `…_gmt` field, in the zone of the source; None when it is absent or impossible."""
    text = _text(written)
    return moment(text if text.endswith("Z") else f"{text}Z", zone).instant if text else None


def _rendered(row: Mapping[str, Any], field: str) -> str:
    value = row.get(field)
    return _text(value) if isinstance(value, str) else _text(_member(row, field, "rendered"))


def _member(row: Mapping[str, Any], field: str, member: str) -> object:
    value = row.get(field)
    return value.get(member) if isinstance(value, Mapping) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def embedded_author(row: Mapping[str, Any]) -> str | None:
    """The author's name when the answer carries it; an error object (a deleted author) has none."""
    authors = _member(row, "_embedded", "author")
    first = authors[0] if isinstance(authors, list) and authors else None
    return title_of(_text(first.get("name"))) if isinstance(first, Mapping) else None
