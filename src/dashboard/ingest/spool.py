"""Reading what is far away before the corpus is locked, so that a slow site keeps no other writer waiting."""

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import IO

from dashboard.corpus.snapshots import told_when_full
from dashboard.errors import VigieError
from dashboard.ingest.pieces import Piece
from dashboard.ingest.readings import Input, refuse

# What was read from afar is not thrown away because somebody reads a large file just then (seconds).
PATIENCE = 1800.0


class Spool:
    """Pieces on their way, in a file without a name that ends with this process. Close it after use."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 closed by __exit__

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def near(self, inputs: Iterable[Input]) -> Iterator[Input]:
        """The inputs in their order, those from afar fetched when their turn comes."""
        for given in inputs:
            yield self.fetched(given) if given.afar else given

    def fetched(self, given: Input) -> Input:
        """The input read to its end now; opened, it gives and fails as it did."""
        try:
            opened = given.open()
        except VigieError as failure:
            return replace(given, open=partial(refuse, failure), afar=False)
        start, count, failed = self._file.seek(0, 2), 0, None
        try:
            for piece in opened.pieces:
                with told_when_full():
                    pickle.dump(piece, self._file, pickle.HIGHEST_PROTOCOL)
                count += 1
            gone, present = dict(opened.gone()), opened.present()
        except VigieError as failure:
            gone, present, failed = {}, None, failure
        pieces = self._again(start, count, failed)
        read = replace(opened, pieces=pieces, gone=lambda: gone, present=lambda: present)
        return replace(given, open=lambda: read, afar=False)

    def _again(self, start: int, count: int, failed: VigieError | None) -> Iterator[Piece]:
        self._file.seek(start)
        for _ in range(count):
            piece: Piece = pickle.load(self._file)  # noqa: S301 written by this very process
            yield piece
        if failed:
            raise failed
