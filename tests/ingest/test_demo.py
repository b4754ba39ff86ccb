"""The chronicle of demonstration: built as it ships, never mixed with true news."""

import json
from pathlib import Path

import pytest

from dashboard.corpus.read import open_current
from dashboard.errors import CorpusMissing, InputRefused
from dashboard.ingest import demo, run
from dashboard.ingest.article import Article, Refused
from dashboard.ingest.readings import Input, Reading

ENTRY = {
    "id": "2024-05-01-a",
    "date": "2024-05-01",
    "title": "Un titre",
    "lead": "",
    "text": "Deux phrases.",
    "author": "Rédaction de Vigie",
    "section": "Asie",
    "tags": ["chine"],
}


def ships(folder: Path, *entries: object) -> Path:
    folder.mkdir()
    lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
    (folder / "2024.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_the_chronicle_is_a_corpus_of_its_own(tmp_path: Path):
    entries = ships(tmp_path / "demo", ENTRY, {**ENTRY, "id": "b", "title": "Autre"})
    assert demo.build(tmp_path / "corpus", entries).new == 2
    corpus = open_current(tmp_path / "corpus")
    found = corpus.query("SELECT source, title, published, tags, section FROM article ORDER BY article_id")
    assert found["source"].tolist() == [demo.SOURCE] * 2
    assert found["title"].tolist() == ["Un titre", "Autre"]
    assert str(found["published"].iloc[0].date()) == "2024-05-01"


def test_building_again_changes_nothing(tmp_path: Path):
    entries = ships(tmp_path / "demo", ENTRY)
    demo.build(tmp_path / "corpus", entries)
    assert demo.build(tmp_path / "corpus", entries).unchanged == 1
    assert open_current(tmp_path / "corpus").number == 1


def test_the_chronicle_is_never_mixed_with_true_news(tmp_path: Path):
    news = Article(source="site", source_key="1", title="Une vraie nouvelle", text="")
    run.ingest(tmp_path / "corpus", [Input("a", lambda: Reading("capture", [news]))], reason="essai")
    with pytest.raises(InputRefused, match="contient déjà d’autres articles") as refused:
        demo.build(tmp_path / "corpus", ships(tmp_path / "demo", ENTRY))
    assert refused.value.exit_code == 1
    assert open_current(tmp_path / "corpus").query("SELECT title FROM article")["title"].tolist() == [
        news.title
    ]


@pytest.mark.parametrize(
    "damaged",
    ["{", "[]", json.dumps({**ENTRY, "date": "hier"}), json.dumps({"id": "b"}), json.dumps("texte")],
)
def test_a_damaged_chronicle_is_not_shown_in_part(tmp_path: Path, damaged: str):
    entries = ships(tmp_path / "demo", ENTRY, damaged)
    with pytest.raises(InputRefused, match=r"2024\.jsonl, ligne 2"):
        demo.build(tmp_path / "corpus", entries)
    with pytest.raises(CorpusMissing):
        open_current(tmp_path / "corpus")


def test_the_chronicle_is_wanted_until_there_is_an_article(tmp_path: Path):
    assert demo.wanted(tmp_path / "corpus")
    refused = Refused("site", "vide.csv", "vide.csv est vide.", "")
    run.ingest(tmp_path / "corpus", [Input("a", lambda: Reading("capture", [refused]))], reason="essai")
    assert demo.wanted(tmp_path / "corpus")
    demo.build(tmp_path / "corpus", ships(tmp_path / "demo", ENTRY))
    assert not demo.wanted(tmp_path / "corpus")
