"""Fitting the learned layer to labelled pairs of countries, with scikit-learn."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression, Ridge

from dashboard.coding import quadratic
from dashboard.coding.features import OF_MANNER
from dashboard.coding.labelled import Row
from dashboard.coding.quadratic import Matrix, Quadratic

Chosen = np.ndarray[Any, np.dtype[np.bool_]]

RARE, RARE_OF_MANNER = 3, 4  # a feature must be seen in so many pairs, one of manner alone in more
# All below chosen by cross-validation.
RARER = 0.15  # size of a feature: the inverse of its share of the pairs, to this power
DIRECTION_STRENGTH, MUTUAL_STRENGTH = 20.0, 10.0  # C of the logistic regressions
SHARPEST = 3.0  # log-odds that an answer of 1 stands for
PLAIN = 0.2  # what an arguable relation is taken for, from -1 (none) to 1
RIDGE = 0.6
ARGUABLE = 0.4  # weight of a relation that is not required
GUIDING = 3.0  # how much a sentence of the reference counts beside another


class Columns:
    """Feature names as columns of a sparse matrix; rare features have none.

    `sizes` are those of the features where they are on, and `plain` says which are not of manner alone.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        seen = Counter(feature for row in rows for feature in row.features)
        self.names = sorted(
            feature
            for feature, times in seen.items()
            if times >= (RARE_OF_MANNER if feature.startswith(OF_MANNER) else RARE)
        )
        self.sizes = np.array([(len(rows) / seen[name]) ** RARER for name in self.names])
        self.plain = np.array([not name.startswith(OF_MANNER) for name in self.names])
        self._number = {name: number for number, name in enumerate(self.names)}

    def matrix(self, rows: Sequence[Row]) -> csr_matrix:
        """One line a row, one column a feature; each line brought to the length 1 of its plain features."""
        indices: list[int] = []
        ends = [0]
        for row in rows:
            indices += sorted(self._number[f] for f in row.features if f in self._number)
            ends.append(len(indices))
        values = self.sizes[indices]
        lengths = np.sqrt(np.add.reduceat(np.where(self.plain[indices], values**2, 0.0), ends[:-1]))
        values = values / np.repeat(lengths, np.diff(ends))
        shape = (len(rows), len(self.names))
        return csr_matrix((values, np.array(indices, np.int32), np.array(ends, np.int32)), shape=shape)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A learned layer, as `model.Model` uses it: the first answers as a quadratic form, the others linear.

    The form is of the plain features alone; `linear` is all features × the other QUESTIONS, `intercepts` one
    for each of these.
    """

    columns: Columns
    form: Quadratic
    linear: Matrix
    intercepts: Matrix

    def answers(self, rows: Sequence[Row]) -> Matrix:
        """For each row the sums of QUESTIONS."""
        x = self.columns.matrix(rows)
        others = np.asarray(x @ self.linear + self.intercepts)
        return np.hstack([self.form.answers(x[:, self.columns.plain]), others])

    def on_scale(self, scales: Sequence[tuple[float, float]]) -> "Fitted":
        """The same with the first answers turned into log-odds, by a slope and a shift each."""
        slopes, shifts = np.array(scales).T
        form = self.form._replace(
            weights=self.form.weights * slopes,
            constants=self.form.constants * slopes + shifts,
            company=self.form.company * slopes[:, None, None],
        )
        return replace(self, form=form)


def weight(truth: dict[str, Any] | None) -> float:
    """How much what is said of a pair counts in learning."""
    return 1.0 if truth is None or truth["required"] else ARGUABLE


def _weights(rows: Sequence[Row], chosen: Sequence[tuple[int, dict[str, Any]]]) -> list[float]:
    """How much each truth of a row, by its number, counts."""
    return [rows[n].count * weight(truth) for n, truth in chosen]


def fit(rows: Sequence[Row]) -> Fitted:
    """What is learned from `rows`: the first two answers lie about -1 to 1, the next two are log-odds."""
    columns = Columns(rows)
    x = columns.matrix(rows)
    wanted = np.array([[_wanted(truth) for truth in row.truths] for row in rows])
    solved = [_forward(x, rows), _mutual(x, rows), _score(x, rows, 0), _score(x, rows, 1)]
    linear = np.column_stack([weights for weights, _ in solved])
    constants = np.array([constant for _, constant in solved])
    counts = np.array([row.count for row in rows])
    return Fitted(columns, quadratic.fitted(x[:, columns.plain], wanted, counts), linear, constants)


def _wanted(truth: dict[str, Any] | None) -> float:
    return -1.0 if truth is None else 1.0 if truth["required"] else PLAIN


def _forward(x: csr_matrix, rows: Sequence[Row]) -> tuple[Matrix, float]:
    """Whether the country named first is the one that acts."""
    chosen = [(n, t) for n, row in enumerate(rows) for t in row.truths if t and t["direction"] != "both"]
    y = np.array([t["direction"].startswith(rows[n].pair.source + ">") for n, t in chosen])
    return _logistic(x[[n for n, _ in chosen]], y, _weights(rows, chosen), DIRECTION_STRENGTH)


def _mutual(x: csr_matrix, rows: Sequence[Row]) -> tuple[Matrix, float]:
    chosen = [(n, t) for n, row in enumerate(rows) for t in row.truths if t]
    y = np.array([t["direction"] == "both" for _, t in chosen])
    return _logistic(x[[n for n, _ in chosen]], y, _weights(rows, chosen), MUTUAL_STRENGTH)


def _score(x: csr_matrix, rows: Sequence[Row], which: int) -> tuple[Matrix, float]:
    chosen = [(n, t) for n, row in enumerate(rows) if (t := row.truths[which])]
    y = np.array([t["score"] for _, t in chosen])
    solver = Ridge(alpha=RIDGE).fit(x[[n for n, _ in chosen]], y, _weights(rows, chosen))
    return solver.coef_, float(solver.intercept_)


def _logistic(x: csr_matrix, y: Chosen, counts: Sequence[float], strength: float) -> tuple[Matrix, float]:
    if y.all() or not y.any():
        return np.zeros(x.shape[1]), float(np.log((y.sum() + 1) / (len(y) - y.sum() + 1)))
    solver = LogisticRegression(C=strength, solver="liblinear", max_iter=400)
    solver.fit(x, y, sample_weight=np.array(counts))
    return solver.coef_[0], float(solver.intercept_[0])
