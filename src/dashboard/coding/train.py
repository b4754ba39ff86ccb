"""Learning the weights: `python -m dashboard.coding.train --train … --extra … --out …`."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.coding import scoring
from dashboard.coding.gazetteer import gazetteer
from dashboard.coding.labelled import read_lines, resolved, rows_of
from dashboard.coding.learning import FOLDS, Columns, Weights, best_limits, fit, out_of_fold, predictions
from dashboard.coding.model import QUESTIONS

_SMALL = 0.004


def report(gold: dict[str, dict[str, Any]], said: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Figures with intervals over the sentences of `gold`."""
    counts = [scoring.judged(item, said[key]) for key, item in gold.items()]
    required = sum(count["required"] for count in counts)
    return {"sentences": len(gold), "required_relations": required, "figures": scoring.with_intervals(counts)}


def _countries(item: dict[str, Any]) -> list[str]:
    day = date.fromisoformat(item["date"]) if item.get("date") else None
    return sorted({m.country for m in gazetteer().mentions(item["text"], day)})


def _write(
    out: Path, columns: Columns, weights: Weights, intercepts: Weights, limits: tuple[float, float]
) -> int:
    """Write weights.tsv and thresholds.json; returns how many features were kept."""
    kept = [at for at in range(len(columns.names)) if abs(weights[at, :4]).max() >= _SMALL]
    lines = [
        "# Poids des indices, appris de phrases étiquetées (scores.json). Source : Vigie. Licence : MIT.",
        "# conflict, cooperation, forward (le premier nommé agit), mutual : logarithme de cote.",
        "# severity, warmth : points de score.",
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
    parser.add_argument("--labels", type=Path, help="labels that point into the articles of --corpus")
    parser.add_argument("--corpus", type=Path, help="gzipped JSON lines: id, title, lead, text, published")
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
    items = read_lines(asked.train)
    gold = {item["id"]: item for item in items}
    rows = [row for item in items for row in rows_of(item)]
    extra = [row for path in asked.extra for item in read_lines(path) for row in rows_of(item)]
    if asked.labels and asked.corpus:
        extra += [row for item in resolved(read_lines(asked.labels), asked.corpus) for row in rows_of(item)]
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
