"""Learning the weights from labelled sentences: `python -m dashboard.coding.train --train train.jsonl --out DIR`."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression, Ridge

from dashboard.coding import scoring
from dashboard.coding.features import Pair, pair_features, pairs, sentence_features
from dashboard.coding.folding import fold
from dashboard.coding.frames import frame
from dashboard.coding.gazetteer import gazetteer
from dashboard.coding.lexicon import lexicon
from dashboard.coding.model import QUESTIONS, kept, likelihood
from dashboard.coding.records import Mention
from dashboard.coding.sentences import spans

STRENGTH = 0.1  # C of the logistic regressions, chosen by cross-validation
DIRECTION_STRENGTH = 0.5
RIDGE = 30.0
ARGUABLE = 0.4  # weight of a relation that is not required
RARE = 2  # a feature must be seen in so many pairs
FOLDS = 5
_SMALL = 0.004


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of countries in a labelled sentence."""

    id: str
    group: str
    pair: Pair
    features: frozenset[str]
    truths: tuple[dict[str, Any] | None, dict[str, Any] | None]


def rows_of(item: dict[str, Any]) -> list[Row]:
    """The pairs of one labelled text, read as the coder reads it."""
    text = item["text"]
    day = date.fromisoformat(item["date"]) if item.get("date") else None
    truths = {(tuple(sorted(r["pair"])), r["class"]): r for r in item["relations"]}
    mentions = gazetteer().mentions(text, day, fold(text))
    found = []
    for start, end in spans(text):
        inside: list[Mention] = [m for m in mentions if start <= m.start and m.end <= end]
        if len({m.country for m in inside}) < 2:
            continue
        laid = frame(text[start:end], start, inside, lexicon())
        shared = sentence_features(laid)
        for pair in pairs(laid):
            key = tuple(sorted((pair.source, pair.target)))
            found.append(
                Row(
                    item["id"],
                    item.get("group") or item.get("date") or item["id"],
                    pair,
                    frozenset(shared | pair_features(laid, pair)),
                    (truths.get((key, "conflict")), truths.get((key, "cooperation"))),
                )
            )
    return found


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


def fit(rows: Sequence[Row]) -> tuple[Columns, np.ndarray, np.ndarray]:
    """Weights (features × QUESTIONS) and intercepts."""
    columns = Columns(rows)
    x = columns.matrix(rows)
    solved = [_presence(x, rows, 0), _presence(x, rows, 1), _forward(x, rows), _mutual(x, rows)]
    solved += [_score(x, rows, 0), _score(x, rows, 1)]
    weights = np.column_stack([w for w, _ in solved])
    return columns, weights, np.array([b for _, b in solved])


Solved = tuple[np.ndarray, float]


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


def _logistic(x: csr_matrix, y: np.ndarray, weight: np.ndarray, strength: float = STRENGTH) -> Solved:
    solver = LogisticRegression(C=strength, solver="liblinear", max_iter=400)
    solver.fit(x, y, sample_weight=weight)
    return solver.coef_[0], float(solver.intercept_[0])


def folds_of(rows: Iterable[Row]) -> dict[str, int]:
    """A fold for each group (an article or a day), so that no text is learned from and judged on at once."""
    names = sorted({row.group for row in rows})
    order = np.random.default_rng(0).permutation(len(names))
    return {names[at]: place % FOLDS for place, at in enumerate(order)}


def out_of_fold(rows: Sequence[Row], extra: Sequence[Row]) -> np.ndarray:
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
    rows: Sequence[Row], sums: np.ndarray, limits: tuple[float, float]
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
    gold: dict[str, dict[str, Any]], rows: Sequence[Row], sums: np.ndarray, precision: float
) -> tuple[float, float]:
    """The two probability limits with the highest F1 among those that reach `precision`."""
    best, chosen = -1.0, (0.5, 0.5)
    for one in np.arange(0.2, 0.62, 0.04):
        for other in np.arange(0.2, 0.62, 0.04):
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


def report(gold: dict[str, dict[str, Any]], said: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Figures with intervals over the sentences of `gold`."""
    counts = [scoring.judged(item, said[key]) for key, item in gold.items()]
    required = sum(count["required"] for count in counts)
    return {"sentences": len(gold), "required_relations": required, "figures": scoring.with_intervals(counts)}


def _countries(item: dict[str, Any]) -> list[str]:
    day = date.fromisoformat(item["date"]) if item.get("date") else None
    return sorted({m.country for m in gazetteer().mentions(item["text"], day)})


def _read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _write(
    out: Path, columns: Columns, weights: np.ndarray, intercepts: np.ndarray, limits: tuple[float, float]
) -> int:
    """Write weights.tsv and thresholds.json; returns how many features were kept."""
    kept = [at for at in range(len(columns.names)) if abs(weights[at, :4]).max() >= _SMALL]
    lines = [
        "# Poids des indices, appris de phrases étiquetées (voir scores.json). Colonnes : conflit, coopération, sens",
        "# (le premier nommé agit) et réciprocité en logarithme de cote ; gravité et chaleur en points de score.",
        "# Source : Vigie. Licence : MIT.",
        "\t".join(("feature", *QUESTIONS)),
        "\t".join(("(intercept)", *(f"{value:.4f}" for value in intercepts))),
    ]
    lines += ["\t".join((columns.names[at], *(_cell(value) for value in weights[at]))) for at in kept]
    (out / "weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = {"conflict": limits[0], "cooperation": limits[1]}
    (out / "thresholds.json").write_text(json.dumps(told) + "\n", encoding="utf-8")
    return len(kept)


def _cell(value: float) -> str:
    return f"{value:.3f}".replace("0.", ".", 1).rstrip("0").rstrip(".") if abs(value) >= 0.0005 else ""


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--train", type=Path, required=True, help="labelled sentences that are cross-validated"
    )
    parser.add_argument(
        "--extra", type=Path, action="append", default=[], help="more sentences to learn from only"
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for weights.tsv, thresholds.json, scores.json"
    )
    parser.add_argument(
        "--precision", type=float, default=0.0, help="least precision of relations to settle for"
    )
    parser.add_argument("--day", default=date.today().isoformat(), help="date to write into the report")  # noqa: DTZ011
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None, tell: Callable[[str], object] = print) -> int:
    """Cross-validate, learn from everything, write weights, limits and scores; print the report."""
    asked = _arguments(given)
    items = _read_lines(asked.train)
    gold = {item["id"]: item for item in items}
    rows = [row for item in items for row in rows_of(item)]
    extra = [row for path in asked.extra for item in _read_lines(path) for row in rows_of(item)]
    sums = out_of_fold(rows, extra)
    limits = best_limits(gold, rows, sums, asked.precision)
    relations = predictions(rows, sums, limits)
    said = {i: {"countries": _countries(item), "relations": relations.get(i, [])} for i, item in gold.items()}
    kept = _write(asked.out, *fit([*rows, *extra]), limits)
    scores = {
        "day": asked.day,
        "folds": FOLDS,
        "features": kept,
        "pairs": len(rows),
        "extra_pairs": len(extra),
    }
    scores["limits"] = {"conflict": limits[0], "cooperation": limits[1]}
    scores["cross_validation"] = report(gold, said)
    (asked.out / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    tell(json.dumps(scores, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
