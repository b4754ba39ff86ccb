"""What a round of visits says: a bar on a terminal, one line per source everywhere."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn

from dashboard.french.checks import printable
from dashboard.french.formats import counted, number
from dashboard.french.reports import Counts, told


class Part(Counts, Protocol):
    """What became of one source."""

    failures: list[str]


class Visited(Protocol):
    """What a round gave."""

    @property
    def report(self) -> Part: ...

    failed: dict[str, str]
    notices: list[str]
    interrupted: bool


class Teller:
    """Prints a line when a source was visited; below it, on a terminal, a bar shows where the round is."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console()
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
        )
        terminal = self._console.is_terminal
        self._progress = Progress(*columns, console=self._console, transient=True, disable=not terminal)
        self._task: TaskID | None = None
        self._pieces = 0
        self._places: dict[str, str] = {}

    def begins(self, name: str, position: int, total: int) -> None:
        """A source is about to be visited."""
        if self._task is None:
            self._progress.start()
            self._task = self._progress.add_task(name, total=total)
        self._pieces, self._places[name] = 0, f"{position}/{total}"
        self._progress.update(self._task, description=name, completed=position - 1)

    def advances(self, name: str) -> None:
        """Another piece was read."""
        self._pieces += 1
        if self._task is not None:
            said = f"{name}\u00a0: {counted(self._pieces, 'lu')}"
            self._progress.update(self._task, description=said)

    def ends(self, name: str, part: Part) -> None:
        """Say what became of the source."""
        for line in source_lines(self._places[name], name, part):
            self._console.print(printable(line), markup=False, highlight=False, soft_wrap=True)

    def closes(self) -> None:
        """Take the bar away."""
        if self._task is not None:
            self._progress.stop()


def source_lines(place: str, name: str, part: Part) -> Iterator[str]:
    """« 2/5 Revue : 3 nouveaux, 0 modifié, 995 inchangés. Lu par l’API WordPress. », then what failed."""
    counts = (
        f"{number(part.new)} {'nouveaux' if part.new > 1 else 'nouveau'}, "
        f"{counted(part.changed, 'modifié')}, {counted(part.unchanged, 'inchangé')}"
    )
    for count, word in ((part.removed, "retiré"), (part.refused, "refusé")):
        counts += f", {counted(count, word)}" if count else ""
    notes = [line for note in part.notes for line in note.splitlines()]
    yield f"{place} {name}\u00a0: {counts}." + (f" {notes[0]}" if len(notes) == 1 else "")
    yield from (f"    {line}" for line in notes if len(notes) > 1)
    yield from (f"    Échec\u00a0: {line}" for failure in part.failures for line in failure.splitlines())


def round_lines(found: Visited) -> Iterator[str]:
    """The end of a round: what became of everything, and who failed."""
    yield from found.notices
    # How each was read stands with its source already.
    yield from islice(told(found.report), len(found.report.notes), None)
    if found.failed:
        yield f"En échec\u00a0: {failing(found.failed)}."
    if found.interrupted:
        yield "Visite interrompue\u00a0: ce qui était lu est gardé, la suite à la prochaine."


def failing(failed: Mapping[str, str]) -> str:
    """The names of the sources that failed, with their number."""
    return f"{counted(len(failed), 'source')} ({', '.join(failed)})"
