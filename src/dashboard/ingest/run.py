"""A run: read sources, keep what is new or changed, derive what follows from it, publish."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from dashboard.coding import reading
from dashboard.corpus import index
from dashboard.corpus.write import Staging, staging
from dashboard.errors import VigieError
from dashboard.ingest import code, duplicates
from dashboard.ingest.article import Article, Refused
from dashboard.ingest.pieces import NotPublic, Piece, Unchanged
from dashboard.ingest.readings import Input, Report
from dashboard.ingest.store import drop_source, keep_refusals, keep_source, remove, remove_absent, store

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
    watch: Watch = unwatched,
    follow: Follow = lambda _given, _part: None,
) -> Report:
    """Read every input into the corpus of `folder` and publish it if anything changed.

    An input that fails is told in `failures` and does not keep the others out; what it gave before stays.
    The sources `instead_of` give way as soon as an article of another one is there. `follow` learns of each
    input what became of it. Raises WriterBusy.
    """
    report = Report()
    with staging(folder, reason=reason, coder=reading.VERSION) as change:
        before = change.content()
        touched: list[int] = []
        gone: list[int] = []
        for given in inputs:
            part = Report()
            try:
                _take(change, given, part, touched, gone)
            except VigieError as failure:
                part.failures.append(str(failure))
            report.add(part)
            follow(given, part)
        for source in instead_of if touched else ():
            dropped = drop_source(change, source)
            if dropped:
                report.notes.append(f"«\u00a0{source}\u00a0» laisse la place à vos articles.")
            gone += dropped
        report.duplicates = _derive(change, touched, gone, watch)
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


def _take(change: Staging, given: Input, report: Report, touched: list[int], gone: list[int]) -> None:
    """Read one input; the ids of the articles that it added, changed or removed join the lists."""
    opened = given.open()
    if opened.note:
        report.notes.append(opened.note)
    for chunk in _chunks(opened.pieces, CHUNK):
        articles = [piece for piece in chunk if isinstance(piece, Article)]
        refusals = [piece for piece in chunk if isinstance(piece, Refused)]
        outcome = store(change, articles, complete=opened.complete)
        keep_refusals(change, refusals)
        touched += outcome.touched
        report.new += outcome.new
        report.changed += outcome.changed
        report.unchanged += outcome.unchanged
        report.refused += len(refusals)
        report.not_public += sum(isinstance(piece, NotPublic) for piece in chunk)
        report.unchanged += sum(isinstance(piece, Unchanged) for piece in chunk)
        for source in sorted({article.source for article in articles}) if outcome.touched else ():
            keep_source(change, source, kind=opened.kind, address=given.address)
    before = len(gone)
    gone += remove(change, opened.source, opened.gone())
    present = opened.present()
    if present is not None:
        gone += remove_absent(change, opened.source, present)
    report.removed += len(gone) - before


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
