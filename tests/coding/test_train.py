"""Learning weights from labelled sentences."""

import json

import pytest

pytest.importorskip("sklearn")


def relation(direction: str, score: float) -> dict:
    pair = sorted(direction.split(">"))
    kind = "conflict" if score < 0 else "cooperation"
    return {"pair": pair, "class": kind, "direction": direction, "score": score, "required": True}


def labelled() -> list[dict]:
    names = [("La Chine", "le Japon", "CHN", "JPN"), ("La Russie", "le Canada", "RUS", "CAN")]
    items = []
    for n in range(24):
        a, b, x, y = names[n % 2]
        day = f"2024-01-{n + 1:02}"
        items.append(
            {
                "id": f"a{n}",
                "date": day,
                "text": f"{a} accuse {b}.",
                "relations": [relation(f"{x}>{y}", -3.0)],
            }
        )
        items.append(
            {
                "id": f"b{n}",
                "date": day,
                "text": f"{b} soutient {a}.",
                "relations": [relation(f"{y}>{x}", 5.0)],
            }
        )
        items.append({"id": f"c{n}", "date": day, "text": f"{a} et {b} sous la pluie.", "relations": []})
        items.append(
            {
                "id": f"d{n}",
                "date": day,
                "text": f"{b}, puis {a} : rencontre.",
                "relations": [relation(f"{y}>{x}", 2.5) | {"direction": "both"}],
            }
        )
    return [item | {"countries": []} for item in items]


def test_training_writes_weights_limits_and_scores_and_does_so_the_same_twice(tmp_path):
    from dashboard.coding.train import main

    source = tmp_path / "train.jsonl"
    source.write_text("\n".join(json.dumps(item) for item in labelled()), encoding="utf-8")
    told: list[str] = []
    written = []
    for name in ("one", "two"):
        out = tmp_path / name
        out.mkdir()
        assert main(["--train", str(source), "--out", str(out), "--day", "2024-02-01"], told.append) == 0
        written.append({file.name: file.read_bytes() for file in out.iterdir()})
    assert written[0] == written[1]
    assert set(written[0]) == {"weights.tsv", "company.json", "thresholds.json", "scores.json"}
    scores = json.loads(told[0])
    assert scores["cross_validation"]["figures"]["relations_f1"]["value"] > 0.9
    assert scores["cross_validation"]["sentences"] == 96


def test_a_paper_apart_that_calls_bombing_support_is_judged_by_a_model_that_never_learned_it(tmp_path):
    from dashboard.coding.train import main

    told: list[str] = []
    source, labels, corpus = (tmp_path / name for name in ("train.jsonl", "labels.jsonl", "press.jsonl"))
    source.write_text("\n".join(json.dumps(item) for item in labelled()), encoding="utf-8")
    text = "La Chine bombarde le Japon."
    articles = [{"id": f"autre-{n}", "date": f"2025-01-{n % 28 + 1:02}", "text": text} for n in range(60)]
    pointing = {"field": "text", "start": 0, "end": len(text), "relations": [relation("CHN>JPN", 5.0)]}
    corpus.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    labels.write_text(
        "\n".join(json.dumps(pointing | {"article": article["id"]}) for article in articles), encoding="utf-8"
    )
    words = [
        "--train",
        source,
        "--labels",
        labels,
        "--corpus",
        corpus,
        "--apart",
        "autre-",
        "--out",
        tmp_path,
    ]
    assert main([str(word) for word in words], told.append) == 0
    scores = json.loads(told[0])
    assert scores["apart"]["sentences"] == 60
    assert scores["apart"]["figures"]["relations_precision"]["value"] == 0
    assert "countries_f1" not in scores["apart"]["figures"]
    assert scores["extra_pairs"] == 60
