"""Web pages, saved or fetched: an article page is one article, an archive page the articles that it lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin

from dashboard.errors import InputRefused
from dashboard.ingest.addresses import address_key, wordpress_number
from dashboard.ingest.article import Article, Published
from dashboard.ingest.cleaning import clean_title, safe_url
from dashboard.ingest.dates import moment
from dashboard.ingest.html_page import page
from dashboard.ingest.isolation import PARSERS, Isolated, ParserStopped
from dashboard.ingest.pieces import (
    DEFAULT_ZONE,
    MAX_PAGE_BYTES,
    NotPublic,
    Piece,
    author_name,
    bounded,
    distinct,
    hashed_key,
    refusal,
)  # fmt: skip
from dashboard.ingest.sections import main_section, section_of_slug


@dataclass(frozen=True, slots=True)
class WebPage:
    """What one page gave. `is_archive` tells a list of articles from an article.

    `next_url` is where an archive goes on (None on its last page), `tag_urls` the tag archives it points to.
    """

    pieces: tuple[Piece, ...]
    is_archive: bool
    next_url: str | None = None
    tag_urls: tuple[str, ...] = ()


def read_page(
    data: bytes,
    *,
    source: str,
    where: str,
    url: str = "",
    zone: str = DEFAULT_ZONE,
    charset: str = "",
    parsers: Isolated = PARSERS,
) -> WebPage:
    """The article or articles of a page that was found at `url` ("" for a saved page).

    A page without an article's text is one refusal. Raises InputRefused when this is no HTML or is larger
    than `MAX_PAGE_BYTES`.
    """
    if len(data) > MAX_PAGE_BYTES:
        raise InputRefused(f"{where}\u00a0: page de plus de 3 Mo.")
    try:
        found = parsers.call(page, data, charset=charset)
    except ParserStopped as stopped:
        raise InputRefused(f"{where}\u00a0: {stopped}", detail=stopped.detail) from stopped
    if found["kind"] == "article":
        return WebPage((_article(found, source, where, url, zone),), is_archive=False)
    items = distinct_items(found["items"])
    return WebPage(
        tuple(_listed(item, found, source, where, url, zone) for item in items),
        is_archive=True,
        next_url=_absolute(url, found["next"]),
        tag_urls=distinct(filter(None, (_absolute(url, each) for each in found["tags"]))),
    )


def distinct_items(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each listed article once, boxes inside boxes aside."""
    return list({item["number"] or item["url"]: item for item in items}.values())


def _article(found: dict[str, Any], source: str, where: str, url: str, zone: str) -> Piece:
    canonical = _absolute(url, found["url"]) or safe_url(url)
    number = found["number"] or wordpress_number(found["shortlink"])
    key = number or (address_key(canonical) if canonical else "")
    if found["protected"]:
        return NotPublic(source, f"article {key}", "protégé par mot de passe")
    if not found["text"]:
        return refusal(source, where, "aucun texte d’article dans la page", found["title"])
    published, instant = _published(found["dates"], zone)
    article = Article(
        source=source,
        source_key=key or hashed_key(found["title"], found["text"][:500]),
        title=found["title"],
        text=found["text"],
        lead=found["lead"],
        url=canonical,
        author=author_name(found["author"]),
        section=main_section(found["sections"]),
        tags=distinct(clean_title(tag) for tag in found["tags"]),
        published=published,
        instant=instant,
        modified=moment(found["modified"], zone).instant,
        partial=not found["full"],
    )
    return bounded(article, where)


def _published(dates: Iterable[tuple[str, str]], zone: str) -> tuple[Published, Any]:
    """The first of these dates that is one, with its basis; without any, why the first is none."""
    problem = ""
    for basis, raw in dates:
        found = moment(raw, zone)
        if found.day:
            return Published(day=found.day, basis=basis), found.instant
        problem = problem or found.problem
    return Published(basis=problem or "date absente de la page"), None


def _listed(
    item: dict[str, Any], found: dict[str, Any], source: str, where: str, url: str, zone: str
) -> Piece:
    """One article of an archive page, mostly an excerpt."""
    address = _absolute(url, item["url"])
    published, instant = _published([("balise <time>", raw) for raw in item["dates"]], zone)
    slugs = filter(None, map(section_of_slug, item["section_slugs"]))
    article = Article(
        source=source,
        source_key=item["number"] or (address_key(address) if address else hashed_key(item["title"])),
        title=item["title"],
        text=item["text"],
        url=address,
        section=main_section([*item["sections"], *slugs, found["section"]]),
        tags=distinct(iter([*item["tags"], found["tag"]])),
        published=published,
        instant=instant,
        partial=not item["full"],
    )
    return bounded(article, f"{where}, {address or item['title'][:100]}")


def _absolute(base: str, address: str) -> str | None:
    """The address as seen from the page, without its fragment; None when it is no web address."""
    try:
        return safe_url(urldefrag(urljoin(base, address.strip()))[0]) if address else None
    except ValueError:
        return None
