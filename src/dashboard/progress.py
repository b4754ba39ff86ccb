"""A bar that grows on a terminal, and nothing in a log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

# Shorter work is over before the eye has found the bar.
WORTH_SHOWING = 200


@contextmanager
def bar(what: str, steps: int) -> Iterator[Callable[[int], None]]:
    """Show how much of `steps` is done; yields the function to tell of further steps."""
    console = Console(stderr=True)
    shown = console.is_terminal and steps >= WORTH_SHOWING
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not shown) as progress:
        task = progress.add_task(what, total=steps)
        yield lambda done: progress.advance(task, done)
