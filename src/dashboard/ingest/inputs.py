"""What the words on a command line stand for: files, folders of files, addresses of sites and feeds."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from dashboard.corpus.snapshots import LOCK
from dashboard.errors import InputRefused
from dashboard.ingest import quarantine
from dashboard.ingest.article import Article
from dashboard.ingest.fetching import Fetcher
from dashboard.ingest.files import is_file, is_folder
from dashboard.ingest.kinds import Kind, read_file, recognise
from dashboard.ingest.mapping import chosen_mapping, mapping_lines
from dashboard.ingest.pieces import DEFAULT_ZONE, Pieces
from dashboard.ingest.readings import Input, Reading, refuse
from dashboard.ingest.tables import table_columns
from dashboard.ingest.wordpress import TELL_ALL, open_site

# These say of an article all that there is to say; the others show a part: an excerpt, one tag of many.
COMPLETE = {Kind.PAGE, Kind.WXR, Kind.CSV, Kind.JSON, Kind.PARQUET}
TABLES = {Kind.CSV, Kind.JSON, Kind.PARQUET}
WEB = {Kind.PAGE, Kind.ARCHIVE, Kind.FEED}
WEB_BEGINS = ("http://", "https://")


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
        if refused := _no_place(name):
            yield Input(name, partial(refuse, InputRefused(refused)))
        elif name.startswith(WEB_BEGINS):
            yield site_input(name, source=source or host_of(name), fetcher=fetcher)
        else:
            for file in files_of(Path(name)):
                yield Input(file.name, partial(file_reading, file, source=source, mapping=mapping))


def _no_place(name: str) -> str:
    """Why nothing can lie where these words point, "" when something can."""
    if not name.strip():
        return "Un nom vide ne désigne ni fichier, ni dossier, ni site."
    try:
        parts = urlsplit(name)
        web = name.startswith(WEB_BEGINS) and bool(parts.hostname) and parts.port != 0
    except ValueError:  # such as a port that is no number
        web = False
    return "" if web or "://" not in name else f"{name[:200]}\u00a0: ce n’est pas une adresse http ou https."


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

    return Input(url, read, afar=True)


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
    try:
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # no number, or one that no port has
        port = ""
    return (parts.hostname or url).removeprefix("www.") + port


def files_of(path: Path) -> list[Path]:
    """The file, or those of the folder by name, hidden ones and a corpus aside; an empty folder is itself."""
    if not is_folder(path):
        return [path]
    found = sorted(
        Path(folder, name)
        for folder, _, names in os.walk(path)
        if LOCK not in names
        for name in names
        if not name.startswith(".") and is_file(Path(folder, name))
    )
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
    if is_folder(path):
        raise InputRefused(f"{path.name}\u00a0: ce dossier ne contient aucun fichier.")
    kind = recognise(path)
    pieces = read_file(path, source=source, mapping=mapping, zone=zone)
    note = ""
    if kind in TABLES:
        columns = table_columns(path)
        if not columns:
            raise InputRefused(f"{path.name} ne contient aucune ligne qui se lise comme un article.")
        lines = mapping_lines(chosen_mapping(columns, mapping, name=path.name), columns)
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
