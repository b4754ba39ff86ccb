"""What is new in a feed since the last visit: page after page, down to entries that are known already."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from dashboard.corpus.visits import Memory
from dashboard.ingest import rows
from dashboard.ingest.article import Article
from dashboard.ingest.feed_site import FeedVisit, feed_pages, visit_feed
from dashboard.ingest.fetching import Fetcher
from dashboard.ingest.pieces import DEFAULT_ZONE, Piece, Pieces

# So many known entries in a row: what lies below them was seen at an earlier visit.
KNOWN_IN_A_ROW = 30
# No feed shows more at a time; what was forgotten is read again and found unchanged.
REMEMBERED = 5_000
SIGNATURE = 12


@dataclass
class FeedChanges:
    """One visit to a feed. `stored` are the keys that the corpus holds of its source."""

    url: str
    fetcher: Fetcher
    source: str
    memory: Memory
    stored: Collection[str]
    zone: str = DEFAULT_ZONE

    def first_page(self) -> FeedVisit:
        """The first page, asked for only if it changed; raises like `visit_feed`.

        The condition is left out until everything was seen once and as long as the corpus lacks any of it.
        """
        etag, modified = self.memory.validators.get(self.url, ["", ""])
        if not self.memory.whole or not all(key in self.stored for key in self.memory.marks):
            etag = modified = ""
        return visit_feed(
            self.url, self.fetcher, source=self.source, zone=self.zone, etag=etag, last_modified=modified
        )

    def pieces(self, first: FeedVisit) -> Pieces:
        """What the pages hold, the first one given; raises FetchFailed when a later one fails for a time.

        That nothing changed says nothing of removals: entries that leave a feed stay in the corpus.
        """
        if first.not_modified:
            return
        seen: dict[str, str] = {}
        row = 0
        for page in feed_pages(self.url, self.fetcher, source=self.source, zone=self.zone, first=first):
            for piece in page:
                row = row + 1 if self._is_known(piece) else 0 if isinstance(piece, Article) else row
                yield piece
                self._remember(piece, seen)
            if self.memory.whole and row >= KNOWN_IN_A_ROW:
                break
        self.memory.whole = True
        self._done(first, seen)

    def newest(self) -> Pieces:
        """What the first page holds; nothing when it did not change."""
        first = self.first_page()
        seen: dict[str, str] = {}
        for piece in first.pieces:
            yield piece
            self._remember(piece, seen)
        self._done(first, seen)

    def _is_known(self, piece: Piece) -> bool:
        if not isinstance(piece, Article) or piece.source_key not in self.stored:
            return False
        return self.memory.marks.get(piece.source_key) == _signature(piece)

    def _remember(self, piece: Piece, seen: dict[str, str]) -> None:
        if isinstance(piece, Article):
            seen[piece.source_key] = self.memory.marks[piece.source_key] = _signature(piece)

    def _done(self, first: FeedVisit, seen: dict[str, str]) -> None:
        """What was seen last is remembered longest."""
        self.memory.marks = dict(islice({**seen, **self.memory.marks}.items(), REMEMBERED))
        self.memory.validators[self.url] = [first.etag, first.last_modified]


def _signature(article: Article) -> str:
    return rows.fingerprint(article)[:SIGNATURE]
