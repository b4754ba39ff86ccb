"""The learned layer: what the features of two countries weigh, each alone and all in company."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain
from math import exp, inf, log
from typing import Any, NamedTuple

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

    `sums` answers whether there is a conflict and whether a cooperation, in log-odds. `rows` are the features
    known, by row of the model; `aspects` is their bearing together, `length` their size together.
    """

    sums: tuple[float, float]
    rows: Sequence[int]
    aspects: Matrix
    length: float


class Manner(NamedTuple):
    """How a pair acts: log-odds that the first named does and that both do, and the score to be expected."""

    forward: float
    mutual: float
    severity: float
    warmth: float


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of features, one row each.

    With x the features that are on, each of its size, at length 1: conflict and cooperation are
    w·x + u·A·u, where u are the aspects of x and A is `company`. Thus a feature j speaks for w_j + a_j·A·u:
    for itself, and by what it is together with. That adds up to the answer exactly. `company` holds the A of
    conflict and, to the right of it, that of cooperation; `presence` the two w, the aspects and the squared
    size, of the `plain` features; `manner`, the weights of the other questions, also of those `of_manner`.
    """

    names: list[str]
    plain: dict[str, int]
    of_manner: dict[str, int]
    presence: Matrix
    manner: Matrix
    company: Matrix
    intercepts: Matrix
    rivalry: tuple[Rivalry, Rivalry]
    conflict_from: float
    cooperation_from: float
    faintest: float

    def weigh(self, shared: set[str], pairs: Sequence[set[str]]) -> list[Weighed]:
        """What each pair comes to by its own features and those `shared` by all pairs of the sentence."""
        common = _known(self.plain, shared)
        rows = [_known(self.plain, own) for own in pairs]
        starts = [0, *accumulate(map(len, rows[:-1]))]
        sums = np.add.reduceat(self.presence.take(list(chain(*rows)), axis=0), starts, axis=0)
        sums += self.presence.take(common, axis=0).sum(axis=0)
        lengths = np.sqrt(sums[:, -1])
        sums /= lengths[:, None]
        aspects = sums[:, IN_COMPANY:-1]
        answers = sums[:, :IN_COMPANY] + self.intercepts[:IN_COMPANY]
        together = (aspects @ self.company).reshape(len(pairs), IN_COMPANY, -1)
        answers += (together * aspects[:, None]).sum(axis=2)
        return [
            Weighed((conflict, cooperation), common + own, seen, length)
            for (conflict, cooperation), own, seen, length in zip(
                answers.tolist(), rows, aspects, lengths.tolist(), strict=True
            )
        ]

    def manner_of(self, weighed: Weighed, more: set[str]) -> Manner:
        """How a pair acts, by the features weighed and those that tell of nothing else."""
        rows = [*weighed.rows, *_known(self.of_manner, more)]
        sums = self.manner.take(rows, axis=0).sum(axis=0) / weighed.length
        return Manner(*(sums + self.intercepts[IN_COMPANY:]).tolist())

    def parts(self, weighed: Weighed, question: int, least: float = 0.0) -> list[tuple[str, float]]:
        """What each feature adds to one of the first two answers, if it adds or takes `least`."""
        found, size = self.presence.take(weighed.rows, axis=0), len(weighed.aspects)
        company = weighed.aspects @ self.company[:, question * size : (question + 1) * size]
        told = (found[:, question] + found[:, IN_COMPANY:-1] @ company) / weighed.length
        return [
            (self.names[weighed.rows[at]], float(told[at]))
            for at in np.flatnonzero(np.abs(told) >= least).tolist()
        ]


def _known(numbers: dict[str, int], features: set[str]) -> list[int]:
    """The numbers of the `features` known, in one order whatever the order of the set."""
    find = numbers.get
    return sorted([row for feature in features if (row := find(feature)) is not None])


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


def log_odds(probability: float) -> float:
    """The log-odds that stand for a probability between 0 and 1."""
    return log(probability / (1 - probability))


@cache
def _number(cell: str) -> float:
    """What a cell of weights.tsv says; of its millions of cells few are written in a way of their own."""
    return float(cell or 0)


@cache
def model() -> Model:
    """The weights that come with the coder (weights.tsv, company.json, thresholds.json)."""
    text = (tables.DATA / "weights.tsv").read_text(encoding="utf-8")
    head, *lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    # Features without a size follow the others: `presence` ends before them. The most frequent ones, of the
    # smallest size, stand together, where they are read fastest.
    lines.sort(key=lambda line: _number(line[1]) or inf)
    table = np.zeros((len(lines), len(head) - 1), np.float32)
    for row, (_, *cells) in enumerate(lines):
        table[row, : len(cells)] = list(map(_number, cells))
    sizes, answers, aspects = np.split(table, [1, 1 + len(QUESTIONS)], axis=1)
    answers *= np.where(sizes, sizes, 1)
    presence = np.hstack([answers[:, :IN_COMPANY], aspects * sizes, sizes**2])[: np.count_nonzero(sizes)]
    names = [name for name, *_ in lines]
    limits = json.loads((tables.DATA / "thresholds.json").read_text(encoding="utf-8"))
    company = json.loads((tables.DATA / "company.json").read_text(encoding="utf-8"))
    conflict, cooperation = QUESTIONS[:IN_COMPANY]
    return Model(
        names=names,
        plain={name: row for row, name in enumerate(names[: len(presence)])},
        of_manner={name: row for row, name in enumerate(names) if row >= len(presence)},
        presence=np.ascontiguousarray(presence),
        manner=np.ascontiguousarray(answers[:, IN_COMPANY:]),
        company=np.hstack([np.array(company[name], np.float32) for name in (conflict, cooperation)]),
        intercepts=np.array([limits["intercepts"][question] for question in QUESTIONS], np.float32),
        rivalry=(tuple(limits["rivalry"][conflict]), tuple(limits["rivalry"][cooperation])),
        conflict_from=limits[conflict],
        cooperation_from=limits[cooperation],
        faintest=log_odds(min(limits[conflict], limits[cooperation])),
    )
