"""Changing the corpus: a private copy is staged, changed and published in one step, or thrown away."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dashboard.corpus import snapshots
from dashboard.corpus.read import DAMAGE, Corpus, sql_of
from dashboard.errors import CorpusDamaged, InputRefused

# Independent of the order of rows, so that the same content has the same fingerprint however it came in.
FINGERPRINT = """
    SELECT printf('%06x', bit_xor(hash(source, source_key, fingerprint, duplicate_of IS NULL)) & 16777215)
    FROM article
"""
CONTENT = f"""
    SELECT ({FINGERPRINT}),
           (SELECT bit_xor(hash(source, place, reason)) FROM refusal),
           (SELECT count(*) FROM removal)
"""
# DuckDB tells a full disk by several classes of error, all with these words.
NO_ROOM = "Could not write"
RECORD = "INSERT INTO snapshot VALUES ($number, $id, $published, $reason, $coder)"


@dataclass
class Staging:
    """A private copy of the corpus that is being changed.

    `number` is the snapshot it will become. Nothing is published unless `changed` was set: a run that found
    nothing new leaves the corpus as it was.
    """

    connection: duckdb.DuckDBPyConnection
    number: int
    coder: str
    changed: bool = False

    def content(self) -> tuple[object, ...]:
        """Equal before and after a run that ends as it began: two versions of an article may take turns."""
        return self.connection.execute(CONTENT).fetchall()[0]


@contextmanager
def staging(folder: Path, *, reason: str, coder: str, patience: float = 0.0) -> Iterator[Staging]:
    """Change the corpus of `folder`; it is published when the block ends well and said that it changed.

    Raises WriterBusy when another writer is at work for longer than `patience` (seconds), CorpusDamaged when
    the published file cannot be read.
    After an error, a kill or a full disk the published snapshot is what it was before.
    """
    with snapshots.writing(folder, patience=patience) as base:
        if base:
            Corpus(base).close()
        number = snapshots.next_number(folder)
        staged = snapshots.stage(folder, base)
        try:
            with duckdb.connect(str(staged)) as connection:
                connection.execute(sql_of("schema.sql"))
                connection.execute(sql_of("views.sql"))
                change = Staging(connection, number, coder)
                yield change
                if change.changed:
                    connection.execute(sql_of("pairing.sql"))
                    _record(change, reason)
                    connection.execute("CHECKPOINT")
            if change.changed:
                snapshots.publish(folder, staged, number)
        except duckdb.Error as error:
            if DAMAGE in str(error):
                raise CorpusDamaged("Le corpus publié est abîmé.", detail=str(error)) from error
            if NO_ROOM in str(error):
                raise InputRefused(snapshots.NOT_WRITTEN, detail=str(error)) from error
            raise
        finally:
            snapshots.tidy(folder)


def _record(change: Staging, reason: str) -> None:
    [(fingerprint,)] = change.connection.execute(FINGERPRINT).fetchall()
    change.connection.execute(
        RECORD,
        {
            "number": change.number,
            "id": f"{change.number}-{fingerprint or '000000'}",
            "published": datetime.now(UTC).replace(tzinfo=None),
            "reason": reason,
            "coder": change.coder,
        },
    )
