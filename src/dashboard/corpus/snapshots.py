"""Where snapshots lie in a corpus folder, which one is current, and who may write.

A snapshot is a file `corpus-00000012.duckdb` that never changes once it is named; the small file `CURRENT`
holds the name of the one to read. A writer holds a lock on `.writer` and works on a private copy.
"""

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from dashboard.errors import CorpusDamaged, CorpusMissing, InputRefused, WriterBusy

POINTER = "CURRENT"
LOCK = ".writer"
VISITS = ".visits"
BETWEEN_TRIALS = 0.2
NAME = re.compile(r"corpus-\d{8,}\.duckdb")
# A reader that opened a snapshot keeps it open while it is deleted; the others are for going back by hand.
KEPT = 3
NOT_WRITTEN = "Le corpus n’a pas pu être écrit (disque plein\u202f?)\u00a0: rien n’a changé."


def path_of(folder: Path, number: int) -> Path:
    """The file of snapshot `number`."""
    return folder / f"corpus-{number:08d}.duckdb"


def current(folder: Path) -> Path:
    """The published snapshot to read.

    Raises CorpusMissing when nothing was published there, CorpusDamaged when the pointer names no file.
    """
    try:
        name = (folder / POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise CorpusMissing(
            "Il n’y a pas encore de corpus ici. "
            "Créez-le avec «\u00a0vigie demo\u00a0» ou «\u00a0vigie ingest\u00a0».",
            detail=str(folder),
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusDamaged("Le dossier du corpus est illisible.", detail=f"{folder}: {error}") from error
    path = folder / name
    if not NAME.fullmatch(name) or not path.is_file():
        raise CorpusDamaged("Le corpus publié est introuvable\u00a0: son fichier manque.", detail=str(path))
    return path


def number_of(path: Path) -> int:
    """The number of the snapshot in that file."""
    return int(path.stem.removeprefix("corpus-"))


@contextmanager
def writing(folder: Path, *, patience: float = 0.0) -> Iterator[Path | None]:
    """Hold the right to write; yields the current snapshot, or None in an empty folder.

    Raises WriterBusy when another process holds it for longer than `patience` (seconds). What a killed writer
    left behind is removed first.
    """
    with _held(folder, LOCK, patience):
        tidy(folder)
        yield current(folder) if (folder / POINTER).exists() else None


@contextmanager
def visiting(folder: Path) -> Iterator[None]:
    """Hold the right to visit sources, which takes long and keeps no writer waiting.

    Raises WriterBusy when another process visits them or writes at this moment.
    """
    with _held(folder, VISITS, 0.0):
        with _held(folder, LOCK, 0.0):
            pass
        yield


@contextmanager
def _held(folder: Path, name: str, patience: float) -> Iterator[None]:
    """Hold the lock of that name."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / name).open("a")
    except OSError as error:
        raise InputRefused("Impossible d’écrire dans le dossier du corpus.", detail=str(error)) from error
    with lock:
        until = time.monotonic() + patience
        while not _taken(lock):
            if time.monotonic() >= until:
                raise WriterBusy(
                    "Une autre mise à jour du corpus est en cours\u00a0: réessayez dans un instant."
                )
            time.sleep(BETWEEN_TRIALS)
        yield


def _taken(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def told_when_full() -> Iterator[None]:
    """Say in French that the disk did not take what had to be written. Raises InputRefused."""
    try:
        yield
    except OSError as error:
        raise InputRefused(NOT_WRITTEN, detail=str(error)) from error


def tidy(folder: Path) -> None:
    """Remove what a writer left: its copy, and the folder of what DuckDB could not hold in memory."""
    for leftover in folder.glob("staging-*"):
        if leftover.is_dir():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()


def next_number(folder: Path) -> int:
    """One more than any snapshot that lies there, the one a pointer was set back from by hand included."""
    return max(map(number_of, _published(folder)), default=0) + 1


def stage(folder: Path, base: Path | None) -> Path:
    """A private copy of `base` to work on, or the name of a file that does not exist yet.

    Raises InputRefused when there is no room for the copy.
    """
    staged = folder / f"staging-{os.getpid()}.duckdb"
    if base:
        try:
            with told_when_full():
                shutil.copyfile(base, staged)
        except InputRefused:
            staged.unlink(missing_ok=True)
            raise
    return staged


def publish(folder: Path, staged: Path, number: int) -> Path:
    """Make a finished file the current snapshot, durably: either all readers-to-come see it, or none does.

    Raises InputRefused when the disk does not take it.
    """
    published = path_of(folder, number)
    with told_when_full():
        _sync(staged)
        staged.rename(published)
        _sync(folder)
        pointer = folder / f"staging-{os.getpid()}.pointer"
        pointer.write_text(published.name, encoding="ascii")
        _sync(pointer)
        pointer.replace(folder / POINTER)
        _sync(folder)
    for old in _published(folder)[:-KEPT]:
        if old != published:
            old.unlink()
    return published


def _published(folder: Path) -> list[Path]:
    """The snapshots that lie there, the oldest first; a copy that somebody keeps beside them is none."""
    return sorted((path for path in folder.iterdir() if NAME.fullmatch(path.name)), key=number_of)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
