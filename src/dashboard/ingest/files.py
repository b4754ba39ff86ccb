"""Opening files of a corpus: gzip unpacked on the way, and stopped when it is a bomb."""

import gzip
import io
import os
import zlib
from pathlib import Path
from typing import BinaryIO, cast

from dashboard.errors import InputRefused

GZIP_MAGIC = b"\x1f\x8b"
# Text compresses by 3 to 10; what is a hundred times larger than its file was made to fill the memory.
MAX_RATIO = 100
ALWAYS_ALLOWED = 50_000_000


class _Unpacked(io.RawIOBase):
    """The content of a gzip file, refused once it is `MAX_RATIO` times larger than the file."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._stream = gzip.open(path, "rb")  # noqa: SIM115 closed by close()
        self._left = max(path.stat().st_size * MAX_RATIO, ALWAYS_ALLOWED)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._stream.read(len(view))
        except (OSError, EOFError, zlib.error) as broken:
            raise InputRefused(
                f"{self._name} est une archive gzip abîmée ou coupée.", detail=str(broken)
            ) from broken
        self._left -= len(data)
        if self._left < 0:
            raise InputRefused(f"{self._name} enfle démesurément une fois décompressé\u00a0: fichier refusé.")
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def is_folder(path: Path) -> bool:
    """False too where nothing can be known: no right to look, a name that no disk takes."""
    return os.path.isdir(path)  # noqa: PTH112  (the method of Path raises then)


def is_file(path: Path) -> bool:
    """Like `is_folder`; a pipe or a device is no file, for it cannot be read twice."""
    return os.path.isfile(path)  # noqa: PTH113


def opened(path: Path) -> BinaryIO:
    """The bytes of the file, unpacked when it is gzip.

    Raises InputRefused when it cannot be opened; reading raises it for a damaged archive or a bomb.
    """
    try:
        stream = path.open("rb")
    except FileNotFoundError as failure:
        raise InputRefused(f"{path.name}\u00a0: aucun fichier de ce nom.", detail=str(failure)) from failure
    except OSError as failure:
        raise InputRefused(f"{path.name} ne peut pas être lu.", detail=str(failure)) from failure
    start = stream.read(2)
    stream.seek(0)
    if start != GZIP_MAGIC:
        return stream
    stream.close()
    return io.BufferedReader(_Unpacked(path), 1 << 16)


def beginning(path: Path, size: int = 65_536) -> bytes:
    """The first bytes of the file, unpacked when it is gzip; b"" when it is empty."""
    with opened(path) as stream:
        return stream.read(size)
