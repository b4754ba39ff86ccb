"""What is remembered of the visits to each source: its health, and what the next visit needs to read less."""

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dashboard.errors import InputRefused

FILE_NAME = "sync.json"
# A source that nobody could read for this long is told as stale.
STALE = timedelta(days=3)
NOT_READ = "La mémoire des visites (sync.json) est illisible\u00a0: tout sera relu à la prochaine visite."
VALUES = {"marks": str, "validators": list, "files": list, "missing": int}


@dataclass
class Memory:
    """What a reader keeps between two visits; to lose it costs a full reading and nothing else.

    `road` is how the source was read, `entry` the address at which that road begins, `found` when it was
    found open. `marks` says under each key (an article's, or the address of a page) in what state it was
    seen; `whole` that everything there was has been seen once. `validators` are the ETag and Last-Modified of
    each address, `files` the size and date of each file, `missing` how many visits in a row did not find a
    page, `turn` the last page that was read again.
    """

    road: str = ""
    entry: str = ""
    found: str = ""
    whole: bool = False
    marks: dict[str, str] = field(default_factory=dict)
    validators: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[int]] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    turn: str = ""


@dataclass
class Visits:
    """The visits to one source; moments are ISO 8601 in UTC, "" for never.

    `listed_in` is the file that named the source at its last visit. `error` says in French why the last visit
    failed, "" when it did not; `failing_since` is the first of the visits that failed in a row.
    """

    address: str = ""
    listed_in: str = ""
    visited: str = ""
    succeeded: str = ""
    error: str = ""
    failing_since: str = ""
    failures: int = 0
    memory: Memory = field(default_factory=Memory)

    def succeed(self, now: datetime) -> None:
        """Note a visit that went well."""
        self.visited = self.succeeded = written(now)
        self.error, self.failing_since, self.failures = "", "", 0

    def fail(self, now: datetime, error: str) -> None:
        """Note a visit that failed."""
        self.visited, self.error = written(now), error
        self.failing_since = self.failing_since or self.visited
        self.failures += 1

    @property
    def last_visit(self) -> datetime | None:
        """None before the first."""
        return moment(self.visited)

    @property
    def last_success(self) -> datetime | None:
        """None before the first."""
        return moment(self.succeeded)

    @property
    def failing_from(self) -> datetime | None:
        """The first of the visits that failed in a row; None when the last one went well."""
        return moment(self.failing_since)

    def is_stale(self, now: datetime) -> bool:
        """Whether nobody could read the source for longer than STALE."""
        return self.last_success is None or now - self.last_success > STALE


def load(folder: Path) -> dict[str, Visits]:
    """The visits by name of source; empty before the first. Raises InputRefused when the file is damaged."""
    try:
        given = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        return {str(name): _visits(each) for name, each in given["sources"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputRefused(NOT_READ, detail=repr(error)) from error


def save(folder: Path, visits: dict[str, Visits]) -> None:
    """Write the visits in the place of the old ones, in one step. Raises InputRefused on a full disk."""
    text = json.dumps({"sources": {name: asdict(each) for name, each in visits.items()}}, ensure_ascii=False)
    fresh = folder / f"{FILE_NAME}.{os.getpid()}"
    try:
        with fresh.open("w", encoding="utf-8", errors="replace") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / FILE_NAME)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise InputRefused("La mémoire des visites n’a pas pu être écrite.", detail=str(error)) from error


def written(now: datetime) -> str:
    """A moment as it is remembered, to the second."""
    return now.astimezone(UTC).isoformat(timespec="seconds")


def moment(text: str) -> datetime | None:
    """The moment that was remembered; None for never."""
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def _visits(given: dict[str, Any]) -> Visits:
    """Raises TypeError or ValueError for anything that `save` would not have written."""
    found = Visits(**{**given, "memory": Memory(**given["memory"])})
    for known, usual in ((found, Visits()), (found.memory, Memory())):
        for name, value in vars(usual).items():
            if type(getattr(known, name)) is not type(value):
                raise TypeError(name)
    for name, sort in VALUES.items():
        if not all(isinstance(value, sort) for value in getattr(found.memory, name).values()):
            raise TypeError(name)
    for text in (found.visited, found.succeeded, found.failing_since, found.memory.found):
        moment(text)
    return found
