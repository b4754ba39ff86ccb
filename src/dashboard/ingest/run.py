"""A run: read sources, keep what is new or changed, derive what follows from it, publish."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.coding import reading
from dashboard.corpus import index
from dashboard.corpus.write import Staging, staging
from dashboard.errors import VigieError
from dashboard.ingest import code, duplicates, quarantine
from dashboard.ingest.article import Article, Refused
from dashboard.ingest.pieces import NotPublic, Piece, Unchanged
from dashboard.ingest.readings import Input, Reading, Report
from dashboard.ingest.store import drop_source, keep_source, remove, remove_absent, store

CHUNK = 2_000


# Given what is being done and how many steps it takes, a context whose value is told of the steps done.
Watch = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]


@contextmanager
def unwatched(_what: str, _steps: int) -> Iterator[Callable[[int], None]]:
    """Nobody looks on."""
    yield lambda _done: None


Follow = Callable[[Input, Report], None]


def ingest(
    folder: Path,
    inputs: Iterable[Input],
    *,
    reason: str,
    instead_of: Collection[str] = (),
    confirmed: bool = False,
    patience: float = 0.0,
    watch: Watch = unwatched,
    follow: Follow = lambda _given, _part: None,
) -> Report:
    """Read every input into the corpus of `folder` and publish it if anything changed.

    An input that fails is told in `failures` and does not keep the others out; what it gave before stays.
    The sources `instead_of` give way as soon as an article of another one is there. Removing much of a source
    at once must have been `confirmed`. `follow` learns of each
    input what became of it. Raises WriterBusy when another writer is at work for longer than `patience`
    (seconds).
    """
    report = Report()
    with staging(folder, reason=reason, coder=reading.VERSION, patience=patience) as change:
        before = change.content()
        run = _Run(change, confirmed)
        for given in inputs:
            part = Report()
            try:
                run.take(given, part)
            except VigieError as failure:
                part.failures.append(str(failure))
                run.keep([failure.piece] if isinstance(failure, quarantine.FileRefused) else [])
            report.add(part)
            follow(given, part)
        run.settle()
        for source in instead_of if run.touched else ():
            dropped = drop_source(change, source)
            if dropped:
                report.notes.append(f"«\u00a0{source}\u00a0» laisse la place à vos articles.")
            run.gone += dropped
        report.duplicates = _derive(change, run.touched, run.gone, watch)
        change.changed = change.changed and change.content() != before
    return report


def code_again(folder: Path, watch: Watch = unwatched) -> int:
    """Derive everything from the stored texts once more; the number of articles. Raises WriterBusy."""
    with staging(folder, reason="nouveau codage", coder=reading.VERSION) as change:
        ids = code.all_ids(change.connection)
        _derive(change, ids, [], watch)
    return len(ids)


def _derive(change: Staging, touched: list[int], gone: list[int], watch: Watch = unwatched) -> int:
    """Derive again what follows from these articles; how many of them turned out to be copies."""
    if not touched and not gone:
        return 0
    copies = duplicates.link(change.connection, [*touched, *gone])
    with watch("Lecture des phrases", len(touched)) as advance:
        code.code_articles(change.connection, touched, advance)
    index.update(change.connection, touched)
    change.changed = True
    return copies


@dataclass
class _Run:
    """What the inputs of a run did to the corpus: ids that they touched or took out, what they refused."""

    change: Staging
    confirmed: bool
    touched: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    _refused: set[tuple[str, str, str]] = field(default_factory=set)
    _claimed: set[int] = field(default_factory=set)
    _finished: list[tuple[str, set[str]]] = field(default_factory=list)

    def take(self, given: Input, report: Report) -> None:
        """Read one input."""
        opened = given.open()
        if opened.note:
            report.notes.append(opened.note)
        sources = {opened.source}
        for chunk in _chunks(opened.pieces, CHUNK):
            sources |= {piece.source for piece in chunk}
            self._store(chunk, given, opened, report)
        if file := opened.finished():
            self._finished.append((file, sources))
        self._remove(opened, report)

    def keep(self, refusals: Collection[Refused]) -> None:
        """Put aside what was refused."""
        quarantine.keep(self.change, refusals)
        self._refused |= {(each.source, each.where, each.reason) for each in refusals}

    def settle(self) -> None:
        """Forget what was refused of files that have been read to their end since."""
        for file, sources in self._finished:
            quarantine.settle(self.change, file, sources, self._refused)

    def _store(self, chunk: list[Piece], given: Input, opened: Reading, report: Report) -> None:
        articles = [piece for piece in chunk if isinstance(piece, Article)]
        refusals = [piece for piece in chunk if isinstance(piece, Refused)]
        outcome = store(self.change, articles, complete=opened.complete, claimed=self._claimed)
        self.keep(refusals)
        self.touched += outcome.touched
        report.new += outcome.new
        report.changed += outcome.changed
        report.unchanged += outcome.unchanged
        report.refused += len(refusals)
        report.not_public += sum(isinstance(piece, NotPublic) for piece in chunk)
        report.unchanged += sum(isinstance(piece, Unchanged) for piece in chunk)
        for source in sorted({article.source for article in articles}) if outcome.touched else ():
            keep_source(self.change, source, kind=opened.kind, address=given.address)

    def _remove(self, opened: Reading, report: Report) -> None:
        before = len(self.gone)
        self.gone += remove(self.change, opened.source, opened.gone())
        present = opened.present()
        if present is not None:
            self.gone += remove_absent(self.change, opened.source, present, confirmed=self.confirmed)
        report.removed += len(self.gone) - before


def _chunks(pieces: Iterable[Piece], size: int) -> Iterator[list[Piece]]:
    """The pieces by `size`; what was read before a failure comes before it."""
    chunk: list[Piece] = []
    try:
        for piece in pieces:
            chunk.append(piece)
            if len(chunk) == size:
                yield chunk
                chunk = []
    except VigieError:
        if chunk:
            yield chunk
        raise
    if chunk:
        yield chunk
