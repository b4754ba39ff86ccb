"""Visiting one source: by the road that was open last time, reading only what may have changed."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from dashboard.corpus.visits import Memory, Visits, moment, written
from dashboard.errors import InputRefused
from dashboard.ingest.answers import FetchFailed
from dashboard.ingest.feed_changes import FeedChanges
from dashboard.ingest.feed_site import listed_feeds
from dashboard.ingest.fetching import Fetcher
from dashboard.ingest.inputs import file_reading, files_of
from dashboard.ingest.page_changes import PageChanges
from dashboard.ingest.pieces import Pieces
from dashboard.ingest.readings import Input, Reading, refuse
from dashboard.ingest.sources_file import Source
from dashboard.ingest.wordpress import TELL_ALL, By, Road, Site, open_site
from dashboard.ingest.wordpress_changes import Changes

# After so long a feed is left for a better road, if one has opened.
LOOK_AROUND = timedelta(days=1)
FEEDS = frozenset({By.FEED, By.FEEDS, By.FEED_LIST})


@dataclass
class Visit:
    """One visit to one source. `stored` are the keys that the corpus holds of it.

    The memory in `visits` is changed while the pieces are read: what it then says was seen was handed on.
    """

    source: Source
    visits: Visits
    stored: Collection[str]
    fetcher: Fetcher

    def inputs(self) -> Iterator[Input]:
        """What there is to read: the site, or the files that changed."""
        if self.source.on_the_web:
            yield Input(self.source.address, self._open_site, afar=True)
            return
        try:
            files = _files(Path(self.source.address))
        except InputRefused as failure:
            yield Input(self.source.address, partial(refuse, failure))
            return
        for file in files:
            state = _state(file)
            if not self.stored or not state or self.visits.memory.files.get(str(file)) != state:
                yield Input(file.name, partial(self._open_file, file, state))

    def _open_file(self, file: Path, state: list[int]) -> Reading:
        opened = file_reading(
            file, source=self.source.name, mapping=self.source.columns, zone=self.source.timezone
        )

        def pieces() -> Pieces:
            yield from opened.pieces
            self.visits.memory.files[str(file)] = state

        return replace(opened, pieces=pieces())

    def _open_site(self) -> Reading:
        known = self._by_the_feed_of_last_time()
        if known:
            return known
        address, name, zone = self.source.address, self.source.name, self.source.timezone
        site = open_site(address, self.fetcher, source=name, zone=zone)
        memory = self.visits.memory
        if (memory.road, memory.entry) != (site.road.kind, site.road.address):
            # What was seen by another road was seen otherwise: tags and texts may differ.
            self.visits.memory = Memory(road=site.road.kind, entry=site.road.address)
        self.visits.memory.found = written(datetime.now(UTC))
        if site.api:
            changes = Changes(site.api, self.visits.memory, self.stored)
            return self._told(site.road, changes.pieces(), present=changes.present)
        return self._by_feed(site.road) if site.road.kind in FEEDS else self._by_pages(site)

    def _by_the_feed_of_last_time(self) -> Reading | None:
        """None when there was none, when it is a feed no longer, and when it is time to look around."""
        memory = self.visits.memory
        found = moment(memory.found)
        if memory.road not in FEEDS or found is None or datetime.now(UTC) - found > LOOK_AROUND:
            return None
        try:
            return self._by_feed(Road(By(memory.road), memory.entry))
        except InputRefused as failure:
            if isinstance(failure, FetchFailed) and failure.temporary:
                raise
            return None

    def _by_feed(self, road: Road) -> Reading:
        if road.kind is By.FEED_LIST:
            answer = self.fetcher.get(road.address)
            return self._told(road, self._listed(answer.body, road.address))
        feed = self._feed(road.address)
        return self._told(road, feed.pieces(feed.first_page()))

    def _listed(self, data: bytes, where: str) -> Pieces:
        yield from listed_feeds(
            data, source=self.source.name, where=where, read=lambda url: self._feed(url).newest()
        )
        self.visits.memory.whole = True

    def _feed(self, url: str) -> FeedChanges:
        memory, zone = self.visits.memory, self.source.timezone
        return FeedChanges(url, self.fetcher, self.source.name, memory, self.stored, zone)

    def _by_pages(self, site: Site) -> Reading:
        memory, zone = self.visits.memory, self.source.timezone
        pages = PageChanges(self.fetcher, self.source.name, memory, self.stored, zone)
        by_map = site.road.kind is By.SITEMAP
        pieces = pages.of_sitemap(site.addresses) if by_map else pages.of_archives(site.road.address)
        return self._told(site.road, pieces, gone=lambda: pages.gone)

    def _told(
        self,
        road: Road,
        pieces: Pieces,
        *,
        present: Callable[[], set[str] | None] = lambda: None,
        gone: Callable[[], Mapping[str, str]] = dict,
    ) -> Reading:
        return Reading(
            kind=road.kind,
            pieces=pieces,
            complete=road.kind in TELL_ALL,
            note=road.sentence,
            source=self.source.name,
            present=present,
            gone=gone,
        )


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise InputRefused(f"{path.name}\u00a0: rien de ce nom à cet endroit.", detail=str(path))
    return files_of(path)


def _state(file: Path) -> list[int]:
    """By which a changed file is known; empty when there is none."""
    try:
        found = file.stat()
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns]
