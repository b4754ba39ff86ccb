"""What a staged corpus holds before anything is put in, and what is noted of a publication."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from dashboard.corpus import snapshots
from dashboard.corpus.read import open_current
from dashboard.corpus.write import staging
from dashboard.errors import CorpusDamaged
from tiny_corpus import add, tiny_corpus
from told_corpus import Told, told_corpus

TABLES = "SELECT table_name AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
HISTORY = "SELECT number, id, reason, coder, published FROM snapshot ORDER BY number"


def test_a_new_corpus_has_every_table_of_the_schema(tmp_path: Path):
    corpus = tiny_corpus(tmp_path, [])
    tables = set(corpus.query(TABLES)["name"])
    assert {
        "article",
        "mention",
        "naming",
        "event",
        "source",
        "refusal",
        "removal",
        "term",
        "posting",
    } <= tables
    assert (corpus.articles, corpus.first_day, corpus.last_day) == (0, None, None)


def test_every_publication_is_noted_with_its_reason(tmp_path: Path):
    tiny_corpus(tmp_path, [{"title": "Un"}]).close()
    with staging(tmp_path, reason="lecture de 1 fichier(s)", coder="7-abc") as change:
        assert change.number == 2
        add(change.connection, [{"title": "Deux"}], first=2)
        change.changed = True
    corpus = open_current(tmp_path)
    history = corpus.query(HISTORY)
    assert history["number"].tolist() == [1, 2]
    assert history["reason"].tolist() == ["essai", "lecture de 1 fichier(s)"]
    assert (corpus.number, corpus.coder, corpus.snapshot) == (2, "7-abc", history["id"].iloc[1])
    age = datetime.now(UTC).replace(tzinfo=None) - history["published"].iloc[1].to_pydatetime()
    assert timedelta(0) <= age < timedelta(minutes=10)


def test_the_fingerprint_does_not_depend_on_the_order_of_reading(tmp_path: Path):
    rows = [{"article_id": 1, "title": "Un"}, {"article_id": 2, "title": "Deux"}]
    one = tiny_corpus(tmp_path / "one", rows).snapshot
    other = tiny_corpus(tmp_path / "other", rows[::-1]).snapshot
    assert one == other
    assert tiny_corpus(tmp_path / "less", rows[:1]).snapshot != one


def test_views_are_made_again_with_every_publication(tmp_path: Path):
    tiny_corpus(tmp_path, [{"title": "Un"}, {"title": "Repris", "duplicate_of": 1}]).close()
    with staging(tmp_path, reason="vieux fichier", coder="0") as change:
        change.connection.execute("CREATE OR REPLACE VIEW counted AS SELECT * FROM article")
        change.changed = True
    assert open_current(tmp_path).articles == 2
    with staging(tmp_path, reason="nouveau programme", coder="0") as change:
        change.changed = True
    assert open_current(tmp_path).articles == 1


PAIRS = "SELECT country_a, country_b, weight, conflict FROM pairing ORDER BY ALL"


def test_pairs_are_weighed_again_with_every_publication(tmp_path: Path):
    article = Told(names=["FRA", "RUS", "CHN"], at_top=["FRA", "RUS"], events=[("RUS", "FRA", "ASSAULT")])
    weighed = told_corpus(tmp_path, [article]).query(PAIRS).values.tolist()
    assert weighed == [["CHN", "FRA", 1, 0.0], ["CHN", "RUS", 1, 0.0], ["FRA", "RUS", 2, 0.9]]
    with staging(tmp_path, reason="relu", coder="0") as change:
        change.connection.execute("DELETE FROM naming WHERE country = 'CHN'")
        change.connection.execute("DELETE FROM event")
        change.changed = True
    assert open_current(tmp_path).query(PAIRS).values.tolist() == [["FRA", "RUS", 2, 0.0]]


def test_a_corpus_without_pairs_says_how_to_bring_it_up_to_date(tmp_path: Path):
    tiny_corpus(tmp_path, [{"title": "Un"}]).close()
    path = snapshots.current(tmp_path)
    with duckdb.connect(str(path)) as older:
        older.execute("DROP TABLE pairing")
    with pytest.raises(CorpusDamaged, match="vigie code --all"):
        open_current(tmp_path).query(PAIRS)
    with staging(tmp_path, reason="nouveau programme", coder="0") as change:
        change.changed = True
    assert open_current(tmp_path).query(PAIRS).empty
