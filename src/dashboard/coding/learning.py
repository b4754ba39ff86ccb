"""Fitting the learned layer to labelled pairs of countries, with scikit-learn."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression, Ridge

from dashboard.coding.labelled import Row
from dashboard.coding.model import IN_COMPANY

Matrix = np.ndarray[Any, np.dtype[np.float64]]
Chosen = np.ndarray[Any, np.dtype[np.bool_]]

RARE, RARE_TWO = 2, 4  # a feature must be seen in so many pairs, two words in a row in more
# All below chosen by cross-validation.
RARER = 0.15  # size of a feature: the inverse of its share of the pairs, to this power
ALONE = 0.1  # what features weigh alone beside what they weigh in company
NOISE = 0.7
PRESENCE_STRENGTH = 6.0  # C of the logistic regressions
DIRECTION_STRENGTH, MUTUAL_STRENGTH = 30.0, 10.0
SHARPEST = 3.0  # log-odds that an answer of 1 stands for
ASPECTS = 32
FREQUENT = 0.15  # how much better frequent features are kept in the aspects
PLAIN = 0.2  # what an arguable relation is taken for, from -1 (none) to 1
RIDGE = 0.6
ARGUABLE = 0.4  # weight of a relation that is not required
SPARE, _TURNS = 16, 12  # directions and multiplications on the way to the aspects


class Columns:
    """Feature names as columns of a sparse matrix; rare features have none."""

    def __init__(self, rows: Sequence[Row]) -> None:
        seen = Counter(feature for row in rows for feature in row.features)
        self.names = sorted(
            feature
            for feature, times in seen.items()
            if times >= (RARE_TWO if feature.startswith("bb:") else RARE)
        )
        self.sizes = np.array([(len(rows) / seen[name]) ** RARER for name in self.names])
        self._number = {name: number for number, name in enumerate(self.names)}

    def matrix(self, rows: Sequence[Row]) -> csr_matrix:
        """One line a row, one column a feature: its size where it is on, each line brought to length 1."""
        indices: list[int] = []
        ends = [0]
        for row in rows:
            indices += sorted(self._number[f] for f in row.features if f in self._number)
            ends.append(len(indices))
        values = self.sizes[indices]
        lengths = np.sqrt(np.add.reduceat(values**2, ends[:-1]))
        values = values / np.repeat(lengths, np.diff(ends))
        shape = (len(rows), len(self.names))
        return csr_matrix((values, np.array(indices, np.int32), np.array(ends, np.int32)), shape=shape)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A learned layer, as `model.Model` uses it: weights (features × QUESTIONS), aspects, their company."""

    columns: Columns
    weights: Matrix
    intercepts: Matrix
    aspects: Matrix
    company: Matrix

    def answers(self, rows: Sequence[Row]) -> Matrix:
        """For each row the sums of QUESTIONS."""
        x = self.columns.matrix(rows)
        sums = np.asarray(x @ self.weights + self.intercepts)
        seen = x @ self.aspects
        for which in range(IN_COMPANY):
            sums[:, which] += ((seen @ self.company[which]) * seen).sum(axis=1)
        return sums

    def on_scale(self, scales: Sequence[tuple[float, float]]) -> "Fitted":
        """The same with the first answers turned into log-odds, by a slope and a shift each."""
        weights, intercepts, company = self.weights.copy(), self.intercepts.copy(), self.company.copy()
        for which, (slope, shift) in enumerate(scales):
            weights[:, which] *= slope
            company[which] *= slope
            intercepts[which] = slope * intercepts[which] + shift
        return replace(self, weights=weights, intercepts=intercepts, company=company)


def weight(truth: dict[str, Any] | None) -> float:
    """How much a pair counts in learning."""
    return 1.0 if truth is None or truth["required"] else ARGUABLE


def fit(rows: Sequence[Row]) -> Fitted:
    """Weights, aspects and company learned from `rows`; the first two answers lie about -1 to 1.

    These two are the sum of a logistic regression and of a ridge regression with the kernel
    (x·y + ALONE)², which weighs every two features together. Its matrix of weights is then brought down
    to ASPECTS directions, best kept where features are frequent. The other four answers are linear.
    """
    columns = Columns(rows)
    x = columns.matrix(rows)
    duals = _duals(x, rows)
    aspects, company = _aspects(x, duals)
    solved = [_presence(x, rows, which, dual) for which, dual in enumerate(duals.T)]
    solved += [_forward(x, rows), _mutual(x, rows), _score(x, rows, 0), _score(x, rows, 1)]
    weights = np.column_stack([w for w, _ in solved])
    return Fitted(columns, weights, np.array([b for _, b in solved]), aspects, company)


def _presence(x: csr_matrix, rows: Sequence[Row], which: int, dual: Matrix) -> tuple[Matrix, float]:
    """What features weigh alone: by the logistic regression, and in the kernel beside its squares."""
    y = np.array([row.truths[which] is not None for row in rows])
    alone, constant = _logistic(x, y, [weight(row.truths[which]) for row in rows], PRESENCE_STRENGTH)
    return (
        2 * ALONE * (x.T @ dual) + alone / SHARPEST,
        ALONE**2 * float(dual.sum()) + constant / SHARPEST,
    )


def _duals(x: csr_matrix, rows: Sequence[Row]) -> Matrix:
    """For each row and each of the first two questions, how much the row bears on other pairs like it."""
    truths = [[_wanted(truth) for truth in row.truths] for row in rows]
    kernel = ((x @ x.T).toarray().astype(np.float32) + np.float32(ALONE)) ** 2
    kernel[np.diag_indices(len(rows))] += np.float32(NOISE)
    factor = cho_factor(kernel, overwrite_a=True, check_finite=False)
    return np.asarray(cho_solve(factor, np.array(truths, np.float32)), np.float64)


def _wanted(truth: dict[str, Any] | None) -> float:
    return -1.0 if truth is None else 1.0 if truth["required"] else PLAIN


def _aspects(x: csr_matrix, duals: Matrix) -> tuple[Matrix, Matrix]:
    """Directions (features × aspects) that keep most of both weight matrices, and these in their terms."""
    frequent = np.asarray(x.multiply(x).sum(axis=0)).ravel()
    scale = (frequent / frequent.max()) ** FREQUENT
    seen = x.multiply(scale).tocsr()

    def both(directions: Matrix) -> Matrix:
        return np.asarray(sum(_times(seen, dual, _times(seen, dual, directions)) for dual in duals.T))

    found = _leading(both, x.shape[1])
    shown = seen @ found
    return found / scale[:, None], np.array([shown.T @ (dual[:, None] * shown) for dual in duals.T])


def _times(x: csr_matrix, dual: Matrix, directions: Matrix) -> Matrix:
    return np.asarray(x.T @ (dual[:, None] * (x @ directions)))


def _leading(times: Callable[[Matrix], Matrix], size: int) -> Matrix:
    """What a symmetric matrix stretches most, by repeated multiplication from a fixed start."""
    block = np.random.default_rng(0).normal(size=(size, min(size, ASPECTS + SPARE)))
    for _ in range(_TURNS):
        block, _ = np.linalg.qr(times(block))
    _, turned = np.linalg.eigh(block.T @ times(block))
    return np.asarray(block @ turned[:, ::-1][:, :ASPECTS])


def _forward(x: csr_matrix, rows: Sequence[Row]) -> tuple[Matrix, float]:
    """Whether the country named first is the one that acts."""
    chosen = [(n, t) for n, row in enumerate(rows) for t in row.truths if t and t["direction"] != "both"]
    y = np.array([t["direction"].startswith(rows[n].pair.source + ">") for n, t in chosen])
    return _logistic(x[[n for n, _ in chosen]], y, [weight(t) for _, t in chosen], DIRECTION_STRENGTH)


def _mutual(x: csr_matrix, rows: Sequence[Row]) -> tuple[Matrix, float]:
    chosen = [(n, t) for n, row in enumerate(rows) for t in row.truths if t]
    y = np.array([t["direction"] == "both" for _, t in chosen])
    return _logistic(x[[n for n, _ in chosen]], y, [weight(t) for _, t in chosen], MUTUAL_STRENGTH)


def _score(x: csr_matrix, rows: Sequence[Row], which: int) -> tuple[Matrix, float]:
    chosen = [(n, t) for n, row in enumerate(rows) if (t := row.truths[which])]
    y = np.array([t["score"] for _, t in chosen])
    solver = Ridge(alpha=RIDGE).fit(x[[n for n, _ in chosen]], y, [weight(t) for _, t in chosen])
    return solver.coef_, float(solver.intercept_)


def _logistic(x: csr_matrix, y: Chosen, counts: Sequence[float], strength: float) -> tuple[Matrix, float]:
    if y.all() or not y.any():
        return np.zeros(x.shape[1]), float(np.log((y.sum() + 1) / (len(y) - y.sum() + 1)))
    solver = LogisticRegression(C=strength, solver="liblinear", max_iter=400)
    solver.fit(x, y, sample_weight=np.array(counts))
    return solver.coef_[0], float(solver.intercept_[0])
