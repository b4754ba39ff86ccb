"""What is new on a site that is read by its pages; a few known ones are read again at every visit."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from dashboard.corpus.visits import Memory
from dashboard.errors import InputRefused
from dashboard.ingest.answers import FetchFailed
from dashboard.ingest.article import Article
from dashboard.ingest.fetching import Fetcher
from dashboard.ingest.page_site import MOST_FAILURES, archive_articles, fetch_page
from dashboard.ingest.pieces import DEFAULT_ZONE, Piece, Pieces, refusal
from dashboard.ingest.sitemaps import on_host

READ_AGAIN = 20
# A page that is not there at so many visits in a row was taken down.
VISITS_MISSED = 3
NOT_THERE = frozenset({404, 410})
TAKEN_DOWN = f"page absente à {VISITS_MISSED} visites de suite"
ELSEWHERE = f"adresse qui mène à un autre article à {VISITS_MISSED} visites de suite"


@dataclass
class PageChanges:
    """One visit: `pieces` first, then `gone`. `stored` are the keys that the corpus holds of this source.

    The marks of the memory are the addresses of the pages, each with the key of its article, "" where there
    is none.
    """

    fetcher: Fetcher
    source: str
    memory: Memory
    stored: Collection[str]
    zone: str = DEFAULT_ZONE
    gone: dict[str, str] = field(default_factory=dict)
    _failures: int = 0

    def of_sitemap(self, addresses: Collection[str]) -> Pieces:
        """The pages of a sitemap that are unknown, then some that are known.

        Raises FetchFailed when the site fails for a time several times in a row.
        """
        listed = set(addresses)
        for address in [each for each in addresses if not self._is_known(each)]:
            yield from self._read(address)
        yield from self._again(each for each in self.memory.marks if each not in listed)

    def of_archives(self, home: str) -> Pieces:
        """What the archives list that is unknown, then some pages that are known."""
        found = archive_articles(
            home,
            self.fetcher,
            source=self.source,
            zone=self.zone,
            known=self.stored,
            only_new=self.memory.whole,
        )
        fresh: set[str] = set()
        for piece in found:
            yield piece
            if isinstance(piece, Article) and piece.url:
                fresh.add(on_host(piece.url, home))
                self.memory.marks[on_host(piece.url, home)] = piece.source_key
        self.memory.whole = True
        yield from self._again(leave=fresh)

    def _is_known(self, address: str) -> bool:
        key = self.memory.marks.get(address)
        return key == "" or key in self.stored

    def _again(self, first: Iterable[str] = (), leave: Collection[str] = ()) -> Pieces:
        """Known pages once more: those that were missing, those named `first`, then the next in turn."""
        suspects = dict.fromkeys(chain(self.memory.missing, first))
        in_turn = islice(self._in_turn(), READ_AGAIN)
        chosen = [*islice(suspects, READ_AGAIN), *(each for each in in_turn if each not in suspects)]
        for address in chosen:
            if self._is_known(address) and address not in leave:
                yield from self._read(address)

    def _in_turn(self) -> Iterator[str]:
        """The known addresses from where the last visit stopped; the turn goes on as they are taken."""
        pages = sorted(self.memory.marks)
        after = [each for each in pages if each > self.memory.turn]
        for address in [*after, *pages[: len(pages) - len(after)]]:
            self.memory.turn = address
            yield address

    def _read(self, address: str) -> Pieces:
        try:
            found = fetch_page(address, self.fetcher, source=self.source, zone=self.zone)
        except InputRefused as failure:
            self._count(failure)
            if not self.memory.marks.get(address):
                yield refusal(self.source, address, str(failure))
            if isinstance(failure, FetchFailed) and failure.status in NOT_THERE:
                self._missed(address, f"{TAKEN_DOWN} ({failure.status})")
            return
        self._failures = 0
        pieces: tuple[Piece, ...] = () if found.is_archive else found.pieces
        yield from pieces
        self._seen(address, [piece.source_key for piece in pieces if isinstance(piece, Article)])

    def _seen(self, address: str, keys: list[str]) -> None:
        known = self.memory.marks.get(address)
        if known and keys and known not in keys:
            # A site may lead from an article that it took down to another one with a similar address.
            self._missed(address, ELSEWHERE)
            return
        self.memory.missing.pop(address, None)
        self.memory.marks[address] = known or next(iter(keys), "")

    def _count(self, failure: InputRefused) -> None:
        """Raises the failure when it is one for a time, and not the first in a row."""
        self._failures += isinstance(failure, FetchFailed) and failure.temporary
        if self._failures >= MOST_FAILURES:
            raise failure

    def _missed(self, address: str, reason: str) -> None:
        """Once more the page did not show its article; at VISITS_MISSED the article is gone."""
        times = self.memory.missing[address] = self.memory.missing.get(address, 0) + 1
        if times >= VISITS_MISSED:
            del self.memory.missing[address]
            key = self.memory.marks.get(address)
            self.memory.marks[address] = ""
            if key:
                self.gone[key] = reason
