"""What `vigie check` says: whether the corpus is sound, what was refused or removed, which sources fail."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from dashboard.french.formats import counted
from dashboard.french.visits import Visited, state

MOST_REFUSALS = 30


class Refusals(Protocol):
    """What was refused of one source for one reason."""

    @property
    def source(self) -> str: ...

    @property
    def reason(self) -> str: ...

    @property
    def count(self) -> int: ...

    @property
    def place(self) -> str: ...


class Soundness(Protocol):
    """What a check found."""

    @property
    def problems(self) -> Sequence[str]: ...

    @property
    def sums(self) -> Mapping[str, Any]: ...

    @property
    def refusals(self) -> Sequence[Refusals]: ...


def report(found: Soundness) -> Iterator[str]:
    """What the corpus holds and whether it is sound, then what was refused and removed."""
    yield from _verdict(found)
    yield from map(printable, _refused(found.refusals))
    if found.sums["removed"]:
        removed = counted(found.sums["removed"], "article retiré", "articles retirés")
        yield f"À la source\u00a0: {removed} depuis le début."


def health(visits: Mapping[str, Visited], now: datetime) -> Iterator[str]:
    """The sources that fail, or that nobody could read for long, each with its last error."""
    for name, visited in visits.items():
        if visited.error or visited.is_stale(now):
            said = f"{name}\u00a0: {state(visited, now)}."
            yield printable(f"{said} {' '.join(visited.error.splitlines())}".rstrip())


def printable(text: str) -> str:
    """The text without what could command a terminal."""
    return "".join(char if char.isprintable() or char in "\u00a0\u202f" else "\ufffd" for char in text)


def _verdict(found: Soundness) -> Iterator[str]:
    sums = found.sums
    copies, undated = counted(sums["copies"], "copie"), counted(sums["undated"], "sans date", "sans date")
    yield (
        f"État {sums['snapshot']}, lu en entier\u00a0: {counted(sums['articles'], 'article')} "
        f"= {counted(sums['counted'], 'compté')} + {copies}\u00a0; {undated}\u00a0; "
        f"{counted(sums['events'], 'événement')}, {counted(sums['sources'], 'source')}."
    )
    if found.problems:
        yield "Ce corpus n’est pas sain\u00a0:"
        yield from (f"  – {problem}" for problem in found.problems)
    else:
        yield "Tout est en ordre."


def _refused(refusals: Sequence[Refusals]) -> Iterator[str]:
    if refusals:
        total = counted(sum(each.count for each in refusals), "morceau refusé", "morceaux refusés")
        yield f"À la lecture\u00a0: {total}, à voir avec sa raison sur la page Sources."
    for each in refusals[:MOST_REFUSALS]:
        yield f"  {each.count}\u00a0× {each.source}\u00a0: {each.reason} ({each.place})"
    if len(refusals) > MOST_REFUSALS:
        yield f"  et {counted(len(refusals) - MOST_REFUSALS, 'autre raison', 'autres raisons')}."
