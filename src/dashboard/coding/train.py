"""Learning the weights: `python -m dashboard.coding.train --train … --extra … --out …`."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.coding import scoring
from dashboard.coding.corpora import lines_of
from dashboard.coding.gazetteer import gazetteer
from dashboard.coding.labelled import Row, resolved, rows_of
from dashboard.coding.learning import GUIDING, Fitted, fit
from dashboard.coding.model import IN_COMPANY, QUESTIONS, Rivalry
from dashboard.coding.quadratic import Matrix
from dashboard.coding.validation import FOLDS, Odds, best_limits, exchange, out_of_fold, predictions


def report(gold: dict[str, dict[str, Any]], relations: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Figures with intervals over the sentences of `gold`, for the relations said of each."""
    counts = [
        scoring.judged(item, {"countries": _countries(item), "relations": relations.get(key, [])})
        for key, item in gold.items()
    ]
    required = sum(count["required"] for count in counts)
    return {"sentences": len(gold), "required_relations": required, "figures": scoring.with_intervals(counts)}


def _labelled(path: Path, count: float = 1.0) -> tuple[list[Row], dict[str, dict[str, Any]]]:
    """The pairs of a file of labelled sentences, each of which counts so much, and its sentences by id."""
    items = list(lines_of(path))
    return [row for item in items for row in rows_of(item, count)], {item["id"]: item for item in items}


def _unlearned(
    rows: Sequence[Row], chosen: dict[str, dict[str, Any]], odds: Odds, limits: tuple[float, float]
) -> dict[str, Any]:
    """The report on the `chosen` sentences by a model that learned from all other rows.

    What turns its answers into decisions, scales, rivalry and limits, has seen them. It has no figures on
    countries, for labels do not say which are named.
    """
    fitted = fit([row for row in rows if row.id not in chosen])
    apart = [row for row in rows if row.id in chosen]
    said = predictions(apart, odds.of(apart, fitted.answers(apart)), limits)
    found = report({key: item | {"countries": ()} for key, item in chosen.items()}, said)
    found["figures"] = {key: value for key, value in found["figures"].items() if "countries" not in key}
    return found


def _countries(item: dict[str, Any]) -> list[str]:
    day = date.fromisoformat(item["date"]) if item.get("date") else None
    return sorted({m.country for m in gazetteer().mentions(item["text"], day)})


def _write(out: Path, fitted: Fitted, limits: tuple[float, float], rivalry: tuple[Rivalry, ...]) -> int:
    """Write weights.tsv, company.json and thresholds.json; returns how many features there are."""
    weights, constants, aspects, company = fitted.form
    largest = abs(aspects).max(axis=0)
    plain, sizes = fitted.columns.plain, fitted.columns.sizes
    alone = 1 + len(QUESTIONS)
    cells = np.zeros((len(plain), alone + len(largest)))
    cells[:, 0] = np.where(plain, sizes, 0.0)
    cells[:, 1 + IN_COMPANY : alone] = fitted.linear * np.where(plain, 1.0, sizes)[:, None]
    cells[plain, 1 : 1 + IN_COMPANY] = weights
    cells[plain, alone:] = aspects / largest
    heads = [f"aspect{number}" for number in range(1, len(largest) + 1)]
    lines = [
        "# Poids des indices, appris de phrases étiquetées (scores.json). Source : Vigie. Licence : MIT.",
        "# size : poids de l’indice dans la longueur commune à laquelle on ramène toute paire (vide : nul).",
        "# conflict, cooperation, forward (le premier nommé agit), mutual : logarithme de cote.",
        "# severity, warmth : points de score. aspect… : ce que l’indice est avec d’autres (company.json).",
        "\t".join(("feature", "size", *QUESTIONS, *heads)),
    ]
    lines += [
        written
        for name, line in zip(fitted.columns.names, cells, strict=True)
        if "\t" in (written := _line(name, line[:alone], line[alone:]))
    ]
    (out / "weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    company = company * largest * largest[:, None]
    classes = QUESTIONS[:IN_COMPANY]
    told = {name: found.round(3).tolist() for name, found in zip(classes, company, strict=True)}
    (out / "company.json").write_text(json.dumps(told) + "\n", encoding="utf-8")
    decided = {
        **dict(zip(classes, limits, strict=True)),
        "intercepts": dict(
            zip(QUESTIONS, np.append(constants, fitted.intercepts).round(4).tolist(), strict=True)
        ),
        "rivalry": dict(zip(classes, rivalry, strict=True)),
    }
    (out / "thresholds.json").write_text(json.dumps(decided) + "\n", encoding="utf-8")
    return len(fitted.columns.names)


def _line(name: str, alone: Matrix, aspects: Matrix) -> str:
    """A feature with its cells up to the last that is not empty."""
    cells = [*(_cell(value, 3) for value in alone), *(_cell(value, 2) for value in aspects)]
    return "\t".join((name, *cells)).rstrip("\t")


def _cell(value: float, places: int) -> str:
    """So many decimals, without the zeros that tell nothing; empty for 0."""
    told = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "" if told in {"0", "-0"} else told.replace("0.", ".", 1) if abs(value) < 1 else told


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--train", type=Path, required=True, help="labelled sentences that are cross-validated"
    )
    parser.add_argument(
        "--extra", type=Path, action="append", default=[], help="more sentences to learn from only"
    )
    parser.add_argument(
        "--check", type=Path, action="append", default=[], help="sentences to judge on, never learned from"
    )
    parser.add_argument("--labels", type=Path, help="labels that point into the articles of --corpus")
    parser.add_argument(
        "--corpus", type=Path, nargs="+", default=[], help="the files of these articles, see corpora.py"
    )
    parser.add_argument("--apart", help="how the articles begin whose labels are also judged unlearned")
    parser.add_argument("--out", type=Path, required=True, help="folder for what is learned and scores.json")
    parser.add_argument(
        "--recall", type=float, default=0.6, help="least recall of relations; precision is the highest at it"
    )
    parser.add_argument("--day", default=date.today().isoformat(), help="date to write into the report")  # noqa: DTZ011
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None, tell: Callable[[str], object] = print) -> int:
    """Cross-validate, learn from everything, write weights, limits and scores; print the report."""
    asked = _arguments(given)
    rows, gold = _labelled(asked.train, GUIDING)
    extra = [row for path in asked.extra for row in _labelled(path)[0]]
    pointed = resolved(list(lines_of(asked.labels)), asked.corpus) if asked.labels else []
    chosen = {item["id"]: item for item in pointed if asked.apart and item["id"].startswith(asked.apart)}
    if asked.apart and not chosen:
        raise SystemExit(f"No label of --labels begins with {asked.apart}")
    extra += [row for item in pointed for row in rows_of(item)]
    sums, odds = out_of_fold(rows, extra)
    limits = best_limits(gold, rows, sums, asked.recall)
    fitted = fit([*rows, *extra])
    scores: dict[str, Any] = {
        "day": asked.day,
        "folds": FOLDS,
        "features": _write(asked.out, fitted.on_scale(odds.scales), limits, odds.rivalry),
        "pairs": len(rows),
        "extra_pairs": len(extra),
        "limits": {"conflict": limits[0], "cooperation": limits[1]},
        "cross_validation": report(gold, predictions(rows, sums, limits)),
        "exchange": exchange(gold, rows, sums, [(at / 100, at / 100) for at in range(20, 85, 5)]),
    }
    if asked.apart:
        scores["apart"] = _unlearned([*rows, *extra], chosen, odds, limits)
    for path in asked.check:
        unseen, truth = _labelled(path)
        judged = odds.of(unseen, fitted.answers(unseen))
        scores[path.stem] = report(truth, predictions(unseen, judged, limits))
    (asked.out / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    tell(json.dumps(scores, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
