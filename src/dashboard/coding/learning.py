"""Fitting the learned layer and judging it by cross-validation, with scikit-learn."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression, Ridge

from dashboard.coding import scoring
from dashboard.coding.labelled import Row
from dashboard.coding.model import QUESTIONS, kept, likelihood

Weights = np.ndarray[Any, np.dtype[np.float64]]
Solved = tuple[Weights, float]

STRENGTH = 0.1  # C of the logistic regressions, chosen by cross-validation
DIRECTION_STRENGTH = 0.5
RIDGE = 30.0
ARGUABLE = 0.4  # weight of a relation that is not required
RARE = 2  # a feature must be seen in so many pairs
FOLDS = 5


class Columns:
    """Feature names as columns of a sparse matrix; rare features have none."""

    def __init__(self, rows: Sequence[Row]) -> None:
        seen = Counter(feature for row in rows for feature in row.features)
        self.names = sorted(feature for feature, times in seen.items() if times >= RARE)
        self._number = {name: number for number, name in enumerate(self.names)}

    def matrix(self, rows: Sequence[Row]) -> csr_matrix:
        """One line a row, one column a feature, 1 where it is on."""
        indices: list[int] = []
        ends = [0]
        for row in rows:
            indices += sorted(self._number[f] for f in row.features if f in self._number)
            ends.append(len(indices))
        shape = (len(rows), len(self.names))
        return csr_matrix(
            (np.ones(len(indices)), np.array(indices, np.int32), np.array(ends, np.int32)), shape=shape
        )


def _weight(truth: dict[str, Any] | None) -> float:
    return 1.0 if truth is None or truth["required"] else ARGUABLE


def _one_way(row: Row) -> list[dict[str, Any]]:
    return [truth for truth in row.truths if truth]


def fit(rows: Sequence[Row]) -> tuple[Columns, Weights, Weights]:
    """Weights (features × QUESTIONS) and intercepts."""
    columns = Columns(rows)
    x = columns.matrix(rows)
    solved = [_presence(x, rows, 0), _presence(x, rows, 1), _forward(x, rows), _mutual(x, rows)]
    solved += [_score(x, rows, 0), _score(x, rows, 1)]
    weights = np.column_stack([w for w, _ in solved])
    return columns, weights, np.array([b for _, b in solved])


def _presence(x: csr_matrix, rows: Sequence[Row], which: int) -> Solved:
    y = np.array([row.truths[which] is not None for row in rows])
    return _logistic(x, y, np.array([_weight(row.truths[which]) for row in rows]))


def _forward(x: csr_matrix, rows: Sequence[Row]) -> Solved:
    """Whether the country named first is the one that acts."""
    chosen = [(n, t) for n, row in enumerate(rows) for t in _one_way(row) if t["direction"] != "both"]
    y = np.array([t["direction"].startswith(rows[n].pair.source + ">") for n, t in chosen])
    return _logistic(
        x[[n for n, _ in chosen]], y, np.array([_weight(t) for _, t in chosen]), DIRECTION_STRENGTH
    )


def _mutual(x: csr_matrix, rows: Sequence[Row]) -> Solved:
    chosen = [(n, t) for n, row in enumerate(rows) for t in _one_way(row)]
    y = np.array([t["direction"] == "both" for _, t in chosen])
    return _logistic(x[[n for n, _ in chosen]], y, np.array([_weight(t) for _, t in chosen]))


def _score(x: csr_matrix, rows: Sequence[Row], which: int) -> Solved:
    chosen = [(n, t) for n, row in enumerate(rows) if (t := row.truths[which])]
    y = np.array([t["score"] for _, t in chosen])
    solver = Ridge(alpha=RIDGE).fit(x[[n for n, _ in chosen]], y, [_weight(t) for _, t in chosen])
    return solver.coef_, float(solver.intercept_)


def _logistic(x: csr_matrix, y: Weights, weight: Weights, strength: float = STRENGTH) -> Solved:
    if y.all() or not y.any():
        return np.zeros(x.shape[1]), float(np.log((y.sum() + 1) / (len(y) - y.sum() + 1)))
    solver = LogisticRegression(C=strength, solver="liblinear", max_iter=400)
    solver.fit(x, y, sample_weight=weight)
    return solver.coef_[0], float(solver.intercept_[0])


def folds_of(rows: Iterable[Row]) -> dict[str, int]:
    """A fold for each group (an article or a day), so that no text is learned from and judged on at once."""
    names = sorted({row.group for row in rows})
    order = np.random.default_rng(0).permutation(len(names))
    return {names[at]: place % FOLDS for place, at in enumerate(order)}


def out_of_fold(rows: Sequence[Row], extra: Sequence[Row]) -> Weights:
    """For each row the sums of QUESTIONS by a model that never saw its group."""
    fold_of = folds_of([*rows, *extra])
    sums = np.zeros((len(rows), len(QUESTIONS)))
    for number in range(FOLDS):
        learn = [row for row in [*rows, *extra] if fold_of[row.group] != number]
        judge = [at for at, row in enumerate(rows) if fold_of[row.group] == number]
        columns, weights, intercepts = fit(learn)
        sums[judge] = columns.matrix([rows[at] for at in judge]) @ weights + intercepts
    return sums


def predictions(
    rows: Sequence[Row], sums: Weights, limits: tuple[float, float]
) -> dict[str, list[dict[str, Any]]]:
    """What the coder would say of each text with these sums and probability limits."""
    said: dict[str, list[dict[str, Any]]] = {}
    for row, line in zip(rows, sums, strict=True):
        for which, tells in enumerate(kept(likelihood(line[0]), likelihood(line[1]), limits)):
            if tells:
                a, b = (
                    (row.pair.source, row.pair.target) if line[2] >= 0 else (row.pair.target, row.pair.source)
                )
                score = min(-0.5, line[4]) if which == 0 else max(0.5, line[5])
                said.setdefault(row.id, []).append({"from": a, "to": b, "score": float(score)})
    return said


def best_limits(
    gold: dict[str, dict[str, Any]], rows: Sequence[Row], sums: Weights, precision: float
) -> tuple[float, float]:
    """The two probability limits with the highest F1 among those that reach `precision`."""
    best, chosen = -1.0, (0.5, 0.5)
    for one in np.arange(0.28, 0.62, 0.03):
        for other in np.arange(0.28, 0.62, 0.03):
            limits = (round(float(one), 2), round(float(other), 2))
            told = predictions(rows, sums, limits)
            counts = [
                scoring.judged({**item, "countries": []}, {"countries": [], "relations": told.get(key, [])})
                for key, item in gold.items()
            ]
            figures = scoring.figures(counts)
            if figures["relations_precision"] >= precision and figures["relations_f1"] > best:
                best, chosen = figures["relations_f1"], limits
    return chosen
