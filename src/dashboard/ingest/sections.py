"""An article's section among the categories that its site gives it."""

import re
import unicodedata
from collections.abc import Iterable

KNOWN = (
    "Union européenne", "Russie", "Amériques", "Asie", "Afrique", "Moyen-Orient", "Le monde de demain",
)  # fmt: skip
_NO_SECTION = frozenset({"non-classe", "uncategorized", "sans-categorie", "non-categorise"})


def main_section(categories: Iterable[str]) -> str | None:
    """The first category that names a part of the world, else the first one; None when there is none."""
    named = [name for name in categories if name and slug(name) not in _NO_SECTION]
    known = (name for name in named if slug(name) in _SLUGS)
    return next(known, named[0] if named else None)


def known_section(name: str) -> str | None:
    """The section of that exact name; None for anything else, a tag « russie » in lower case included."""
    return name if name in KNOWN else None


def section_of_slug(found: str) -> str | None:
    """The section whose address ends in that slug, as in the class `category-union-europeenne`."""
    return _SLUGS.get(found)


def slug(name: str) -> str:
    """The name as addresses write it: « Union européenne » is `union-europeenne`."""
    decomposed = unicodedata.normalize("NFKD", name.lower())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


_SLUGS = {slug(name): name for name in KNOWN}
