"""Reading the word lists beside the coder: tab-separated, comment lines start with #, one header line."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from dashboard.errors import InputRefused

DATA: Traversable = files("dashboard.coding") / "data"


def rows(text: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of a table by column name; missing cells are empty.

    Raises InputRefused when a row has more cells than the header names.
    """
    header: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            raise InputRefused(
                f"Liste « {name} », ligne {number} : {len(cells)} colonnes au lieu de {len(header)}.",
                detail=line[:200],
            )
        yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


def shipped(name: str) -> Iterator[dict[str, str]]:
    """The rows of a list that comes with the coder, such as "masks.tsv"."""
    return rows((DATA / name).read_text(encoding="utf-8"), name)


def given(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a list given by a user; raises InputRefused when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(f"La liste « {path} » est illisible.", detail=str(error)) from error
    return rows(text, path.name)
