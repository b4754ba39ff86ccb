"""French words that say nothing about a text, and what else never stands in a list of words."""

from functools import cache
from importlib import resources


@cache
def stopwords() -> frozenset[str]:
    """The folded words of stopwords.txt."""
    text = resources.files("dashboard.french").joinpath("stopwords.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def says_something(term: str) -> bool:
    """Whether a folded term is worth listing: no stop word, no number, no single letter."""
    return len(term) > 1 and not term[0].isdigit() and term not in stopwords()
