"""Rows of a CSV file: its characters and its separator found first, then each record read strictly."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.errors import InputRefused
from dashboard.ingest.cleaning import decode
from dashboard.ingest.files import beginning, opened
from dashboard.ingest.mapping import guess_mapping
from dashboard.ingest.table_rows import Row

SEPARATORS = ",;\t|"
MAX_LINE = 3_000_000
MAX_CELL = 1_000_000
# A quote that is never closed swallows this many lines at most, and that many times at most in one file.
MAX_LINES_OF_A_RECORD = 2_000
MAX_REREADINGS = 200

_BLOCK = 1 << 20


def csv_rows(path: Path) -> Iterator[Row]:
    """The rows below the header, each with the number of its first line.

    A row with too many or too few cells, or with an unclosed quote, is a row with a problem, and reading goes
    on at the next line. Raises InputRefused when the first line is no header of at least two columns.
    """
    separator = separator_of(path)
    with opened(path) as stream:
        text = io.TextIOWrapper(stream, encoding=_encoding(path), errors="replace", newline="")
        records = _Records(text, separator)
        header = [name.strip().lstrip("\ufeff") for name in records.next_one(0).cells]
        if len(header) < 2 or len(set(header)) < len(header):
            raise InputRefused(f"{path.name}\u00a0: la première ligne ne nomme pas des colonnes distinctes.")
        while (record := records.next_one(len(header))).lines:
            where = f"{path.name}, ligne {record.number}"
            if record.problem:
                yield Row(where, problem=record.problem, raw="".join(record.lines))
            elif any(record.cells):
                yield Row(where, dict(zip(header, record.cells, strict=True)))


def separator_of(path: Path) -> str:
    """The separator that gives the first line the most known names, then the most cells."""
    start = beginning(path)
    text = decode(start[: start.rfind(b"\n") + 1] or start, name=path.name)
    header = re.split(r"[\r\n]", text.lstrip("\ufeff"), maxsplit=1)[0]

    def merit(separator: str) -> tuple[int, int]:
        cells = next(csv.reader([header], delimiter=separator), [])
        return len(guess_mapping(cells)), len(cells)

    return max(SEPARATORS, key=merit)


def _encoding(path: Path) -> str:
    """UTF-16 by its mark, UTF-8 when at most one character in a thousand is not, else Windows-1252."""
    with opened(path) as stream:
        block = stream.read(_BLOCK)
        if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        read = bad = 0
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        while block:
            read += len(block)
            bad += decoder.decode(block).count("\ufffd")
            block = stream.read(_BLOCK)
    return "utf-8-sig" if bad * 1000 <= read else "cp1252"


@dataclass(slots=True)
class _Record:
    """One record: the number of its first line, its lines (none at the end), its cells or a problem."""

    number: int
    lines: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    problem: str = ""


class _Records:
    """The records of a text; the lines that a broken one has swallowed are given back and read again."""

    def __init__(self, text: io.TextIOWrapper, separator: str) -> None:
        csv.field_size_limit(MAX_CELL)
        self._text, self._separator = text, separator
        self._given_back: list[str] = []
        self._number = 0
        self._rereadings = 0

    def next_one(self, width: int) -> _Record:
        """The next record, expected to have `width` cells (0: any number)."""
        record = _Record(self._number + 1)
        reader = csv.reader(self._lines(record.lines), delimiter=self._separator, strict=True)
        try:
            record.cells = next(reader, [])
        except csv.Error as failure:
            record.problem = _french(failure)
        if not record.problem and width and len(record.cells) not in {0, width}:
            record.problem = f"{len(record.cells)} colonnes au lieu de {width}"
        if record.problem and len(record.lines) > 1 and self._rereadings < MAX_REREADINGS:
            self._rereadings += 1
            self._given_back += record.lines[:0:-1]
            self._number -= len(record.lines) - 1
            del record.lines[1:]
        return record

    def _lines(self, taken: list[str]) -> Iterator[str]:
        while len(taken) < MAX_LINES_OF_A_RECORD:
            line = self._given_back.pop() if self._given_back else self._text.readline(MAX_LINE)
            if not line:
                return
            self._number += 1
            taken.append(line)
            yield line


def _french(failure: csv.Error) -> str:
    if "field larger" in str(failure):
        return "cellule de plus d’un million de signes"
    return "guillemets mal fermés"
