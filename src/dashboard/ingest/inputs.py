"""What the paths on a command line stand for: one input per file, those of a folder one by one."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from dashboard.ingest import captures
from dashboard.ingest.run import Input


def inputs_of(paths: Iterable[Path], source: str | None) -> Iterator[Input]:
    """The inputs behind these paths, folders opened, in the order given."""
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if not file.is_dir():
                yield Input(
                    kind="capture",
                    address=file.name,
                    read=lambda file=file: captures.read(file, source=source or "captures"),  # type: ignore[misc]
                )
