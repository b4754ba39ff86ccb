"""The quality gate: figures that may only rise; raise floors.json when they do."""

import csv
import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.coding.corpora import lines_of
from dashboard.coding.gazetteer import gazetteer
from dashboard.coding.labelled import resolved
from dashboard.coding.lines import code_lines, coded
from dashboard.coding.reading import read
from dashboard.coding.scoring import figures, judged
from dashboard.coding.sentences import spans

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LEARNED = ROOT / "src/dashboard/coding/data"
CHRONICLE = sorted((ROOT / "data/demo").glob("20*.jsonl"))
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))


def measured(path: Path) -> dict[str, float]:
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = zip(lines, code_lines(lines), strict=True)
    return figures([judged(json.loads(gold), json.loads(said)) for gold, said in pairs])


def below(found: dict[str, float], floors: dict[str, float]) -> dict[str, tuple[float, float]]:
    return {name: (found[name], floor) for name, floor in floors.items() if found[name] < floor}


def test_there_are_at_least_150_sentences_of_our_own():
    lines = (HERE / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["text"] for line in lines}) >= 150


def test_no_sentence_of_the_gate_was_learned_from():
    learned = {item["text"] for item in lines_of(LEARNED / "phrases.jsonl")}
    learned |= {item["text"] for item in resolved(list(lines_of(LEARNED / "labels.jsonl")), CHRONICLE)}
    assert len(learned) > 3000
    assert learned.isdisjoint(item["text"] for item in lines_of(HERE / "sentences.jsonl"))


def test_labels_of_the_chronicle_point_at_its_sentences_and_the_countries_in_them():
    chronicle = {entry["id"]: entry for path in CHRONICLE for entry in lines_of(path)}
    labels = [label for label in lines_of(LEARNED / "labels.jsonl") if label["article"] in chronicle]
    assert len(labels) > 3000
    for label in labels:
        entry = chronicle[label["article"]]
        text, span = entry[label["field"]], (label["start"], label["end"])
        assert span in spans(text), (label, "the entry was changed: move or remove its labels")
        found = {m.country for m in gazetteer().mentions(text, date.fromisoformat(entry["date"]))}
        assert {country for relation in label["relations"] for country in relation["pair"]} <= found, label


def test_a_label_points_at_a_text_and_copies_none_of_it():
    labels = list(lines_of(LEARNED / "labels.jsonl"))
    assert {tuple(label) for label in labels} == {("article", "field", "start", "end", "relations")}
    places = [(label["article"], label["field"], label["start"]) for label in labels]
    assert len(set(places)) == len(places)


def test_a_label_says_one_thing_once():
    for label in lines_of(LEARNED / "labels.jsonl"):
        relations = label["relations"]
        assert len({(*one["pair"], one["class"]) for one in relations}) == len(relations)
        assert all(one["pair"] == sorted(one["pair"]) for one in relations)
        assert all((one["score"] < 0) == (one["class"] == "conflict") for one in relations)


def test_our_own_sentences_are_read_no_worse_than_before():
    assert below(measured(HERE / "sentences.jsonl"), FLOORS["own"]) == {}


def test_real_sentences_are_read_no_worse_than_before(shared: Path):
    assert below(measured(shared / "eval" / "dev.jsonl"), FLOORS["dev"]) == {}


@pytest.mark.parametrize("judged_on", FLOORS["report"])
def test_the_report_that_comes_with_the_weights_is_no_worse_than_before(judged_on: str):
    report = json.loads((LEARNED / "scores.json").read_text(encoding="utf-8"))[judged_on]
    found = {name: figure["value"] for name, figure in report["figures"].items()}
    assert below(found, FLOORS["report"][judged_on]) == {}


def test_hard_sentences_are_read_no_worse_than_before(shared: Path):
    with (shared / "eval" / "hard40.tsv").open(encoding="utf-8") as lines:
        right = sum(as_expected(row) for row in csv.DictReader(lines, delimiter="\t"))
    assert right >= FLOORS["hard"]["right"]


_EXPECTED = re.compile(r"(\w{3})[>~](\w{3}|\*)(?: \[(-?[\d.]+)\.\.(-?[\d.]+)\])?")


def as_expected(row: dict[str, str]) -> bool:
    said: list[dict[str, Any]] = coded(read(row["phrase"]))["relations"]
    wanted, forbidden = _EXPECTED.findall(row["attendu"]), _EXPECTED.findall(row["interdit"] or "")
    if row["attendu"] == "aucune paire" and said:
        return False
    missed = [w for w in wanted if not float(w[2]) <= 0 <= float(w[3]) and not fitting(said, *w)]
    return not missed and not any(fitting(said, *f) for f in forbidden)


def fitting(said: Iterable[dict[str, Any]], one: str, other: str, low: str, high: str) -> bool:
    return any(
        one in (r["from"], r["to"])
        and (other == "*" or other in (r["from"], r["to"]))
        and (not low or float(low) <= r["score"] <= float(high))
        for r in said
    )
