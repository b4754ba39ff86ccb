"""Where in a text the words of a query stand, and which words a query is about."""

from collections.abc import Callable, Iterator

from dashboard.query_tree import And, Match, Not, Or, Query, Word, Words
from dashboard.terms import Place, located, stem

Hit = tuple[int, int]
Test = Callable[[str], bool]


def wanted(tree: Query) -> Iterator[Words]:
    """The words that a query looks for; those after « sauf » are left out."""
    match tree:
        case Words():
            yield tree
        case And(items) | Or(items):
            for item in items:
                yield from wanted(item)
        case Not():
            return


def is_asked_for(term: str, tree: Query) -> bool:
    """Whether a folded term is one of the words that the query looks for, or holds one of them."""
    parts = term.split(" ")
    return any(_accepts(word)(part) for words in wanted(tree) for word in words.items for part in parts)


def hits(tree: Query, text: str, *, title: bool = False) -> tuple[str, list[Hit]]:
    """The text in readable form, and the stretches of it that the query looks for: start, end; none overlap.

    `title` tells that the text is a title; what is looked for in titles only is found there alone.
    """
    readable, paragraphs = located(text)
    found: set[Hit] = set()
    for words in wanted(tree):
        if title or not words.title:
            tests = [_accepts(word) for word in words.items]
            for paragraph in paragraphs:
                found.update(_stretches(tests, words.within, paragraph))
    return readable, _joined(sorted(found))


def _stretches(tests: list[Test], within: int | None, paragraph: list[Place]) -> Iterator[Hit]:
    return _in_order(tests, paragraph) if within is None else _near(tests, paragraph, within)


def _accepts(word: Word) -> Test:
    match word.match:
        case Match.EXACT:
            return lambda term: term == word.text
        case Match.PREFIX:
            return lambda term: term.startswith(word.text)
        case Match.FORMS:
            root = stem(word.text)
            return lambda term: stem(term) == root


def _in_order(tests: list[Test], paragraph: list[Place]) -> Iterator[Hit]:
    for at in range(len(paragraph) - len(tests) + 1):
        if all(test(paragraph[at + i][0]) for i, test in enumerate(tests)):
            yield paragraph[at][1], paragraph[at + len(tests) - 1][2]


def _near(tests: list[Test], paragraph: list[Place], within: int) -> Iterator[Hit]:
    for at, (term, start, _) in enumerate(paragraph):
        if any(test(term) for test in tests):
            stretch = paragraph[at : at + within + len(tests)]
            firsts = [next((end for word, _, end in stretch if test(word)), None) for test in tests]
            ends = [end for end in firsts if end is not None]
            if len(ends) == len(tests):
                yield start, max(ends)


def _joined(found: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for start, end in found:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept
