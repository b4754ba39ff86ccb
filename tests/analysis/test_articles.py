"""The articles behind a number, page by page and one by one."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.analysis import articles
from dashboard.corpus.read import Corpus, open_current
from dashboard.ingest import run
from dashboard.ingest.article import Article, Published
from dashboard.ingest.readings import Input, Reading
from dashboard.selection import Selection

NEWS = [
    Article(
        "site", "a", "Premier", "Corps.", lead="Chapô.", published=Published(date(2024, 1, 1)), tags=("gaz",)
    ),
    Article("site", "b", "Sans date", "Texte."),
    Article(
        "site", "c", "Entre deux", "Texte.", published=Published(None, date(2023, 1, 1), date(2023, 6, 30))
    ),
    Article(
        "site",
        "d",
        "Moscou expulse deux diplomates britanniques",
        "La Russie a expulsé deux diplomates du Royaume-Uni.",
        url="https://exemple.fr/d",
        published=Published(day=date(2024, 3, 1)),
    ),
]
KEYS = ["key", "source", "url", "title", "author", "section", "regions", "tags", "published",
        "date_precision", "date_basis", "text"]  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder: Path = tmp_path_factory.mktemp("articles")
    run.ingest(folder, [Input("a", lambda: Reading("capture", NEWS))], reason="essai")
    return open_current(folder)


def test_the_latest_article_comes_first_and_the_undated_last(corpus: Corpus):
    found = articles.page(corpus, Selection(), first=0, size=10)
    assert found["title"].tolist() == [NEWS[3].title, "Premier", "Entre deux", "Sans date"]
    assert found["opening"].tolist()[1] == "Chapô."


def test_pages_follow_one_another(corpus: Corpus):
    ids = [articles.page(corpus, Selection(), first=n, size=1)["article_id"].tolist() for n in range(5)]
    assert ids == [[4], [1], [3], [2], []]


def test_some_articles_are_found_by_their_numbers(corpus: Corpus):
    assert articles.some(corpus, (2, 4, 99))["article_id"].tolist() == [4, 2]
    assert articles.some(corpus, ()).empty


def test_one_article_is_whole_and_a_missing_one_is_none(corpus: Corpus):
    found = articles.one(corpus, 1)
    assert found is not None
    assert (found["title"], found["lead"], found["text"]) == ("Premier", "Chapô.", "Corps.")
    assert articles.one(corpus, 99) is None


def test_mentions_stand_where_the_text_has_them(corpus: Corpus):
    found = articles.mentions(corpus, 4)
    parts = {"titre": NEWS[3].title, "texte": NEWS[3].text}
    written = {(row.country, parts[row.part][row.starts : row.ends]) for row in found.itertuples()}
    assert {("Russie", "Moscou"), ("Royaume-Uni", "britanniques"), ("Royaume-Uni", "Royaume-Uni")} <= written


def test_events_stand_in_the_order_of_the_text(corpus: Corpus):
    found = articles.events(corpus, 4)
    assert len(found)
    assert {(row.source, row.target) for row in found.itertuples()} == {("RUS", "GBR")}
    for row in found.itertuples():
        text = {"titre": NEWS[3].title, "texte": NEWS[3].text}[row.part]
        assert text[row.trigger_start : row.trigger_end] == row.trigger
        assert text[row.sentence_start :].startswith(row.sentence_text)


def test_an_export_holds_the_columns_of_the_list_in_their_order(corpus: Corpus):
    found = articles.export(corpus, Selection())
    assert list(found) == KEYS
    assert found["key"].tolist() == ["site/d", "site/a", "site/b", "site/c"]
    assert found["text"].tolist()[1] == "Chapô.\n\nCorps."


def test_an_export_follows_the_selection(corpus: Corpus):
    assert articles.export(corpus, Selection(tags=("gaz",)))["key"].tolist() == ["site/a"]
    assert articles.export(corpus, Selection(tags=("absente",))).empty
