"""Fitting the learned layer and judging it by cross-validation, with scikit-learn."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression, Ridge

from dashboard.coding import scoring
from dashboard.coding.labelled import Row
from dashboard.coding.model import QUESTIONS, Rivalry, kept, likelihood, rivals, scale

Weights = np.ndarray[Any, np.dtype[np.float64]]
Solved = tuple[Weights, float]

STRENGTH = 0.1  # C of the logistic regressions, chosen by cross-validation
DIRECTION_STRENGTH = 0.5
RIDGE = 60.0
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
        """One line a row, one column a feature, where it is on the row's `scale`."""
        indices: list[int] = []
        values: list[float] = []
        ends = [0]
        for row in rows:
            indices += sorted(self._number[f] for f in row.features if f in self._number)
            values += [scale(len(row.features))] * (len(indices) - len(values))
            ends.append(len(indices))
        shape = (len(rows), len(self.names))
        return csr_matrix(
            (np.array(values), np.array(indices, np.int32), np.array(ends, np.int32)), shape=shape
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
    return {row.group: crc32(row.group.encode()) % FOLDS for row in rows}


def out_of_fold(rows: Sequence[Row], extra: Sequence[Row]) -> tuple[Weights, tuple[Rivalry, Rivalry]]:
    """For each of `rows` the sums of QUESTIONS by a model that never saw its group, rivals weighed in.

    With them what rivals weigh when learned from all of the rows.
    """
    every = [*rows, *extra]
    fold_of = folds_of(every)
    folds = np.array([fold_of[row.group] for row in every])
    sums = np.zeros((len(every), len(QUESTIONS)))
    for number in range(FOLDS):
        judge = np.flatnonzero(folds == number)
        columns, weights, intercepts = fit([every[at] for at in np.flatnonzero(folds != number)])
        sums[judge] = columns.matrix([every[at] for at in judge]) @ weights + intercepts
    alone = sums.copy()
    standings = standings_of(every, alone)
    for number in range(FOLDS):
        rivalry = rivalry_of(every, alone, standings, folds != number)
        for which in (0, 1):
            sums[folds == number, which] += standings[folds == number, which] @ np.array(rivalry[which])
    return sums[: len(rows)], rivalry_of(every, alone, standings, folds >= 0)


def standings_of(rows: Sequence[Row], sums: Weights) -> Weights:
    """How each row stands among the other pairs of its sentence (rows × 2 classes × a Standing)."""
    together: dict[tuple[str, int], list[int]] = {}
    for at, row in enumerate(rows):
        together.setdefault((row.id, row.start), []).append(at)
    found = np.zeros((len(rows), 2, 4))
    for places in together.values():
        ends = [(rows[at].pair.source, rows[at].pair.target) for at in places]
        for which in (0, 1):
            found[places, which] = rivals(ends, [float(sums[at, which]) for at in places])
    return found


def rivalry_of(
    rows: Sequence[Row], sums: Weights, standings: Weights, chosen: np.ndarray[Any, np.dtype[np.bool_]]
) -> tuple[Rivalry, Rivalry]:
    """What each part of a standing weighs, in log-odds of the pair itself, learned from the `chosen` rows."""
    return _rivalry(rows, sums, standings, chosen, 0), _rivalry(rows, sums, standings, chosen, 1)


def _rivalry(
    rows: Sequence[Row],
    sums: Weights,
    standings: Weights,
    chosen: np.ndarray[Any, np.dtype[np.bool_]],
    which: int,
) -> Rivalry:
    y = np.array([row.truths[which] is not None for row in rows])[chosen]
    weight = np.array([_weight(row.truths[which]) for row in rows])[chosen]
    x = np.column_stack([sums[:, which], standings[:, which]])[chosen]
    if y.all() or not y.any() or not standings.any():
        return (0.0,) * 4
    solver = LogisticRegression(max_iter=400).fit(x, y, weight)
    own, *others = solver.coef_[0]
    return tuple(round(float(other / own), 4) for other in others)


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


def exchange(
    gold: dict[str, dict[str, Any]], rows: Sequence[Row], sums: Weights, limits: Iterable[tuple[float, float]]
) -> list[dict[str, float]]:
    """What precision costs in recall: figures of relations for each pair of probability limits."""
    return [
        {"conflict": one, "cooperation": other, **_figures(gold, predictions(rows, sums, (one, other)))}
        for one, other in limits
    ]


def _figures(gold: dict[str, dict[str, Any]], told: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    counts = [
        scoring.judged({**item, "countries": []}, {"countries": [], "relations": told.get(key, [])})
        for key, item in gold.items()
    ]
    found = scoring.figures(counts)
    names = ("relations_precision", "relations_recall", "relations_f1", "quiet", "direction")
    return {name: round(found[name], 3) for name in names}


def best_limits(
    gold: dict[str, dict[str, Any]], rows: Sequence[Row], sums: Weights, recall: float
) -> tuple[float, float]:
    """The two probability limits with the highest precision among those that reach `recall`.

    They stand near each other: limits far apart fit the sentences they were chosen on.
    """
    near = [(at / 100, (at + gap) / 100) for at in range(20, 62, 2) for gap in (-4, 0, 4)]
    tried = exchange(gold, rows, sums, near)
    enough = [figures for figures in tried if figures["relations_recall"] >= recall]
    best = max(enough or tried, key=lambda figures: (figures["relations_precision"], figures["relations_f1"]))
    return best["conflict"], best["cooperation"]
