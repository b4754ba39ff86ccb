"""Texts longer than two lines, written in Markdown beside this file."""

import re
from functools import cache
from importlib import resources

from dashboard.french.formats import NBSP

# Typed as plain spaces, which a line could break at: before a double mark, and inside « ».
BEFORE_MARK, INSIDE = re.compile(r"(?<!\s) (?=[:;!?»%‰])"), re.compile(r"(?<=«) ")


@cache
def text(name: str) -> str:
    """The text of that name, for example « chronologies », with its no-break spaces."""
    typed = resources.files("dashboard.french.prose").joinpath(f"{name}.md").read_text(encoding="utf-8")
    parts = typed.split("`")
    parts[::2] = [INSIDE.sub(NBSP, BEFORE_MARK.sub(NBSP, part)) for part in parts[::2]]  # code stays as it is
    return "`".join(parts)
