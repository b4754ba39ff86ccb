"""What the filters offer, and the size of a selection."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.analysis import facets
from dashboard.corpus.read import Corpus, open_current
from dashboard.corpus.write import staging
from dashboard.selection import Selection
from tiny_corpus import add, tiny_corpus
from told_corpus import know_countries

ARTICLES = [
    {"tags": ["gaz", "russie"], "section": "Russie", "countries": ["RUS"], "published": "2024-01-01"},
    {"tags": ["russie"], "section": "Asie", "countries": ["EGY", "RUS"], "source": "autre"},
    {"tags": [], "section": None, "countries": ["ZAF", "EST"], "published": "2024-02-01"},
    {"tags": ["copie"], "section": "Copie", "countries": ["JPN"], "source": "copie", "duplicate_of": 1},
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("facets")
    with staging(folder, reason="essai", coder="0") as change:
        know_countries(change.connection)
        add(change.connection, ARTICLES)
        change.changed = True
    return open_current(folder)


def test_filters_offer_what_the_counted_articles_bear(corpus: Corpus):
    found = facets.facets(corpus)
    assert found.tags == ("russie", "gaz")
    assert found.sections == ("Asie", "Russie")
    assert found.sources == ("autre", "essai")


def test_countries_stand_in_the_french_order_of_their_names(corpus: Corpus):
    assert list(facets.facets(corpus).countries.items()) == [
        ("ZAF", "Afrique du Sud"),
        ("EGY", "Égypte"),
        ("EST", "Estonie"),
        ("RUS", "Russie"),
    ]


def test_every_country_has_a_name_even_if_no_article_is_about_it(corpus: Corpus):
    names = facets.country_names(corpus)
    assert names["JPN"] == "Japon"
    assert len(names) > 190


def test_the_size_of_a_selection_tells_its_undated_articles(corpus: Corpus):
    assert facets.size(corpus, Selection()).tolist() == [3, 1]
    assert facets.size(corpus, Selection(tags=("russie",))).tolist() == [2, 1]
    assert facets.size(corpus, Selection(since=date(2024, 1, 1))).tolist() == [2, 0]
    assert facets.size(corpus, Selection(tags=("absente",))).tolist() == [0, 0]


def test_an_empty_corpus_offers_nothing(tmp_path: Path):
    empty = tiny_corpus(tmp_path, [])
    assert facets.facets(empty) == facets.Facets((), (), {}, ())
    assert facets.size(empty, Selection()).tolist() == [0, 0]
