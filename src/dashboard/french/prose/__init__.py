"""Texts longer than two lines, written in Markdown beside this file."""

from functools import cache
from importlib import resources


@cache
def text(name: str) -> str:
    """The text of that name, for example « chronologies »."""
    return resources.files("dashboard.french.prose").joinpath(f"{name}.md").read_text(encoding="utf-8")
