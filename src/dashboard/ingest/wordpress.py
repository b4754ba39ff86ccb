"""A site, read by the best road that is open: its API, its feeds, its sitemap and pages, its tag archives."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from urllib.parse import urlsplit

from dashboard.errors import InputRefused
from dashboard.ingest.answers import Fetched, FetchFailed
from dashboard.ingest.article import Article
from dashboard.ingest.feed_site import (
    all_pages,
    announced_feeds,
    is_feed,
    is_opml,
    listed_feeds,
    visit_feed,
)
from dashboard.ingest.fetching import Fetcher
from dashboard.ingest.page_site import archive_articles, fetch_page, sitemap_addresses, sitemap_articles
from dashboard.ingest.pieces import DEFAULT_ZONE, MAX_FEED_BYTES, Piece, Pieces
from dashboard.ingest.wordpress_rest import RestApi
from dashboard.ingest.wordpress_roots import api_roots


class By(StrEnum):
    """The roads to a site's articles, in French."""

    API = "l’API WordPress"
    FEED_LIST = "une liste de flux"
    FEED = "son flux"
    FEEDS = "ses flux"
    SITEMAP = "le plan du site et ses pages"
    ARCHIVES = "ses pages d’archives"


# What these say of an article is all there is to say; others show a part: an excerpt, one tag of many.
TELL_ALL = frozenset({By.API, By.FEED, By.FEEDS, By.SITEMAP})


# A feed or a page that is not there is a failure: the rest of its site was not asked for.
GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Road:
    """How a site is read: its `kind`, `address` where it begins, `failures` of earlier roads."""

    kind: By
    address: str
    failures: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """« Lu par l’API WordPress. » or « Lu par les flux (API WordPress : … refuse la visite (403).) »."""
        why = f" ({' '.join(self.failures)})" if self.failures else ""
        return f"Lu par {self.kind}{why}."


@dataclass(frozen=True, slots=True)
class Site:
    """A site whose road is known. `api` is set on that road only, and so are the `addresses` of a sitemap."""

    road: Road
    api: RestApi | None
    read: Callable[[], Pieces]
    addresses: tuple[str, ...] = ()

    def articles(self, modified_after: datetime | None = None) -> Pieces:
        """Every article that the road leads to; only those modified since, where the API tells.

        What was read stays read when a later page fails: FetchFailed comes after it.
        """
        return self.api.posts(modified_after) if self.api else self.read()

    def ids_and_modified(self) -> dict[str, datetime | None] | None:
        """Key and last correction of all that is public now; None without the API, which alone tells."""
        return self.api.ids_and_modified() if self.api else None


def open_site(url: str, fetcher: Fetcher, *, source: str, zone: str = DEFAULT_ZONE) -> Site:
    """Find the first road that is open: API, feeds, sitemap and pages, archives; or the feed at `url`.

    A site that asks for time (429, silence, overload) is left for now instead of being tried otherwise.
    Raises FetchFailed then, and when no road is open.
    """
    home = _home(url, fetcher)
    if is_opml(home.body):
        return Site(Road(By.FEED_LIST, url), None, partial(_listed, home.body, url, fetcher, source, zone))
    if is_feed(home.body):
        return Site(Road(By.FEED, url), None, partial(all_pages, url, fetcher, source=source, zone=zone))
    failures: list[str] = []
    for name, opened in (
        ("API WordPress", _by_api),
        ("flux", _by_feeds),
        ("plan du site", _by_sitemap),
        ("pages d’archives", _by_archives),
    ):
        try:
            found = opened(home, fetcher, source, zone)
        except InputRefused as failure:
            if isinstance(failure, FetchFailed) and _asks_for_time(failure):
                raise
            failures.append(f"{name}\u00a0: {failure}")
        else:
            return replace(found, road=replace(found.road, failures=tuple(failures)))
    raise FetchFailed(f"{url}\u00a0: aucun chemin n’est ouvert. {' '.join(failures)}", url, temporary=False)


def _listed(data: bytes, url: str, fetcher: Fetcher, source: str, zone: str) -> Pieces:
    def read(feed: str) -> tuple[Piece, ...]:
        return visit_feed(feed, fetcher, source=source, zone=zone).pieces

    return listed_feeds(data, source=source, where=url, read=read)


def _home(url: str, fetcher: Fetcher) -> Fetched:
    """The home page; an empty one when the site shows none, for its API and feeds may still be open."""
    try:
        return fetcher.get(url, max_bytes=MAX_FEED_BYTES)
    except FetchFailed as failure:
        deep = urlsplit(url).path.strip("/") or urlsplit(url).query
        if _asks_for_time(failure) or failure.status is None or (deep and failure.status in GONE):
            raise
        return Fetched(url, b"")


def _asks_for_time(failure: FetchFailed) -> bool:
    return failure.temporary and failure.status != 500


def _by_api(home: Fetched, fetcher: Fetcher, source: str, zone: str) -> Site:
    failures: list[FetchFailed] = []
    for root in api_roots(home):
        api = RestApi(root, fetcher, source, zone)
        try:
            api.open()
        except FetchFailed as failure:
            if _asks_for_time(failure):
                raise
            failures.append(failure)
        else:
            return Site(Road(By.API, root), api, api.posts)
    raise failures[0]


def _by_feeds(home: Fetched, fetcher: Fetcher, source: str, zone: str) -> Site:
    failures: list[InputRefused] = []
    for address in announced_feeds(home):
        read = partial(all_pages, address, fetcher, source=source, zone=zone)
        try:
            first = next(read(), None)
        except InputRefused as failure:
            if isinstance(failure, FetchFailed) and _asks_for_time(failure):
                raise
            failures.append(failure)
        else:
            if first is not None:
                return Site(Road(By.FEEDS, address), None, read)
            failures.append(InputRefused(f"{address} est vide."))
    raise failures[0]


def _by_sitemap(home: Fetched, fetcher: Fetcher, source: str, zone: str) -> Site:
    addresses = sitemap_addresses(home, fetcher)
    read = partial(sitemap_articles, addresses, fetcher, source=source, zone=zone)
    return Site(Road(By.SITEMAP, home.url), None, read, tuple(addresses))


def _by_archives(home: Fetched, fetcher: Fetcher, source: str, zone: str) -> Site:
    found = fetch_page(home.url, fetcher, source=source, zone=zone)
    listed = [piece for piece in found.pieces if isinstance(piece, Article)]
    if not listed or not (found.is_archive or listed[0].published.day):
        raise InputRefused("La page ne présente aucun article.")
    read = partial(archive_articles, home.url, fetcher, source=source, zone=zone)
    return Site(Road(By.ARCHIVES, home.url), None, read)
