"""What a command does when the reader of its lines has seen enough, as `head` has after ten."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import rich.console


@contextmanager
def while_read() -> Iterator[None]:
    """Say what this block says for as long as somebody reads it; what follows the block is done all the same.

    Only for blocks that do nothing but tell: the rest of the block is left out.
    """
    try:
        yield
    except BrokenPipeError:
        silence()


def silence() -> None:
    """Send what goes into a closed pipe nowhere, so that the interpreter can empty its buffers at the end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


class Group(click.Group):
    """Commands that end quietly, with code 0, when their reader closes the pipe: it has what it wanted."""

    def make_context(self, *given: Any, **named: Any) -> click.Context:
        with while_read():
            return super().make_context(*given, **named)
        raise click.exceptions.Exit(0)

    def invoke(self, ctx: click.Context) -> Any:
        with while_read():
            return super().invoke(ctx)


class Console(rich.console.Console):
    """A console that falls silent when its reader has gone, while the work that it tells of goes on."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        silence()
