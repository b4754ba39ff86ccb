"""Rows of a Parquet file, read in a child process: a damaged file may bring its reader down."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from dashboard.errors import InputRefused
from dashboard.ingest.isolation import PARSERS
from dashboard.ingest.table_rows import Row

BATCH = 500

# In the child: the file being read and the rows that were not asked for yet, so that no row is read twice.
_reading: dict[str, tuple[int, Iterator[dict[str, Any]]]] = {}


def parquet_rows(path: Path) -> Iterator[Row]:
    """The rows, numbered from 1. Raises InputRefused when the file is damaged."""
    start = 0
    while rows := PARSERS.call(rows_from, b"", path=str(path.absolute()), start=start):
        for number, values in enumerate(rows, start=start + 1):
            yield Row(f"{path.name}, ligne {number}", values)
        start += len(rows)


def rows_from(_data: bytes, path: str, start: int) -> list[dict[str, Any]]:
    """In the child: up to `BATCH` rows from that one on, with dates as ISO text; [] at the end."""
    position, rows = _reading.pop(path, (-1, iter(())))
    if position != start:
        rows = islice(_all_rows(path), start, None)
    try:
        batch = list(islice(rows, BATCH))
    except (OSError, ValueError) as failure:
        raise InputRefused("Fichier Parquet abîmé.", detail=str(failure)) from failure
    _reading[path] = (start + len(batch), rows)
    return batch


def _all_rows(path: str) -> Iterator[dict[str, Any]]:
    with pq.ParquetFile(path) as table:
        for batch in table.iter_batches(batch_size=BATCH):
            for row in batch.to_pylist():
                yield {str(name): _plain(value) for name, value in row.items()}


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list):
        return [str(each) for each in value]
    return value if value is None or isinstance(value, int | float | str) else str(value)
