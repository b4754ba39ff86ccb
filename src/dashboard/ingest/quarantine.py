"""What was refused, kept with its reason where it can be looked at, until its file is read without it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboard.corpus.write import Staging
from dashboard.errors import InputRefused
from dashboard.ingest.article import Refused
from dashboard.ingest.cleaning import clean
from dashboard.ingest.files import beginning, is_file
from dashboard.ingest.pieces import MAX_RAW, Piece, refusal

# Enough of a file to see what it is.
SHOWN = 500

KEEP = """
    INSERT INTO refusal
    SELECT $source, $place, $reason, $raw, $now
    WHERE NOT EXISTS (FROM refusal WHERE source = $source AND place = $place AND reason = $reason)
    RETURNING 1
"""
OF_FILE = """
    SELECT DISTINCT source, place, reason FROM refusal
    WHERE source = ANY($sources) AND (place = $file OR starts_with(place, $file || ', '))
"""
FORGET = "DELETE FROM refusal WHERE source = $source AND place = $place AND reason = $reason"


class FileRefused(InputRefused):
    """A file that cannot be read, or not to its end; `piece` is what is kept of it."""

    def __init__(self, failure: InputRefused, piece: Refused) -> None:
        super().__init__(str(failure), detail=failure.detail)
        self.piece = piece


def refused_file(path: Path, source: str, failure: InputRefused) -> InputRefused:
    """The failure with the file that it is about; what is no file, such as a missing one, leaves no trace."""
    if not is_file(path):
        return failure
    return FileRefused(failure, refusal(source, path.name, str(failure), _shown(path)))


@dataclass
class FilePieces:
    """The pieces of a file; `ended` once all of them were read. Raises FileRefused when it breaks off."""

    path: Path
    source: str
    pieces: Iterable[Piece]
    ended: bool = False

    def __iter__(self) -> Iterator[Piece]:
        try:
            yield from self.pieces
        except InputRefused as failure:
            raise refused_file(self.path, self.source, failure) from failure
        self.ended = True

    def finished(self) -> str:
        """The name of the file when all of it was read, else ""."""
        return self.path.name if self.ended else ""


def keep(change: Staging, refusals: Iterable[Refused]) -> None:
    """Put what was refused where it can be looked at; the same refusal once."""
    for each in refusals:
        values = {
            "source": each.source,
            "place": each.where,
            "reason": each.reason,
            "raw": each.raw[:MAX_RAW],
            "now": datetime.now(UTC).replace(tzinfo=None),
        }
        change.changed |= bool(change.connection.execute(KEEP, values).fetchall())


def settle(
    change: Staging, file: str, sources: Collection[str], met: Collection[tuple[str, str, str]]
) -> None:
    """Forget what was refused of a file of these sources that was now read to its end.

    `met` are the (source, place, reason) of this run: what was refused again stays.
    """
    known = change.connection.execute(OF_FILE, {"sources": list(sources), "file": file}).fetchall()
    for source, place, reason in known:
        if (source, place, reason) not in met:
            values = {"source": source, "place": place, "reason": reason}
            change.connection.execute(FORGET, values)
            change.changed = True


def _shown(path: Path) -> str:
    """The beginning of a file, as far as it can be read as text."""
    try:
        return clean(beginning(path, SHOWN).decode("utf-8", "replace"))
    except InputRefused:
        return ""
