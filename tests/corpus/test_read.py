"""Asking: many at once, nothing but the corpus, and never for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.corpus import read
from dashboard.corpus.read import Corpus, open_current
from dashboard.errors import QueryRefused
from dashboard.periods import Preset
from dashboard.selection import Selection
from tiny_corpus import tiny_corpus

TITLES = "SELECT article.title FROM counted AS article WHERE {where} ORDER BY 1"
ENDLESS = "SELECT sum(a.range * b.range) AS n FROM range(1000000) AS a, range(1000000) AS b"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("read")
    tiny_corpus(
        folder,
        [{"title": f"Article {n}", "tags": [f"t{n}"], "published": f"2024-01-{n:02}"} for n in range(1, 13)]
        + [{"title": "Sans date"}, {"title": "Repris", "duplicate_of": 1, "published": "2025-12-31"}],
    ).close()
    return folder


@pytest.fixture(scope="module")
def corpus(folder: Path) -> Corpus:
    return open_current(folder)


def test_a_corpus_knows_its_days_and_its_size(corpus: Corpus):
    assert (corpus.first_day, corpus.last_day) == (date(2024, 1, 1), date(2024, 1, 12))
    assert (corpus.articles, corpus.undated_articles) == (13, 1)


def test_the_last_day_is_that_of_an_article_that_counts(corpus: Corpus):
    assert corpus.last_day != date(2025, 12, 31)


def test_twelve_readers_at_once_each_get_their_own_answer(corpus: Corpus):
    def asked(number: int) -> list[list[str]]:
        chosen = Selection(tags=(f"t{number}",))
        return [corpus.query(TITLES, chosen)["title"].tolist() for _ in range(50)]

    with ThreadPoolExecutor(12) as readers:
        answers = list(readers.map(asked, range(1, 13)))
    assert answers == [[[f"Article {number}"]] * 50 for number in range(1, 13)]


def test_an_answer_that_its_reader_changed_is_given_unchanged_to_the_next(corpus: Corpus):
    first = corpus.query(TITLES, Selection(tags=("t3",)))
    first["title"] = "Changé"
    first.loc[0, "title"] = "Changé aussi"
    assert corpus.query(TITLES, Selection(tags=("t3",)))["title"].tolist() == ["Article 3"]


def test_questions_that_differ_in_a_parameter_alone_have_their_own_answers(corpus: Corpus):
    doubled = "SELECT $number * 2 AS n"
    for number in [*range(read.KEPT + 5), 3, 0]:
        assert corpus.query(doubled, number=number)["n"].tolist() == [2 * number]
    assert corpus.query(doubled, number="7")["n"].tolist() == corpus.query(doubled, number=7)["n"].tolist()


@pytest.mark.parametrize(
    "sql",
    [
        "COPY article TO '{folder}/out.csv'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM '/etc/hostname'",
        "ATTACH '{folder}/other.duckdb'",
        "SET enable_external_access = true",
        "SET max_execution_time = 0",
        "INSTALL httpfs",
        "LOAD httpfs",
        "DELETE FROM article",
        "CREATE TABLE other AS SELECT 1",
        "EXPORT DATABASE '{folder}/export'",
    ],
)
def test_a_reader_reaches_nothing_but_the_corpus(corpus: Corpus, folder: Path, sql: str):
    before = {path.name for path in folder.iterdir()}
    with pytest.raises(duckdb.Error):
        corpus.query(sql.replace("{folder}", str(folder)))
    assert {path.name for path in folder.iterdir()} == before
    assert len(corpus.query("SELECT 1 FROM article")) == 14


def test_a_variable_of_the_program_is_no_table(corpus: Corpus):
    secret = corpus.query("SELECT 1 AS n")
    assert len(secret) == 1
    with pytest.raises(duckdb.CatalogException):
        corpus.query("SELECT * FROM secret")


def test_a_question_without_end_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setitem(read.CONFIG, "max_execution_time", 200)
    impatient = tiny_corpus(tmp_path, [{"title": "Seul"}])
    with pytest.raises(QueryRefused, match="demande trop de calcul"):
        impatient.query(ENDLESS)
    assert impatient.query(TITLES, Selection())["title"].tolist() == ["Seul"]


def test_every_reader_has_a_limit_on_time():
    assert read.CONFIG["max_execution_time"] == read.LONGEST_QUERY_MS > 0


def test_a_question_that_forgets_the_selection_fails_loudly(corpus: Corpus):
    with pytest.raises(duckdb.Error, match="Parameter"):
        corpus.query("SELECT count(*) AS n FROM counted", Selection(tags=("t1",)))


def test_a_preset_is_resolved_against_the_corpus_that_is_asked(corpus: Corpus):
    found = corpus.query(TITLES, Selection(preset=Preset.DAYS_30))["title"]
    assert len(found) == 12
    assert "Sans date" not in set(found)


def test_a_mistake_in_a_question_is_not_called_damage(corpus: Corpus):
    with pytest.raises(duckdb.BinderException):
        corpus.query("SELECT nothing FROM article")
