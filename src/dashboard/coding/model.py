"""The learned layer: what the features of two countries weigh, each alone and all in company."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Any

import numpy as np

from dashboard.coding import tables

Matrix = np.ndarray[Any, np.dtype[np.float32]]
# What is asked of a pair of countries: one column of weights.tsv each.
QUESTIONS = ("conflict", "cooperation", "forward", "mutual", "severity", "warmth")
# The first two questions also depend on which features come together.
IN_COMPANY = 2
# From this probability a pair may both quarrel and cooperate in one sentence.
BOTH = 0.5
Standing = tuple[float, float, float, float]
Rivalry = tuple[float, ...]
# Log-odds further apart than this are all the same.
FAR = 3.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the known features of one pair come to.

    `sums` answers QUESTIONS: four in log-odds, the last two in points of score. `rows` are the features
    known, by row of the model; `aspects` is their bearing together, `length` their size together.
    """

    sums: tuple[float, ...]
    rows: Sequence[int]
    aspects: Matrix
    length: float


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of features, one row each: a column a question, then a column an aspect, then the squared size.

    With x the features that are on, each of its size, at length 1: the answers are w·x, and for conflict and
    cooperation w·x + u·A·u, where u are the aspects of x and A is `company`. Thus a feature j speaks for
    w_j + a_j·A·u: for itself, and by what it is together with. That adds up to the answer exactly.
    """

    names: list[str]
    numbers: dict[str, int]
    table: Matrix
    company: Matrix
    intercepts: Matrix
    rivalry: tuple[Rivalry, Rivalry]
    conflict_from: float
    cooperation_from: float

    def weigh(self, shared: set[str], pairs: Sequence[set[str]]) -> list[Weighed]:
        """What each pair comes to by its own features and those `shared` by all pairs of the sentence."""
        common = self._known(shared)
        rows = [self._known(own) for own in pairs]
        starts = np.cumsum([0, *map(len, rows[:-1])])
        sums = np.add.reduceat(self.table.take(np.concatenate(rows), axis=0), starts, axis=0)
        sums += self.table.take(common, axis=0).sum(axis=0)
        lengths = np.sqrt(sums[:, -1])
        sums /= lengths[:, None]
        aspects = sums[:, len(QUESTIONS) : -1]
        answers = sums[:, : len(QUESTIONS)] + self.intercepts
        answers[:, :IN_COMPANY] += ((aspects @ self.company) * aspects).sum(axis=2).T
        return [
            Weighed(tuple(told), common + own, seen, length)
            for told, own, seen, length in zip(answers.tolist(), rows, aspects, lengths.tolist(), strict=True)
        ]

    def _known(self, features: set[str]) -> list[int]:
        """The rows of `features`, in one order whatever the order of the set."""
        find = self.numbers.get
        return sorted([row for feature in features if (row := find(feature)) is not None])

    def parts(self, weighed: Weighed, question: int, least: float = 0.0) -> list[tuple[str, float]]:
        """What each feature adds to one of the first two answers, if it adds or takes `least`."""
        found = self.table.take(weighed.rows, axis=0)
        company = self.company[question] @ weighed.aspects
        told = (found[:, question] + found[:, len(QUESTIONS) : -1] @ company) / weighed.length
        return [
            (self.names[row], part)
            for row, part in zip(weighed.rows, told.tolist(), strict=True)
            if abs(part) >= least
        ]


def rivals(ends: Sequence[tuple[str, str]], log_odds: Sequence[float]) -> list[Standing]:
    """How each pair of a sentence stands among the others, from the log-odds of one class of event.

    Whether there are others, how far it is behind the likeliest of them (0 or less) or ahead (0 or more), and
    the weaker of the two likeliest pairs that share its one or its other country. All 0 for an only pair.
    """
    if len(ends) == 1:
        return [(0.0, 0.0, 0.0, 0.0)]
    best, second = sorted(log_odds, reverse=True)[:2]
    shared: dict[str, list[float]] = {}
    for pair, own in zip(ends, log_odds, strict=True):
        for code in pair:
            shared.setdefault(code, []).append(own)
    tops = {code: sorted(odds, reverse=True)[:2] for code, odds in shared.items()}
    found = []
    for (one, other), own in zip(ends, log_odds, strict=True):
        gap = own - (second if own == best else best)
        weaker = min(odds[1] if own == odds[0] else odds[0] for odds in (tops[one], tops[other]))
        found.append((1.0, max(min(gap, 0.0), -FAR), min(max(gap, 0.0), FAR), max(weaker, -FAR - 1)))
    return found


def kept(conflict: float, cooperation: float, limits: tuple[float, float]) -> tuple[bool, bool]:
    """Whether a conflict and a cooperation with these chances are kept; the weaker one only if likely."""
    keeps = (conflict >= limits[0], cooperation >= limits[1])
    if all(keeps) and min(conflict, cooperation) < BOTH:
        stronger = conflict - limits[0] >= cooperation - limits[1]
        return stronger, not stronger
    return keeps


def likelihood(log_odds: float) -> float:
    """The probability that log-odds stand for."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


@cache
def model() -> Model:
    """The weights that come with the coder (weights.tsv, company.json, thresholds.json)."""
    names, lines = [], []
    for line in (tables.DATA / "weights.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "feature\t")):
            name, *cells = line.split("\t")
            names.append(name)
            lines.append([float(cell or 0) for cell in cells])
    table = np.array(lines, np.float32)
    sizes = table[:, :1]
    table = np.hstack([table[:, 1:] * sizes, sizes**2])
    limits = json.loads((tables.DATA / "thresholds.json").read_text(encoding="utf-8"))
    company = json.loads((tables.DATA / "company.json").read_text(encoding="utf-8"))
    conflict, cooperation = QUESTIONS[:IN_COMPANY]
    return Model(
        names=names,
        numbers={name: row for row, name in enumerate(names)},
        table=table,
        company=np.array([company[conflict], company[cooperation]], np.float32),
        intercepts=np.array([limits["intercepts"][question] for question in QUESTIONS], np.float32),
        rivalry=(tuple(limits["rivalry"][conflict]), tuple(limits["rivalry"][cooperation])),
        conflict_from=limits[conflict],
        cooperation_from=limits[cooperation],
    )
