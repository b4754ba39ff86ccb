"""Scoring what the coder says against labelled sentences, with bootstrap intervals."""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

DRAWS = 400
Labelled = Mapping[str, Any]


def judged(gold: Labelled, said: Labelled) -> Counter[str]:
    """Counts for one sentence; `said` has "countries" and "relations" with "from", "to", "score"."""
    want, arguable, have = (
        set(gold["countries"]),
        set(gold.get("countries_arguable", ())),
        set(said["countries"]),
    )
    truth = {(tuple(sorted(r["pair"])), r["class"]): r for r in gold["relations"]}
    told: dict[tuple[tuple[str, ...], str], list[Labelled]] = {}
    for r in said["relations"]:
        key = (tuple(sorted((r["from"], r["to"]))), "conflict" if r["score"] < 0 else "cooperation")
        told.setdefault(key, []).append(r)
    found = [key for key, r in truth.items() if r["required"] and key in told]
    one_way = [key for key in found if truth[key]["direction"] != "both"]
    return Counter(
        named_right=len(have & want),
        named_wrong=len(have - want - arguable),
        named_missed=len(want - have),
        told=len(told),
        told_right=sum(key in truth for key in told),
        required=sum(r["required"] for r in truth.values()),
        found=len(found),
        silent=not truth,
        silent_right=not truth and not told,
        one_way=len(one_way),
        one_way_right=sum(_points_right(truth[key], told[key]) for key in one_way),
        distance=sum(min(abs(r["score"] - truth[key]["score"]) for r in told[key]) for key in found),
    )


def _points_right(truth: Labelled, told: Sequence[Labelled]) -> bool:
    return any(f"{r['from']}>{r['to']}" == truth["direction"] for r in told)


def figures(counts: Sequence[Counter[str]]) -> dict[str, float]:
    """Precision, recall, F1 of countries and relations, quiet, direction, score distance (NaN if none)."""
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    named = _trio(
        total["named_right"],
        total["named_right"] + total["named_wrong"],
        total["named_right"],
        total["named_right"] + total["named_missed"],
    )
    told = _trio(total["told_right"], total["told"], total["found"], total["required"])
    return {
        **dict(zip(("countries_precision", "countries_recall", "countries_f1"), named, strict=True)),
        **dict(zip(("relations_precision", "relations_recall", "relations_f1"), told, strict=True)),
        "quiet": _ratio(total["silent_right"], total["silent"]),
        "direction": _ratio(total["one_way_right"], total["one_way"]),
        "score_mae": _ratio(total["distance"], total["found"]),
    }


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _trio(right: float, said: float, found: float, wanted: float) -> tuple[float, float, float]:
    precision, recall = _ratio(right, said), _ratio(found, wanted)
    return precision, recall, _ratio(2 * precision * recall, precision + recall)


def with_intervals(counts: Sequence[Counter[str]], seed: int = 1) -> dict[str, dict[str, float]]:
    """Each figure with its 95 % interval: percentiles over draws of sentences with replacement."""
    draw = Random(seed)  # noqa: S311 - resampling, not secrecy
    draws = [figures([counts[draw.randrange(len(counts))] for _ in counts]) for _ in range(DRAWS)]
    told = {}
    for name, value in figures(counts).items():
        spread = sorted(d[name] for d in draws if d[name] == d[name]) or [float("nan")]
        low, high = spread[int(0.025 * len(spread))], spread[int(0.975 * (len(spread) - 1))]
        told[name] = {"value": round(value, 3), "low": round(low, 3), "high": round(high, 3)}
    return told
