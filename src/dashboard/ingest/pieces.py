"""What reading yields piece by piece: articles, refusals, posts that are not public; and their limits."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from dashboard.ingest.article import Article, Refused

MAX_FEED_BYTES = 10_000_000
MAX_PAGE_BYTES = 3_000_000
MAX_TEXT = 500_000
MAX_TITLE = 500
MAX_TAGS = 50
MAX_TAG = 80
MAX_RAW = 10_000

_EMAIL = re.compile(r"[^@\s]{1,100}@[^@\s]{1,100}")
# The zone of a source that does not say otherwise.
DEFAULT_ZONE = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class NotPublic:
    """A post that its source does not show to everyone: counted, never stored.

    `where` is its number or address, never its title; `kind` is the French word: protégé, brouillon, privé…
    """

    source: str
    where: str
    kind: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that its source lists as it was at the last visit: counted, not read again."""

    source: str
    source_key: str


Piece: TypeAlias = Article | Refused | NotPublic | Unchanged
Pieces: TypeAlias = Iterator[Piece]


def refusal(source: str, where: str, reason: str, raw: str = "") -> Refused:
    """A `Refused` whose raw piece is cut to `MAX_RAW` characters and can be stored as UTF-8."""
    return Refused(source, where, reason, raw[:MAX_RAW].encode("utf-8", "replace").decode("utf-8"))


def bounded(article: Article, where: str) -> Article | Refused:
    """The article within the limits, or why it is refused.

    An empty article (neither title nor text nor lead) and a text over `MAX_TEXT` characters are refused; a
    longer title or tag ends with « … »; tags beyond the fiftieth are left out.
    """
    if not (article.title or article.text or article.lead):
        return refusal(article.source, where, "ni titre ni texte")
    if len(article.text) > MAX_TEXT:
        size = f"{len(article.text):,}".replace(",", "\u202f")
        return refusal(
            article.source, where, f"texte de {size} signes, plus que les 500\u202f000 admis", article.text
        )
    return replace(
        article,
        title=shortened(article.title, MAX_TITLE),
        lead=shortened(article.lead, MAX_TEXT),
        tags=distinct(shortened(tag, MAX_TAG) for tag in article.tags)[:MAX_TAGS],
    )


def shortened(text: str, longest: int) -> str:
    """The text, cut with « … » when it is longer than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def distinct(names: Iterator[str]) -> tuple[str, ...]:
    """The names in their order, each once, none empty."""
    return tuple(dict.fromkeys(name for name in names if name))


def author_name(name: str | None) -> str | None:
    """The displayed name of an author; None when there is none or when it holds an e-mail address."""
    return name if name and not _EMAIL.search(name) else None


def hashed_key(*parts: str) -> str:
    """The key of an article to which its source gives none: 16 hexadecimal digits from what identifies it."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
