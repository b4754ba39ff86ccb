"""Judging the learned layer by cross-validation, and what turns its answers into decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from sklearn.linear_model import LogisticRegression

from dashboard.coding import scoring
from dashboard.coding.labelled import Row
from dashboard.coding.learning import SHARPEST, Chosen, fit, weight
from dashboard.coding.model import IN_COMPANY, QUESTIONS, Rivalry, kept, likelihood, rivals
from dashboard.coding.quadratic import Matrix

FOLDS = 5
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Odds:
    """How the two first answers become log-odds: slope and shift of each, and what rival pairs weigh."""

    scales: tuple[tuple[float, float], ...]
    rivalry: tuple[Rivalry, ...]

    def of(self, rows: Sequence[Row], sums: Matrix) -> Matrix:
        """`sums` with the first two columns as log-odds, rivals weighed in."""
        found = sums.copy()
        for which, (slope, shift) in enumerate(self.scales):
            found[:, which] = slope * sums[:, which] + shift
        standings = standings_of(rows, found)
        for which in range(IN_COMPANY):
            found[:, which] += standings[:, which] @ np.array(self.rivalry[which])
        return found


def folds_of(rows: Iterable[Row]) -> dict[str, int]:
    """A fold for each group (an article or a day), so that no text is learned from and judged on at once."""
    return {row.group: crc32(row.group.encode()) % FOLDS for row in rows}


def out_of_fold(rows: Sequence[Row], extra: Sequence[Row]) -> tuple[Matrix, Odds]:
    """For each of `rows` the sums of QUESTIONS, in log-odds, by a model that never saw its group.

    With them how answers become log-odds when that is learned from all of the rows.
    """
    every = [*rows, *extra]
    fold_of = folds_of(every)
    folds = np.array([fold_of[row.group] for row in every])
    sums = np.zeros((len(every), len(QUESTIONS)))
    for number in range(FOLDS):
        judge = np.flatnonzero(folds == number)
        sums[judge] = fit([every[at] for at in np.flatnonzero(folds != number)]).answers(
            [every[at] for at in judge]
        )
    found = sums.copy()
    for number in range(FOLDS):
        found[folds == number] = odds_of(every, sums, folds != number).of(every, sums)[folds == number]
    return found[: len(rows)], odds_of(every, sums, folds >= 0)


def standings_of(rows: Sequence[Row], sums: Matrix) -> Matrix:
    """How each row stands among the other pairs of its sentence (rows × 2 classes × a Standing)."""
    together: dict[tuple[str, int], list[int]] = {}
    for at, row in enumerate(rows):
        together.setdefault((row.id, row.start), []).append(at)
    found = np.zeros((len(rows), IN_COMPANY, 4))
    for places in together.values():
        ends = [(rows[at].pair.source, rows[at].pair.target) for at in places]
        for which in range(IN_COMPANY):
            found[places, which] = rivals(ends, [float(sums[at, which]) for at in places])
    return found


def odds_of(rows: Sequence[Row], sums: Matrix, chosen: Chosen) -> Odds:
    """Scales and rivalry learned from the `chosen` rows; a few rounds, for standings depend on the scale."""
    scales = [(SHARPEST, 0.0)] * IN_COMPANY
    rivalry: list[Rivalry] = []
    for _ in range(_ROUNDS):
        log_odds = np.column_stack([slope * sums[:, n] + shift for n, (slope, shift) in enumerate(scales)])
        standings = standings_of(rows, log_odds)
        rivalry = []
        for which, (slope, shift) in enumerate(scales):
            x = np.column_stack([log_odds[:, which], standings[:, which]])[chosen]
            own, constant, others = _calibrated(x, [row.truths[which] for row in rows], chosen)
            scales[which] = own * slope, own * shift + constant
            rivalry.append(others)
    return Odds(tuple(scales), tuple(rivalry))


def _calibrated(
    x: Matrix, truths: Sequence[dict[str, Any] | None], chosen: Chosen
) -> tuple[float, float, Rivalry]:
    """By what log-odds are multiplied, what is added, and what each part of a standing weighs."""
    y = np.array([truth is not None for truth in truths])[chosen]
    counts = np.array([weight(truth) for truth in truths])[chosen]
    if y.all() or not y.any():
        return 1.0, 0.0, (0.0,) * (x.shape[1] - 1)
    solver = LogisticRegression(max_iter=400).fit(x, y, counts)
    own, *others = solver.coef_[0]
    return float(own), float(solver.intercept_[0]), tuple(round(float(other), 4) for other in others)


def predictions(
    rows: Sequence[Row], sums: Matrix, limits: tuple[float, float]
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
    gold: dict[str, dict[str, Any]], rows: Sequence[Row], sums: Matrix, limits: Iterable[tuple[float, float]]
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
    gold: dict[str, dict[str, Any]], rows: Sequence[Row], sums: Matrix, recall: float
) -> tuple[float, float]:
    """The two probability limits with the highest precision among those that reach `recall`.

    They stand near each other: limits far apart fit the sentences they were chosen on.
    """
    near = [(at / 100, (at + gap) / 100) for at in range(20, 62, 2) for gap in (-4, 0, 4)]
    tried = exchange(gold, rows, sums, near)
    enough = [figures for figures in tried if figures["relations_recall"] >= recall]
    best = max(enough or tried, key=lambda figures: (figures["relations_precision"], figures["relations_f1"]))
    return best["conflict"], best["cooperation"]
