"""RSS, RDF and Atom feeds: each entry an article, an excerpt, or a refusal; and lists of feeds (OPML)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from dashboard.errors import InputRefused
from dashboard.ingest.addresses import address_key, wordpress_number
from dashboard.ingest.article import Article, Published
from dashboard.ingest.charsets import characters
from dashboard.ingest.cleaning import clean_title, safe_url
from dashboard.ingest.dates import moment
from dashboard.ingest.feed_entries import entries, split_items
from dashboard.ingest.isolation import PARSERS, Isolated, ParserStopped
from dashboard.ingest.pieces import (
    DEFAULT_ZONE,
    MAX_FEED_BYTES,
    NotPublic,
    Piece,
    Pieces,
    author_name,
    bounded,
    distinct,
    hashed_key,
    refusal,
)  # fmt: skip
from dashboard.ingest.sections import known_section

MAX_STOPS = 3

_COMMENT = re.compile(r"#comment-\d")


def read_feed(
    data: bytes,
    *,
    source: str,
    where: str,
    zone: str = DEFAULT_ZONE,
    charset: str = "",
    parsers: Isolated = PARSERS,
) -> Pieces:
    """The entries of a feed, in its order; `where` names the feed, `charset` is what its server said.

    An entry without a full text (`content:encoded`, Atom content) is a partial article. Raises InputRefused
    when this is no feed or is larger than `MAX_FEED_BYTES`.
    """
    if len(data) > MAX_FEED_BYTES:
        raise InputRefused(f"{where}\u00a0: flux de plus de 10 Mo.")
    try:
        feeds: Iterable[dict[str, Any] | ParserStopped] = [parsers.call(entries, data, charset=charset)]
    except ParserStopped as stopped:
        # Latin-1 keeps every byte as it is.
        head, items = split_items(data.decode("latin-1"))
        if not items or not stopped.spent:
            raise InputRefused(f"{where}\u00a0: {stopped}", detail=stopped.detail) from stopped
        feeds = _one_by_one(head, items, charset, parsers)
    for feed in feeds:
        if isinstance(feed, ParserStopped):
            yield refusal(source, where, str(feed))
        else:
            yield from (_piece(entry, feed, source, where, zone) for entry in feed["entries"])
            if feed["unread"]:
                yield refusal(
                    source, where, f"{feed['unread']} éléments de plus, non lus\u00a0: flux mal formé"
                )


def _one_by_one(
    head: str, items: list[str], charset: str, parsers: Isolated
) -> Iterator[dict[str, Any] | ParserStopped]:
    """Each item as a feed of its own, so that the one that stops the parser is alone; after three, none."""
    stops = 0
    for item in items:
        try:
            if stops == MAX_STOPS:
                yield ParserStopped("Non lu\u00a0: trois éléments du même flux ont arrêté l’analyse.")
            else:
                yield parsers.call(entries, (head + item).encode("latin-1"), charset=charset)
        except ParserStopped as stopped:
            stops += 1
            yield stopped


def _piece(entry: dict[str, Any], feed: dict[str, Any], source: str, where: str, zone: str) -> Piece:
    url, guid = safe_url(entry["link"]), clean_title(entry["guid"])
    name = f"{where}, {url or guid or entry['title'][:100] or 'élément sans titre'}"
    key = _number(guid, url, feed) or (address_key(url) if url else guid[:500])
    if _COMMENT.search(guid) or _COMMENT.search(entry["link"]):
        return refusal(source, name, "commentaire de lecteur, pas un article", entry["text"])
    if entry["protected"]:
        return NotPublic(source, f"article {key}", "protégé par mot de passe")
    if not entry["title"] and not url:
        return refusal(source, name, "ni titre ni adresse\u00a0: élément coupé ou vide", entry["text"])
    found = moment(entry["published"] or entry["updated"], zone)
    names = distinct(entry["categories"])
    basis = "date du flux" if entry["published"] else "date de mise à jour du flux"
    article = Article(
        source=source,
        source_key=key or hashed_key(entry["title"], str(found.day)),
        title=entry["title"],
        text=entry["text"],
        lead=entry["lead"],
        url=url,
        author=author_name(entry["author"]),
        section=next(filter(None, map(known_section, names)), None),
        tags=tuple(each for each in names if not known_section(each)),
        published=Published(day=found.day, basis=found.problem or basis),
        instant=found.instant,
        modified=moment(entry["updated"], zone).instant,
        partial=not entry["full"],
    )
    return bounded(article, name)


def _number(guid: str, url: str | None, feed: dict[str, Any]) -> str | None:
    """The WordPress number of an entry, if it is one of the feed's own site: others count from 1 as well."""
    homes = {_host(feed["link"]) or _host(url)}
    ours = "wordpress" in feed["generator"].lower() or _host(guid) in homes
    return wordpress_number(guid, url) if ours else None


def _host(address: str | None) -> str:
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """One feed of a list: its name there and its address."""

    title: str
    url: str


def read_opml(data: bytes, *, where: str) -> list[FeedLink]:
    """The feeds of an OPML list, each address once, in its order. Raises InputRefused when it is none."""
    text = characters(data[:MAX_FEED_BYTES])
    if "<!ENTITY" in text or "<opml" not in text[:20_000].lower():
        raise InputRefused(f"{where} n’est pas une liste de flux OPML.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    tree = etree.fromstring(text[text.lower().find("<opml") :].encode("utf-8", "replace"), parser=parser)
    links: dict[str, FeedLink] = {}
    for outline in () if tree is None else tree.iter("outline"):
        url = safe_url(outline.get("xmlUrl") or outline.get("xmlurl"))
        if url:
            name = clean_title(outline.get("title") or outline.get("text") or "")
            links.setdefault(url, FeedLink(name or url, url))
    return list(links.values())
