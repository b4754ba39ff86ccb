"""Articles in tables (CSV, JSON lines, Parquet): one row is one article, its columns named or guessed."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path

from dashboard.ingest.addresses import address_key
from dashboard.ingest.article import Article, Published
from dashboard.ingest.cleaning import clean, clean_title, safe_url
from dashboard.ingest.csv_rows import csv_rows
from dashboard.ingest.dates import moment
from dashboard.ingest.files import beginning
from dashboard.ingest.html_text import text_of, title_of
from dashboard.ingest.json_rows import json_rows
from dashboard.ingest.mapping import chosen_mapping, guess_mapping
from dashboard.ingest.parquet_rows import parquet_rows
from dashboard.ingest.pieces import (
    DEFAULT_ZONE,
    MAX_PAGE_BYTES,
    Piece,
    Pieces,
    author_name,
    bounded,
    distinct,
    hashed_key,
    refusal,
)  # fmt: skip
from dashboard.ingest.table_rows import Row
from dashboard.ingest.wordpress_json import post_piece

SAMPLE = 50

_MARKUP = re.compile(r"</(?:p|div|span|a|em|strong|h\d|li|b|i)>|<br\b|<p>", re.IGNORECASE)
_LIST = re.compile(r"\s*[;|,\n]\s*")


def read_table(
    path: Path, *, source: str, mapping: Mapping[str, str] | None = None, zone: str = DEFAULT_ZONE
) -> Pieces:
    """The articles of a table, in its order; a bad row is refused and the next one read.

    `mapping` corrects the guess, field → column (the fields are those of `mapping.NAMES`). Raises
    InputRefused when the file cannot be read at all or when no column holds titles or texts.
    """
    rows = table_rows(path)
    sample = list(islice(rows, SAMPLE))
    if not sample:
        return
    posts = any(_is_post(row) for row in sample)
    columns = columns_of(sample)
    chosen = {} if posts else chosen_mapping(columns, mapping, name=path.name)
    guess = guess_mapping(columns)
    for row in chain(sample, rows):
        if row.problem:
            yield refusal(source, row.where, row.problem, row.raw)
        elif posts:
            yield post_piece(row.values, source=source, where=row.where, zone=zone, names=_no_names)
        else:
            yield _piece(row, chosen, guess, source, zone)


def table_columns(path: Path) -> list[str]:
    """The names of the columns, as far as the first rows show them."""
    return columns_of(islice(table_rows(path), SAMPLE))


def columns_of(rows: Iterable[Row]) -> list[str]:
    """Every column that one of the rows has, in order of appearance."""
    return list(dict.fromkeys(column for row in rows for column in row.values))


def table_rows(path: Path) -> Iterator[Row]:
    """The rows of a table by its content: Parquet, JSON (lines or one list), otherwise CSV; gzip unpacked."""
    start = beginning(path, 4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"PAR1"):
        return parquet_rows(path)
    return json_rows(path) if start.startswith((b"{", b"[")) else csv_rows(path)


def _is_post(row: Row) -> bool:
    """Is this one post of a saved answer of the WordPress API?"""
    content = row.values.get("content")
    return isinstance(content, dict) and "rendered" in content


def _no_names(_kind: str, _ids: object) -> list[str]:
    """A saved answer names tags, sections and authors by their numbers only."""
    return []


def _piece(row: Row, columns: Mapping[str, str], guess: Mapping[str, str], source: str, zone: str) -> Piece:
    def cell(field: str) -> object:
        return _cell(row, columns, field)

    title, text, lead = (_written(cell(field)) for field in ("title", "text", "lead"))
    if max(len(title), len(text), len(lead)) > MAX_PAGE_BYTES:
        return refusal(source, row.where, "cellule de plus de 3 Mo", text or title or lead)
    found = moment(cell("published"), zone)
    url = safe_url(_written(cell("url")))
    key = clean_title(_written(cell("id"))) or (address_key(url) if url else _told_key(row, columns, zone))
    article = Article(
        source=source,
        source_key=key[:500],
        title=_one_line(title),
        text=_paragraphs(text),
        lead=_paragraphs(lead),
        url=url,
        author=author_name(_one_line(", ".join(_listed(cell("author"), split=False)))) or None,
        section=_one_line(next(iter(_listed(cell("section"), split=False)), "")) or None,
        tags=distinct(_one_line(tag) for tag in _listed(cell("tags"), split=True)),
        published=Published(day=found.day, basis=_basis(columns, found.problem)),
        instant=found.instant,
        modified=moment(cell("modified"), zone).instant,
        partial=not text,
        formerly=_former_keys(row, columns, guess, zone),
    )
    return bounded(article, row.where)


def _cell(row: Row, columns: Mapping[str, str], field: str) -> object:
    return row.values.get(columns[field]) if field in columns else None


def _told_key(row: Row, columns: Mapping[str, str], zone: str) -> str:
    """The key of a row that has neither number nor address: its title, its day, how its text begins."""
    day = moment(_cell(row, columns, "published"), zone).day
    title, text = (_written(_cell(row, columns, field)) for field in ("title", "text"))
    return hashed_key(_one_line(title), day.isoformat() if day else "", text[:500])


def _former_keys(
    row: Row, columns: Mapping[str, str], guess: Mapping[str, str], zone: str
) -> tuple[str, ...]:
    """What `_told_key` gives without a column of days, or before the columns were corrected."""
    undated = {field: column for field, column in columns.items() if field != "published"}
    return tuple(dict.fromkeys(_told_key(row, each, zone) for each in (columns, undated, guess)))


def _basis(columns: Mapping[str, str], problem: str) -> str:
    return problem or f"colonne «\u00a0{columns['published']}\u00a0»"


def _written(value: object) -> str:
    """A cell as text: "" for an absent or not-a-number value, the rendered text of a WordPress object."""
    if isinstance(value, dict):
        value = value.get("rendered", "")
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return str(value)


def _paragraphs(text: str) -> str:
    return text_of(text) if _MARKUP.search(text) else clean(text)


def _one_line(text: str) -> str:
    return title_of(text) if _MARKUP.search(text) else clean_title(text)


def _listed(value: object, *, split: bool) -> list[str]:
    """The names in a cell: the members of a list, or the text itself, cut at separators when `split`."""
    if isinstance(value, list | tuple):
        return [_written(each.get("name", "") if isinstance(each, dict) else each) for each in value]
    text = _written(value)
    return _LIST.split(text) if split else [text]
