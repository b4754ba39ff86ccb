"""How an article lies in the corpus: to a row of the table `article` and back."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

from dashboard.ingest.article import Article, Published

STORED = (
    "source, source_key, url, title, lead, text, author, section, tags, published, earliest, latest, "
    "date_basis, instant, modified, partial"
)

# What may differ without a word of the article having changed.
NOT_SAID = frozenset({"modified", "formerly"})


def fingerprint(article: Article) -> str:
    """The same for two articles exactly when their source says the same of them, NOT_SAID apart.

    A moment is the same in whatever zone it is written: a stored one comes back in UTC.
    """
    told = asdict(replace(article, instant=_utc(article.instant)))
    said = {name: value for name, value in told.items() if name not in NOT_SAID}
    return hashlib.blake2b(repr(said).encode("utf-8", "replace"), digest_size=12).hexdigest()


def to_row(article: Article) -> dict[str, object]:
    """The columns of `article` that the source decides; moments in UTC."""
    when = article.published
    return {
        "source": article.source,
        "source_key": article.source_key,
        "url": article.url,
        "title": article.title,
        "lead": article.lead,
        "text": article.text,
        "author": article.author,
        "section": article.section,
        "tags": list(article.tags),
        "published": when.day,
        "earliest": when.earliest,
        "latest": when.latest,
        "date_precision": str(when.precision),
        "date_basis": when.basis,
        "instant": _utc(article.instant),
        "modified": _utc(article.modified),
        "partial": article.partial,
        "fingerprint": fingerprint(article),
    }


def from_row(row: Mapping[str, Any]) -> Article:
    """The article that `to_row` stored; the columns are those of STORED."""
    given = {name: row[name] for name in STORED.split(", ")}
    day, earliest, latest, basis = (given.pop(n) for n in ("published", "earliest", "latest", "date_basis"))
    given["tags"] = tuple(given["tags"])
    given["instant"] = _aware(given["instant"])
    given["modified"] = _aware(given["modified"])
    return Article(**given, published=Published(_day(day), _day(earliest), _day(latest), basis))


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).replace(tzinfo=None)


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None


def _day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value
