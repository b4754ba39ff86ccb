"""A round: every source is visited, what changed is read, and all of it is published in one step."""

import logging
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from dashboard.corpus import snapshots, visits
from dashboard.corpus.read import Corpus, open_current
from dashboard.corpus.visits import Visits
from dashboard.errors import CorpusMissing, InputRefused, VigieError
from dashboard.ingest import demo, run
from dashboard.ingest.fetching import Fetcher
from dashboard.ingest.pieces import Pieces
from dashboard.ingest.politeness import Manners
from dashboard.ingest.readings import Input, Reading, Report
from dashboard.ingest.sources_file import Source, SourcesFile
from dashboard.ingest.spool import PATIENCE, Spool
from dashboard.ingest.visiting import Visit

log = logging.getLogger("vigie")

# A source that takes longer gives way to the others; the next round goes on where it stopped.
LONGEST_VISIT = 2 * 3600.0
KEYS = "SELECT source_key FROM article WHERE source = $source"


class Follower(Protocol):
    """Whoever looks on while a round goes its way."""

    def begins(self, name: str, position: int, total: int) -> None:
        """A source is about to be visited, the nth of so many."""

    def advances(self, name: str) -> None:
        """Another piece of it was read."""

    def ends(self, name: str, part: Report) -> None:
        """The visit is over."""

    def closes(self) -> None:
        """Nothing more will be visited; said once or more."""


@dataclass
class Round:
    """What a round gave: the report of all sources, the French errors of those that failed, by name.

    `notices` are for whoever started it; `interrupted` when it was told to stop before the last source.
    """

    report: Report = field(default_factory=Report)
    failed: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    interrupted: bool = False


def visit_all(
    folder: Path,
    given: SourcesFile,
    *,
    follower: Follower,
    only: Collection[str] = (),
    confirmed: bool = False,
    manners: Manners | None = None,
    stop: Callable[[], bool] = lambda: False,
    watch: run.Watch = run.unwatched,
) -> Round:
    """Visit the sources of the file, or `only` those with these names, and publish what changed.

    A source that fails does not keep the others out. Removing much of a source at once must have been
    `confirmed`. Raises WriterBusy when another writer is at work, InputRefused for a name that no source
    bears.
    """
    chosen = _chosen(given, only)
    with ExitStack() as stack:
        stack.enter_context(snapshots.visiting(folder))
        stack.callback(follower.closes)
        public, private = (
            stack.enter_context(Fetcher(contact=given.contact, allow_private=allowed, manners=manners))
            for allowed in (False, True)
        )
        spool = stack.enter_context(Spool())
        rounds = _Rounds(folder, chosen, (public, private), follower, stop, str(given.path), spool)
        rounds.fetch()
        found = rounds.found
        found.report = run.ingest(
            folder,
            rounds.inputs(),
            reason=_reason(chosen),
            instead_of=demo.NOT_NEWS,
            confirmed=confirmed,
            patience=PATIENCE,
            watch=watch,
            follow=rounds.count,
        )
        names = {source.name for source in given.sources}
        kept = {n: v for n, v in rounds.visits.items() if n in names or v.listed_in != str(given.path)}
        visits.save(folder, kept)
    return found


@dataclass
class _Rounds:
    """The sources one after the other, each with what is remembered of it."""

    folder: Path
    sources: list[Source]
    fetchers: tuple[Fetcher, Fetcher]
    follower: Follower
    stop: Callable[[], bool]
    listed_in: str
    spool: Spool
    found: Round = field(default_factory=Round)
    visits: dict[str, Visits] = field(default_factory=dict)
    _part: Report = field(default_factory=Report)
    _fetched: list[tuple[Source, list[Input], bool]] = field(default_factory=list)

    def fetch(self) -> None:
        """Visit the sites, and note which files there are to read. Nobody else may visit meanwhile."""
        self._remember()
        with ExitStack() as stack:
            published = _published(self.folder)
            if published:
                stack.enter_context(closing(published))
            for position, source in enumerate(self.sources, start=1):
                if self.stop():
                    self.found.interrupted = True
                    break
                self.follower.begins(source.name, position, len(self.sources))
                given = list(self.spool.near(self._inputs_of(source, _keys(published, source.name))))
                self._fetched.append((source, given, self.stop()))

    def inputs(self) -> Iterator[Input]:
        """What there is to store of each source."""
        for source, given, stopped in self._fetched:
            self._part = Report()
            yield from given
            known = self.visits[source.name]
            self._finish(source.name, known, stopped or (not source.on_the_web and self.stop()))
        self.follower.closes()

    def count(self, _given: Input, part: Report) -> None:
        """What became of the input that was handed out last."""
        self._part.add(part)

    def _remember(self) -> None:
        try:
            self.visits = visits.load(self.folder)
        except InputRefused as damaged:
            self.found.notices.append(str(damaged))

    def _inputs_of(self, source: Source, stored: Collection[str]) -> Iterator[Input]:
        known = self.visits.get(source.name)
        if known is None or known.address != source.address:
            known = Visits(address=source.address)
        known.listed_in = self.listed_in
        self.visits[source.name] = known
        for given in Visit(source, known, stored, self.fetchers[source.allow_private]).inputs():
            if not self.stop():
                yield replace(given, open=lambda given=given: self._opened(given, source.name))  # type: ignore[misc]

    def _finish(self, name: str, known: Visits, stopped: bool) -> None:
        failures, now = self._part.failures, datetime.now(UTC)
        if failures:
            self.found.failed[name] = failures[0]
            known.fail(now, "\n".join(failures))
        elif stopped:
            self.found.interrupted = True
        else:
            known.succeed(now)
        self.follower.ends(name, self._part)

    def _opened(self, given: Input, name: str) -> Reading:
        """The input opened; what nobody foresaw is a failure of this source alone."""
        end = time.monotonic() + LONGEST_VISIT
        try:
            opened = given.open()
        except VigieError:
            raise
        except Exception as error:
            raise _unforeseen(name, error) from error
        return replace(opened, pieces=self._watched(iter(opened.pieces), name, end))

    def _watched(self, pieces: Pieces, name: str, end: float) -> Pieces:
        """The pieces until the source has had its time or the round is told to stop."""
        while not self.stop():
            if time.monotonic() > end:
                raise InputRefused(f"{name}\u00a0: la visite dure trop, la suite à la prochaine.")
            try:
                piece = next(pieces, None)
            except VigieError:
                raise
            except Exception as error:
                raise _unforeseen(name, error) from error
            if piece is None:
                return
            self.follower.advances(name)
            yield piece


def _chosen(given: SourcesFile, only: Collection[str]) -> list[Source]:
    names = [source.name for source in given.sources]
    for name in only:
        if name not in names:
            raise InputRefused(
                f"Aucune source ne s’appelle «\u00a0{name}\u00a0». Sources écrites\u00a0: {', '.join(names)}."
            )
    return [source for source in given.sources if not only or source.name in only]


def _reason(sources: list[Source]) -> str:
    if len(sources) > 3:
        return f"visite de {len(sources)} sources"
    return f"visite de {', '.join(source.name for source in sources)}"


def _published(folder: Path) -> Corpus | None:
    try:
        return open_current(folder)
    except CorpusMissing:
        return None


def _keys(corpus: Corpus | None, source: str) -> set[str]:
    return set(corpus.query(KEYS, source=source)["source_key"]) if corpus else set()


def _unforeseen(name: str, error: Exception) -> InputRefused:
    log.error("unforeseen while reading %s", name, exc_info=error)
    return InputRefused(
        f"{name}\u00a0: lecture interrompue par une erreur imprévue ({type(error).__name__}).",
        detail=repr(error),
    )
