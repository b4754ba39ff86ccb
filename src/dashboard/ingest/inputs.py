"""What the words on a command line stand for: files, folders of files, addresses of sites and feeds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from dashboard.errors import InputRefused
from dashboard.ingest import quarantine
from dashboard.ingest.article import Article
from dashboard.ingest.fetching import Fetcher
from dashboard.ingest.kinds import Kind, read_file, recognise
from dashboard.ingest.mapping import chosen_mapping, mapping_lines
from dashboard.ingest.pieces import DEFAULT_ZONE, Pieces
from dashboard.ingest.readings import Input, Reading
from dashboard.ingest.tables import table_columns
from dashboard.ingest.wordpress import TELL_ALL, open_site

# These say of an article all that there is to say; the others show a part: an excerpt, one tag of many.
COMPLETE = {Kind.PAGE, Kind.WXR, Kind.CSV, Kind.JSON, Kind.PARQUET}
TABLES = {Kind.CSV, Kind.JSON, Kind.PARQUET}
WEB = {Kind.PAGE, Kind.ARCHIVE, Kind.FEED}


def inputs_of(
    names: Iterable[str],
    *,
    source: str | None = None,
    mapping: Mapping[str, str] | None = None,
    fetcher: Fetcher,
) -> Iterator[Input]:
    """One input per address and per file, folders opened, in the order given.

    `source` names where the articles come from, in place of what their content tells; `mapping` corrects the
    columns of a table.
    """
    for name in names:
        if name.startswith(("http://", "https://")):
            yield site_input(name, source=source or host_of(name), fetcher=fetcher)
            continue
        for file in files_of(Path(name)):
            yield Input(file.name, partial(file_reading, file, source=source, mapping=mapping))


def site_input(url: str, *, source: str, fetcher: Fetcher, zone: str = DEFAULT_ZONE) -> Input:
    """A site or a feed, read whole by the best road that is open."""

    def read() -> Reading:
        site = open_site(url, fetcher, source=source, zone=zone)
        return Reading(
            kind=site.road.kind,
            pieces=site.articles(),
            complete=site.road.kind in TELL_ALL,
            note=f"{source}\u00a0: {site.road.sentence}",
            source=source,
            present=lambda: None if (keys := site.ids_and_modified()) is None else set(keys),
        )

    return Input(url, read)


def corrections(pairs: Iterable[str]) -> dict[str, str]:
    """The mapping that « champ=colonne » words say. Raises InputRefused for a word without « = »."""
    said = [pair.partition("=") for pair in pairs]
    for field, sign, _ in said:
        if not sign:
            raise InputRefused(
                f"«\u00a0{field}\u00a0»\u00a0: écrivez champ=colonne, par exemple title=headline."
            )
    return {field: column for field, _, column in said}


def host_of(url: str) -> str:
    """The host in an address without « www. », its port kept where it is not the usual one."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    return (parts.hostname or url).removeprefix("www.") + port


def files_of(path: Path) -> list[Path]:
    """The file, or those of the folder by name, hidden ones aside; an empty folder is itself."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
    return found or [path]  # refused when its turn comes, like any file that cannot be read


def file_reading(
    path: Path, *, source: str | None, mapping: Mapping[str, str] | None, zone: str = DEFAULT_ZONE
) -> Reading:
    """A file opened by its kind.

    Raises InputRefused when it is none that is read, or, while its pieces are read, when it breaks off; a
    FileRefused where there is something to keep.
    """
    name = source or path.name.partition(".")[0]
    try:
        opened = _opened(path, source, mapping, zone)
    except InputRefused as failure:
        raise quarantine.refused_file(path, name, failure) from failure
    pieces = quarantine.FilePieces(path, name, opened.pieces)
    return replace(opened, pieces=pieces, source=name, finished=pieces.finished)


def _opened(path: Path, source: str | None, mapping: Mapping[str, str] | None, zone: str) -> Reading:
    if path.is_dir():
        raise InputRefused(f"{path.name}\u00a0: ce dossier ne contient aucun fichier.")
    kind = recognise(path)
    pieces = read_file(path, source=source, mapping=mapping, zone=zone)
    note = ""
    if kind in TABLES:
        columns = table_columns(path)
        lines = mapping_lines(chosen_mapping(columns, mapping), columns)
        note = "\n".join([f"{path.name}\u00a0: {kind}, colonnes lues ainsi", *lines])
    named = _by_host(pieces) if source is None and kind in WEB else pieces
    return Reading(str(kind), named, complete=kind in COMPLETE, note=note)


def _by_host(pieces: Pieces) -> Pieces:
    """Saved pages of one site are one source, whatever their files are called."""
    for piece in pieces:
        if isinstance(piece, Article) and piece.url:
            yield replace(piece, source=host_of(piece.url))
        else:
            yield piece
