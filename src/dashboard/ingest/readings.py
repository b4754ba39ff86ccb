"""What there is to read and what became of it: an input, its reading once opened, the report of a run."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from dashboard.errors import VigieError
from dashboard.ingest.pieces import Piece


@dataclass(frozen=True, slots=True)
class Reading:
    """An input that was opened.

    What a `complete` one says of an article replaces what was known, its tags included; what another one
    says adds to it: a page of an archive names one tag of many. `note` tells in French how it is read.
    `present` gives, once all pieces are read, the keys of all that `source` still publishes, or None when it
    cannot tell: what is stored and not among them was removed there. `gone` gives, likewise, keys of articles
    that `source` took down one by one, each with the French reason to believe so. `finished` gives the name
    of the file that was read to its end, with which the places of its refusals begin; "" when it was not.
    """

    kind: str
    pieces: Iterable[Piece]
    complete: bool = False
    note: str = ""
    source: str = ""
    present: Callable[[], set[str] | None] = lambda: None
    gone: Callable[[], Mapping[str, str]] = dict
    finished: Callable[[], str] = str


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read: where it is, how to open it, and whether it comes from `afar` and may be slow."""

    address: str
    open: Callable[[], Reading]
    afar: bool = False


def refuse(failure: VigieError) -> Reading:
    """What opening an input comes to when it was refused before."""
    raise failure


@dataclass
class Report:
    """What became of everything that was read: read = new + changed + unchanged + refused + not_public."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    not_public: int = 0
    removed: int = 0
    duplicates: int = 0
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """The number of pieces that the sources yielded."""
        return self.new + self.changed + self.unchanged + self.refused + self.not_public

    def add(self, other: "Report") -> None:
        """Count what became of another input here too."""
        for name in ("new", "changed", "unchanged", "refused", "not_public", "removed", "duplicates"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.notes += other.notes
        self.failures += other.failures
