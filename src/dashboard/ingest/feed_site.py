"""Feeds where they stand on the web: one visit, page after page, or a whole list of them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from dashboard.errors import InputRefused
from dashboard.ingest.answers import Fetched, FetchFailed
from dashboard.ingest.article import Refused
from dashboard.ingest.feeds import read_feed, read_opml
from dashboard.ingest.fetching import Fetcher
from dashboard.ingest.pieces import DEFAULT_ZONE, Piece, Pieces, refusal

MAX_FEED_PAGES = 500

_FEED_LINK = re.compile(
    r"<link\b(?=[^>]{0,300}\balternate\b)(?=[^>]{0,300}application/(?:rss|atom)\+xml)[^>]{0,600}>",
    re.IGNORECASE,
)
_HREF = re.compile(r"href=[\"']([^\"']{1,500})[\"']", re.IGNORECASE)
_COMMENTS = re.compile(r"comment", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeedVisit:
    """What one visit to a feed gave; `etag` and `last_modified` are to be given back at the next one.

    They are those of the whole site: when nothing is new, that says nothing of removals or retags.
    """

    pieces: tuple[Piece, ...]
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False


def visit_feed(
    url: str,
    fetcher: Fetcher,
    *,
    source: str,
    zone: str = DEFAULT_ZONE,
    etag: str = "",
    last_modified: str = "",
) -> FeedVisit:
    """The entries that a feed shows now. Raises FetchFailed, or InputRefused when this is no feed."""
    answer = fetcher.get(url, etag=etag, last_modified=last_modified)
    if answer.not_modified:
        return FeedVisit((), etag, last_modified, not_modified=True)
    return FeedVisit(_entries(answer, url, source, zone), answer.etag, answer.last_modified)


def all_pages(url: str, fetcher: Fetcher, *, source: str, zone: str = DEFAULT_ZONE) -> Pieces:
    """The entries of every page of a feed; raises like `feed_pages`."""
    for page in feed_pages(url, fetcher, source=source, zone=zone):
        yield from page


def feed_pages(
    url: str, fetcher: Fetcher, *, source: str, zone: str = DEFAULT_ZONE, first: FeedVisit | None = None
) -> Iterator[list[Piece]]:
    """Page after page of a feed (`?paged=N`), until one fails to be there or brings nothing unseen.

    `first` is the first page where it was read already. Raises FetchFailed when the first page cannot be read
    or a later one fails for a time only.
    """
    seen: set[str] = set()
    for number in range(1, MAX_FEED_PAGES + 1):
        joint = "&" if "?" in url else "?"
        address = url if number == 1 else f"{url}{joint}paged={number}"
        try:
            given = first if number == 1 else None
            pieces = given.pieces if given else _entries(fetcher.get(address), address, source, zone)
        except InputRefused as failure:
            if number == 1 or (isinstance(failure, FetchFailed) and failure.temporary):
                raise
            return
        marked = [(_mark(piece, address), piece) for piece in pieces]
        fresh = [piece for mark, piece in marked if mark not in seen]
        if not fresh:
            return
        seen.update(mark for mark, _ in marked)
        yield fresh


def listed_feeds(data: bytes, *, source: str, where: str, read: Callable[[str], Iterable[Piece]]) -> Pieces:
    """What `read` gives of each feed of an OPML list; one that fails is a refusal, and the next is read."""
    for link in read_opml(data, where=where):
        try:
            yield from read(link.url)
        except InputRefused as failure:
            yield refusal(source, link.url, str(failure), link.title)


def announced_feeds(home: Fetched) -> list[str]:
    """The feeds that a page announces, those of comments aside, then the usual addresses of WordPress."""
    text = home.body[:500_000].decode("utf-8", "replace")
    tags = [tag[0] for tag in _FEED_LINK.finditer(text) if not _COMMENTS.search(tag[0])]
    links = [urljoin(home.url, found[1]) for tag in tags if (found := _HREF.search(tag))]
    base = home.url if home.url.endswith("/") else f"{home.url}/"
    return list(dict.fromkeys([*links[:1], urljoin(base, "feed/"), urljoin(base, "?feed=rss2")]))


def is_feed(data: bytes) -> bool:
    """Does this begin like a feed?"""
    return bool(re.search(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", data[:5_000], re.IGNORECASE))


def is_opml(data: bytes) -> bool:
    """Does this begin like a list of feeds?"""
    return b"<opml" in data[:5_000].lower()


def _entries(answer: Fetched, where: str, source: str, zone: str) -> tuple[Piece, ...]:
    return tuple(read_feed(answer.body, source=source, where=where, zone=zone, charset=answer.charset))


def _mark(piece: Piece, address: str) -> str:
    """By what a piece is known on another page: its key, or its place there and why and what was refused."""
    if isinstance(piece, Refused):
        return "\n".join((piece.where.removeprefix(address), piece.reason, piece.raw))
    return getattr(piece, "source_key", "") or getattr(piece, "where", "")
