"""Parsers that misbehave, for the child process of the tests to run."""

import ctypes
import sys
import time
from pathlib import Path


def length(data: bytes, **options: object) -> list[object]:
    return [len(data), options]


def toil(data: bytes) -> None:
    while True:
        pass


def sleep(data: bytes) -> None:
    time.sleep(60)


def devour(data: bytes) -> int:
    return len(bytearray(10**12))


def crash(data: bytes) -> None:
    ctypes.string_at(0)


def fail(data: bytes) -> None:
    raise KeyError("perdu")


def chatter(data: bytes) -> str:
    print("bavardage" * 10_000)
    sys.stdout.flush()
    return "réponse"


def recurse(data: bytes) -> None:
    recurse(data)


def write(data: bytes, path: str) -> None:
    Path(path).write_bytes(data)


def environment(data: bytes) -> list[str]:
    import os

    return sorted(os.environ)
