"""Articles of a site from its pages: those of its sitemap, or those that its archives list."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from urllib.parse import urljoin

from dashboard.errors import InputRefused
from dashboard.ingest.answers import Fetched, FetchFailed
from dashboard.ingest.article import Article
from dashboard.ingest.fetching import Fetcher
from dashboard.ingest.html_pages import WebPage, read_page
from dashboard.ingest.isolation import PARSERS, ParserStopped
from dashboard.ingest.pieces import DEFAULT_ZONE, MAX_PAGE_BYTES, Piece, Pieces, distinct, refusal
from dashboard.ingest.sitemaps import on_host, sitemap

USUAL_SITEMAPS = ("wp-sitemap.xml", "sitemap_index.xml", "sitemap.xml")
MAX_SITEMAP_BYTES = 50_000_000
MAX_SITEMAPS = 50
MAX_ARCHIVE_PAGES = 2_000
# A site that fails this often in a row is left for now.
MOST_FAILURES = 3


def fetch_page(url: str, fetcher: Fetcher, *, source: str, zone: str = DEFAULT_ZONE) -> WebPage:
    """The article or the archive at this address. Raises FetchFailed, or InputRefused when it is no page."""
    answer = fetcher.get(url, max_bytes=MAX_PAGE_BYTES)
    return read_page(answer.body, source=source, where=url, url=answer.url, zone=zone, charset=answer.charset)


def sitemap_addresses(home: Fetched, fetcher: Fetcher) -> list[str]:
    """The addresses of the articles that a site's sitemap lists. Raises InputRefused when it has none."""
    reasons: list[str] = []
    declared = fetcher.sitemaps(home.url)
    for first in dict.fromkeys([*declared, *(urljoin(home.url, name) for name in USUAL_SITEMAPS)]):
        try:
            pages = _addresses(first, home.url, fetcher)
        except FetchFailed as failure:
            if failure.temporary:
                raise
            reasons.append(str(failure))
        except InputRefused as failure:
            reasons.append(str(failure))
        else:
            if pages:
                return pages
    raise InputRefused(reasons[-1] if reasons else "Le plan du site est vide.")


def _addresses(first: str, home: str, fetcher: Fetcher) -> list[str]:
    """The pages of a sitemap and of the sitemaps that it lists."""
    waiting, visited, pages = [first], set[str](), dict[str, None]()
    while waiting and len(visited) < MAX_SITEMAPS:
        address = waiting.pop(0)
        visited.add(address)
        answer = fetcher.get(address, max_bytes=MAX_SITEMAP_BYTES)
        try:
            found = PARSERS.call(sitemap, answer.body)
        except ParserStopped as stopped:
            raise InputRefused(f"{address}\u00a0: {stopped}", detail=stopped.detail) from stopped
        pages |= dict.fromkeys(on_host(each, home) for each in found["pages"])
        waiting += [each for each in (on_host(each, home) for each in found["maps"]) if each not in visited]
    return list(pages)


def sitemap_articles(
    addresses: Iterable[str], fetcher: Fetcher, *, source: str, zone: str = DEFAULT_ZONE
) -> Pieces:
    """The article of each page; a page that is not there is a refusal, an archive among them is passed over.

    Raises FetchFailed when the site fails for a time several times in a row.
    """
    failures = 0
    for address in addresses:
        try:
            found = fetch_page(address, fetcher, source=source, zone=zone)
        except InputRefused as failure:
            failures += isinstance(failure, FetchFailed) and failure.temporary
            if failures >= MOST_FAILURES:
                raise
            yield refusal(source, address, str(failure))
        else:
            failures = 0
            if not found.is_archive:
                yield from found.pieces


def archive_articles(
    url: str,
    fetcher: Fetcher,
    *,
    source: str,
    zone: str = DEFAULT_ZONE,
    known: Collection[str] = (),
    only_new: bool = False,
) -> Pieces:
    """What an archive lists, page after page, then the tag archives that it points to, likewise.

    Each article is read from its own page when the archive shows an excerpt or no date. One met again is
    given again, as listed, when it brings a tag not seen with it yet. An archive ends where it has no next
    page, or where a page brings nothing unseen. The own pages of articles whose keys are `known` are left
    alone; with `only_new` an archive ends where a page brings none but those.
    """
    waiting, visited, seen = [url], set[str](), dict[str, set[str]]()
    while waiting and len(visited) < MAX_ARCHIVE_PAGES:
        address = waiting.pop(0)
        visited.add(address)
        try:
            found = fetch_page(address, fetcher, source=source, zone=zone)
        except InputRefused as failure:
            if address == url or (isinstance(failure, FetchFailed) and failure.temporary):
                raise
            continue
        fresh = [piece for piece in found.pieces if _is_fresh(piece, seen)]
        for piece in fresh:
            unread = isinstance(piece, Article) and not (
                piece.source_key in seen or piece.source_key in known
            )
            if isinstance(piece, Article):
                seen.setdefault(piece.source_key, set()).update(piece.tags)
                yield _whole(piece, url, fetcher, zone) if unread else piece
            else:
                yield piece
        goes_on = any(not only_new or _is_unknown(piece, known) for piece in fresh)
        following = [on_host(found.next_url, url)] if found.next_url and goes_on else []
        tags = [on_host(each, url) for each in found.tag_urls if goes_on or not only_new]
        waiting = [each for each in dict.fromkeys([*following, *waiting, *tags]) if each not in visited]


def _is_unknown(piece: Piece, known: Collection[str]) -> bool:
    return isinstance(piece, Article) and piece.source_key not in known


def _is_fresh(piece: Piece, seen: dict[str, set[str]]) -> bool:
    if not isinstance(piece, Article):
        return True
    return piece.source_key not in seen or not seen[piece.source_key].issuperset(piece.tags)


def _whole(listed: Article, site: str, fetcher: Fetcher, zone: str) -> Article:
    """The article as its own page shows it, with the tags of the archive; as listed when that page fails."""
    if not listed.url or not (listed.partial or listed.published.day is None):
        return listed
    try:
        page = fetch_page(on_host(listed.url, site), fetcher, source=listed.source, zone=zone)
    except InputRefused:
        return listed
    alone = page.pieces[0] if len(page.pieces) == 1 else None
    if page.is_archive or not isinstance(alone, Article) or alone.source_key != listed.source_key:
        return listed
    return replace(alone, tags=distinct(iter([*alone.tags, *listed.tags])))
