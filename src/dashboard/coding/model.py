"""The learned layer: weights of the features for each question asked of a pair of countries."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt

from dashboard.coding import tables

# One column of weights.tsv for each question.
QUESTIONS = ("conflict", "cooperation", "forward", "mutual", "severity", "warmth")
# A pair with many features on is not surer than one with few: sums are divided by the root of their number.
FULL, ROOT = 10.0, 8.0
# From this probability a pair may both quarrel and cooperate in one sentence.
BOTH = 0.5
Sums = tuple[float, float, float, float, float, float]
Standing = tuple[float, float, float, float]
Rivalry = tuple[float, ...]
# Log-odds further apart than this are all the same.
FAR = 3.0


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature in the order of QUESTIONS: four in log-odds, the last two in points of score.

    `both` holds the first two again, as one complex number that is summed in one step.
    `rivalry` holds for conflict and cooperation what the other pairs of the sentence take away or add.
    """

    weights: dict[str, Sums]
    both: dict[str, complex]
    intercepts: Sums
    rivalry: tuple[Rivalry, Rivalry]
    conflict_from: float
    cooperation_from: float

    def presence(self, features: Iterable[str]) -> tuple[float, float]:
        """The summed weights of `features` for conflict and cooperation alone; the intercepts are not in."""
        found = sum(filter(None, map(self.both.get, features)), 0j)
        return found.real, found.imag

    def sums(self, features: Iterable[str]) -> Sums:
        """The summed weights of `features` for each question; the intercepts are not in."""
        a = b = c = d = e = f = 0.0
        for found in map(self.weights.get, features):
            if found is not None:
                a += found[0]
                b += found[1]
                c += found[2]
                d += found[3]
                e += found[4]
                f += found[5]
        return a, b, c, d, e, f


def scale(features: int) -> float:
    """What the weights of a pair with so many features on are multiplied by."""
    return FULL / max(ROOT, sqrt(features + 1))


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
    """The weights that come with the coder (weights.tsv, thresholds.json)."""
    weights = {}
    for line in (tables.DATA / "weights.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#") and not line.startswith("feature\t"):
            feature, *cells = line.split("\t")
            a, b, c, d, e, f = (float(cell) if cell else 0.0 for cell in cells)
            weights[feature] = (a, b, c, d, e, f)
    limits = json.loads((tables.DATA / "thresholds.json").read_text(encoding="utf-8"))
    conflict, cooperation = (tuple(limits["rivalry"][name]) for name in QUESTIONS[:2])
    intercepts = weights.pop("(intercept)")
    both = {feature: complex(found[0], found[1]) for feature, found in weights.items()}
    from_ = limits["conflict"], limits["cooperation"]
    return Model(weights, both, intercepts, (conflict, cooperation), *from_)
