"""What kind of source a file is, judged by its content, and the reader for it."""

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from dashboard.errors import InputRefused
from dashboard.ingest import captures
from dashboard.ingest.cleaning import decode
from dashboard.ingest.csv_rows import separator_of
from dashboard.ingest.feeds import read_feed
from dashboard.ingest.files import beginning, is_file, is_folder, opened
from dashboard.ingest.html_pages import read_page
from dashboard.ingest.mapping import guess_mapping
from dashboard.ingest.pieces import DEFAULT_ZONE, MAX_FEED_BYTES, MAX_PAGE_BYTES, Pieces
from dashboard.ingest.tables import read_table
from dashboard.ingest.wxr import read_wxr


class Kind(StrEnum):
    """The kinds of file that are read, by their French names."""

    CAPTURE = "capture de texte"
    PAGE = "page d’article"
    ARCHIVE = "page d’archives"
    FEED = "flux"
    OPML = "liste de flux"
    WXR = "export WordPress"
    CSV = "tableau CSV"
    JSON = "tableau JSON"
    PARQUET = "tableau Parquet"


_HEAD = 65_536
_ROOT = re.compile(
    r"<(?:\w{1,20}:)?"
    r"(rss|feed|rdf|opml|urlset|sitemapindex|!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE,
)
_ROOT_WITHIN = 5_000
# What a broken plugin may print before the first element.
_LONGEST_NOISE = 600
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")
_XML_KINDS = {"rss": Kind.FEED, "feed": Kind.FEED, "rdf": Kind.FEED, "opml": Kind.OPML}


def recognise(path: Path) -> Kind:
    """The kind of a file. Raises InputRefused, naming it, when it is missing, empty, or unreadable."""
    if is_folder(path):
        raise InputRefused(f"{path.name} est un dossier.")
    if os.path.exists(path) and not is_file(path):  # noqa: PTH110
        raise InputRefused(f"{path.name} n’est pas un fichier\u00a0: enregistrez d’abord ce qu’il contient.")
    head = beginning(path, _HEAD)
    if head.startswith(b"PAR1"):
        return Kind.PARQUET
    text = decode(head, name=path.name).lstrip("\ufeff")
    if not text.strip():
        raise InputRefused(f"{path.name} est vide.")
    if _JSON.match(text):
        return Kind.JSON
    root = _ROOT.search(text[:_ROOT_WITHIN])
    if root and (text.lstrip().startswith("<") or root.start() < _LONGEST_NOISE):
        return _marked_up(path, root[1].lower(), text)
    return Kind.CSV if _is_csv(path, text) else Kind.CAPTURE


def read_file(
    path: Path,
    *,
    source: str | None = None,
    mapping: Mapping[str, str] | None = None,
    zone: str = DEFAULT_ZONE,
) -> Pieces:
    """The articles of a file, with what is refused and what is not public.

    `source` names where they come from (by default the name of the file), `mapping` corrects the columns of a
    table, `zone` is the time of the source. Raises InputRefused when the file as a whole cannot be read.
    """
    kind = recognise(path)
    name = source or ("captures" if kind is Kind.CAPTURE else path.name.partition(".")[0])
    if kind is Kind.CAPTURE:
        return captures.read(path, source=name)
    if kind is Kind.WXR:
        return read_wxr(path, source=name, zone=zone)
    if kind in {Kind.CSV, Kind.JSON, Kind.PARQUET}:
        return read_table(path, source=name, mapping=mapping, zone=zone)
    if kind is Kind.FEED:
        return read_feed(_whole(path, MAX_FEED_BYTES), source=name, where=path.name, zone=zone)
    if kind is Kind.OPML:
        raise InputRefused(f"{path.name} est une liste de flux\u00a0: elle se lit comme une source du web.")
    return iter(read_page(_whole(path, MAX_PAGE_BYTES), source=name, where=path.name, zone=zone).pieces)


def _marked_up(path: Path, root: str, text: str) -> Kind:
    if root in {"urlset", "sitemapindex"}:
        raise InputRefused(f"{path.name} est un plan de site\u00a0: donnez plutôt l’adresse du site.")
    if root == "rss" and "wordpress.org/export/" in text:
        return Kind.WXR
    if root in _XML_KINDS:
        return _XML_KINDS[root]
    page = read_page(_whole(path, MAX_PAGE_BYTES), source="", where=path.name)
    return Kind.ARCHIVE if page.is_archive else Kind.PAGE


def _is_csv(path: Path, text: str) -> bool:
    """Does the first line name columns, of which a title or a text?"""
    if path.name.lower().removesuffix(".gz").endswith((".csv", ".tsv")):
        return True
    cells = text.partition("\n")[0].split(separator_of(path))
    fields = guess_mapping([cell.strip(" \"'\r") for cell in cells])
    return len(fields) >= 2 and not {"title", "text"}.isdisjoint(fields)


def _whole(path: Path, most: int) -> bytes:
    """The bytes of the file, one more than allowed when it is larger: its reader refuses that by name."""
    with opened(path) as stream:
        return stream.read(most + 1)
