"""Where fixed sequences of terms stand in a stream of terms."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


class Places:
    """Sequences of at least two term numbers, each with the number that it bears itself.

    They are kept as a tree that a whole stream walks at once: an edge is a node and the next term.
    """

    def __init__(self, sequences: Iterable[tuple[int, Sequence[int]]]) -> None:
        edges: dict[int, int] = {}
        numbers = [-1]
        for number, terms in sequences:
            node = 0
            for term in terms:
                node = edges.setdefault(node << 32 | term, len(numbers))
                numbers += [-1] * (node == len(numbers))
            numbers[node] = number
        self._edges = np.array(sorted(edges), np.int64)
        self._nodes = np.array([edges[edge] for edge in sorted(edges)], np.int64)
        self._numbers = np.array(numbers, np.int64)
        openings = self._edges[self._edges < 1 << 32]
        self._opens = np.zeros(int(openings.max(initial=-1)) + 1, bool)
        self._opens[openings] = True

    def among(self, terms: Integers, articles: Integers, positions: Integers) -> tuple[Integers, Integers]:
        """The number of every occurrence of a sequence in a stream of terms, and where in it that begins."""
        known = np.flatnonzero(terms < len(self._opens))
        at = known[self._opens[terms[known]]]
        nodes, step, found = np.zeros(len(at), np.int64), 0, []
        while len(at):
            edges = nodes << 32 | terms[at + step]
            reached = np.minimum(np.searchsorted(self._edges, edges), len(self._edges) - 1)
            goes_on = self._edges[reached] == edges
            at, nodes = at[goes_on], self._nodes[reached[goes_on]]
            ends = self._numbers[nodes] >= 0
            found.append((self._numbers[nodes[ends]], at[ends]))
            step += 1
            inside = at + step < len(terms)
            at, nodes = at[inside], nodes[inside]
            joined = (articles[at + step] == articles[at]) & (positions[at + step] == positions[at] + step)
            at, nodes = at[joined], nodes[joined]
        none = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        numbers, starts = (np.concatenate(part) for part in zip(*(found or none), strict=True))
        return numbers, starts
