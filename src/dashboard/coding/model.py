"""The learned layer: weights of the features for each question asked of a pair of countries."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import exp

from dashboard.coding import tables

# One column of weights.tsv for each question.
QUESTIONS = ("conflict", "cooperation", "forward", "mutual", "severity", "warmth")
# From this probability a pair may both quarrel and cooperate in one sentence.
BOTH = 0.5
Sums = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature in the order of QUESTIONS: four in log-odds, the last two in points of score."""

    weights: dict[str, Sums]
    intercepts: Sums
    conflict_from: float
    cooperation_from: float

    def presence(self, features: Iterable[str]) -> tuple[float, float]:
        """The summed weights of `features` for conflict and cooperation alone; the intercepts are not in."""
        a = b = 0.0
        for found in map(self.weights.get, features):
            if found is not None:
                a += found[0]
                b += found[1]
        return a, b

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
    return Model(weights, weights.pop("(intercept)"), limits["conflict"], limits["cooperation"])
