"""Rows of a JSON file: one object per line, or one list of objects."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dashboard.errors import InputRefused
from dashboard.ingest.cleaning import decode
from dashboard.ingest.files import beginning, opened
from dashboard.ingest.pieces import MAX_PAGE_BYTES
from dashboard.ingest.table_rows import Row

MAX_LIST_BYTES = 100_000_000


def json_rows(path: Path) -> Iterator[Row]:
    """The rows with the number of their line; a line that is no JSON object is a row with a problem."""
    start = beginning(path, 4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    with opened(path) as stream:
        yield from _listed(stream, path.name) if start.startswith(b"[") else _lines(stream, path.name)


def _lines(stream: BinaryIO, name: str) -> Iterator[Row]:
    # Bytes are cut at line feeds only: characters such as U+0085 and U+2028 belong to the text.
    number = 0
    while line := stream.readline(MAX_PAGE_BYTES + 1):
        number += 1
        where = f"{name}, ligne {number}"
        if len(line) > MAX_PAGE_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_PAGE_BYTES + 1)
            yield Row(where, problem="ligne de plus de 3 Mo")
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _row(where, line)


def _row(where: str, line: bytes) -> Row:
    try:
        text = _characters(line.removeprefix(b"\xef\xbb\xbf"))
        value = json.loads(text)
    except (ValueError, RecursionError, InputRefused) as failure:
        return Row(
            where, problem=f"JSON illisible\u00a0: {_french(failure)}", raw=line.decode("utf-8", "replace")
        )
    if not isinstance(value, dict):
        return Row(where, problem="la ligne n’est pas un objet JSON", raw=text)
    return Row(where, value)


def _characters(line: bytes) -> str:
    """Strict UTF-8 is by far the most frequent and the fastest to tell."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return decode(line)


def _listed(stream: BinaryIO, name: str) -> Iterator[Row]:
    data = stream.read(MAX_LIST_BYTES + 1)
    if len(data) > MAX_LIST_BYTES:
        raise InputRefused(
            f"{name}\u00a0: une liste JSON de plus de 100 Mo doit être donnée ligne par ligne."
        )
    try:
        values = json.loads(decode(data, name=name))
    except (ValueError, RecursionError) as failure:
        raise InputRefused(f"{name}\u00a0: JSON illisible ou coupé.", detail=str(failure)) from failure
    for number, value in enumerate(values, start=1):
        where = f"{name}, élément {number}"
        yield (
            Row(where, value)
            if isinstance(value, dict)
            else Row(where, problem="pas un objet JSON", raw=str(value))
        )


def _french(failure: Exception) -> str:
    if isinstance(failure, json.JSONDecodeError):
        return f"erreur au caractère {failure.pos + 1}"
    return "imbrication trop profonde" if isinstance(failure, RecursionError) else "valeur hors limites"
