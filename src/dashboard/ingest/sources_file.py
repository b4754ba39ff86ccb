"""The file in which a team writes down its sources, read with all its mistakes told at once."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from dashboard.errors import InputRefused
from dashboard.ingest.mapping import NAMES
from dashboard.ingest.pieces import DEFAULT_ZONE

FILE_NAME = "sources.toml"
LARGEST = 1_000_000

_TOP = {"contact": str, "source": list}
_KEYS = {"name": str, "address": str, "timezone": str, "allow_private": bool, "columns": dict}
_SORTS = {str: "un texte entre guillemets", bool: "true ou false", dict: "une table", list: "[[source]]"}
_LINE = re.compile(r"at line (\d+)")
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Source:
    """One source as the team wrote it; `address` is on the web, or the whole path of a file or folder."""

    name: str
    address: str
    timezone: str = DEFAULT_ZONE
    allow_private: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def on_the_web(self) -> bool:
        """Whether the address is one of the web."""
        return self.address.startswith(_WEB)


@dataclass(frozen=True, slots=True)
class SourcesFile:
    """All sources of a team, in their order; `contact` is given to the sites that are visited."""

    path: Path
    sources: tuple[Source, ...]
    contact: str = ""


def beside(corpus: Path) -> Path:
    """Where the file is looked for when none is named: next to the folder of the corpus."""
    return corpus.resolve().parent / FILE_NAME


def read_sources(path: Path) -> SourcesFile:
    """The sources that the file names.

    Relative paths start at the folder of the file. Raises InputRefused with every mistake, one a line.
    """
    given = _parsed(path)
    entries = given.get("source", [])
    listed = [each for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []
    mistakes = [*_mistakes_at_top(given), *_mistakes_of(listed)]
    if mistakes:
        raise InputRefused("\n".join([f"{path.name}\u00a0: rien n’est lu, à corriger d’abord.", *mistakes]))
    sources = tuple(_source(entry, path.resolve().parent) for entry in listed)
    return SourcesFile(path.resolve(), sources, given.get("contact", ""))


def _parsed(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
        if len(data) > LARGEST:
            raise InputRefused(f"{path.name} est trop grand pour un fichier de sources.")
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except FileNotFoundError:
        sentence = (
            f"Il n’y a pas de fichier de sources\u00a0: {path}. "
            "Écrivez-le d’après data/sources.example.toml, ou nommez-le avec --sources."
        )
        raise InputRefused(sentence) from None
    except OSError as error:
        raise InputRefused(f"{path.name} ne peut pas être lu.", detail=str(error)) from error
    except UnicodeDecodeError as error:
        raise InputRefused(f"{path.name} n’est pas écrit en UTF-8.", detail=str(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise InputRefused(_not_toml(path.name, str(error), data), detail=str(error)) from error


def _not_toml(name: str, problem: str, data: bytes) -> str:
    """Where the writing is broken, with the line itself."""
    found = _LINE.search(problem)
    lines = data.decode("utf-8-sig", "replace").splitlines()
    number = int(found[1]) if found else len(lines)
    shown = lines[number - 1].strip()[:100] if 0 < number <= len(lines) else ""
    what = f"«\u00a0{shown}\u00a0» n’est pas du TOML" if shown else "le fichier s’arrête trop tôt"
    return f"{name}, ligne {number}\u00a0: {what}."


def _mistakes_at_top(given: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown("En tête", given, _TOP)
    yield from _wrong_sorts("En tête", given, _TOP)
    entries = given.get("source", [])
    if isinstance(entries, list):
        if not entries:
            yield "Aucune source\u00a0: ajoutez au moins un bloc [[source]]."
        if any(not isinstance(entry, dict) for entry in entries):
            yield "Chaque source s’écrit dans un bloc [[source]]."


def _mistakes_of(entries: list[dict[str, Any]]) -> Iterator[str]:
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        name = entry.get("name")
        known = isinstance(name, str) and bool(name.strip())
        who = f"Source «\u00a0{name}\u00a0»" if known else f"Source nº\u00a0{number}"
        yield from _unknown(who, entry, _KEYS)
        yield from _wrong_sorts(who, entry, _KEYS)
        yield from (
            f"{who}\u00a0: il manque {key}." for key in ("name", "address") if not _filled(entry, key)
        )
        yield from _wrong_values(who, entry)
        if known and str(name).strip() in seen:
            yield f"{who}\u00a0: deux sources portent ce nom."
        seen.add(str(name).strip())


def _filled(entry: Mapping[str, Any], key: str) -> bool:
    """Whether there is something to read; another sort of value is told elsewhere."""
    value = entry.get(key, "")
    return not isinstance(value, str) or bool(value.strip())


def _unknown(who: str, given: Mapping[str, Any], known: Mapping[str, type]) -> Iterator[str]:
    for key in given:
        if key not in known:
            yield f"{who}\u00a0: mot inconnu «\u00a0{key}\u00a0». Mots possibles\u00a0: {', '.join(known)}."


def _wrong_sorts(who: str, given: Mapping[str, Any], known: Mapping[str, type]) -> Iterator[str]:
    for key, sort in known.items():
        if key in given and not isinstance(given[key], sort):
            yield f"{who}\u00a0: {key} doit être {_SORTS[sort]}."


def _wrong_values(who: str, entry: Mapping[str, Any]) -> Iterator[str]:
    zone, address, columns = entry.get("timezone"), entry.get("address"), entry.get("columns")
    if isinstance(zone, str) and zone not in available_timezones():
        yield f"{who}\u00a0: fuseau horaire inconnu «\u00a0{zone}\u00a0» (par exemple Europe/Paris)."
    if isinstance(address, str) and "://" in address and not address.startswith(_WEB):
        yield f"{who}\u00a0: seules les adresses http et https sont visitées."
    if isinstance(columns, dict):
        for name, column in columns.items():
            if name not in NAMES:
                yield f"{who}\u00a0: champ inconnu «\u00a0{name}\u00a0». Champs\u00a0: {', '.join(NAMES)}."
            if not isinstance(column, str):
                yield f"{who}\u00a0: la colonne de {name} doit être {_SORTS[str]}."


def _source(entry: Mapping[str, Any], folder: Path) -> Source:
    address = entry["address"].strip()
    if not address.startswith(_WEB):
        address = str((folder / Path(address).expanduser()).resolve())
    return Source(
        name=entry["name"].strip(),
        address=address,
        timezone=entry.get("timezone", DEFAULT_ZONE),
        allow_private=entry.get("allow_private", False),
        columns=entry.get("columns", {}),
    )
