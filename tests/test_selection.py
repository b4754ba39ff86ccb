"""A selection and its SQL: what is chosen is what is found."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.corpus.read import Corpus
from dashboard.periods import Preset
from dashboard.query import QuerySyntaxError
from dashboard.selection import REGIONS, Selection
from tiny_corpus import tiny_corpus

ALL_IDS = "SELECT article.article_id FROM counted AS article WHERE {where} ORDER BY 1"

ARTICLES: list[dict[str, Any]] = [
    {"title": "Un accord sur le gaz", "published": "2024-01-01", "tags": ["gaz", "russie"],
     "section": "Russie", "regions": ["Russie", "Asie"], "countries": ["RUS", "CHN"]},
    {"title": "Les sanctions durent", "published": "2024-01-31", "tags": ["sanctions", "russie"],
     "section": "Union européenne", "regions": ["Union européenne", "Russie"], "countries": ["RUS"]},
    {"title": "Élections à Dakar", "published": "2024-02-29", "tags": ["élections"],
     "section": "Afrique", "regions": ["Afrique"], "countries": ["SEN"], "source": "autre"},
    {"title": "Sans date, le gaz", "published": None, "tags": ["gaz"],
     "section": None, "regions": ["Monde"], "countries": []},
    {"title": "Rien de particulier", "published": "2024-03-10", "tags": [], "section": "Asie",
     "regions": ["Asie"], "countries": ["CHN", "JPN"], "source": "autre"},
    {"title": "Rien de particulier", "published": "2024-03-10", "tags": ["gaz"], "section": "Asie",
     "regions": ["Asie"], "countries": ["CHN"], "duplicate_of": 5},
]  # fmt: skip

words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
tuples_of_words = st.lists(words, max_size=3, unique=True).map(tuple)
regions = st.sets(st.sampled_from(REGIONS)).map(lambda chosen: tuple(r for r in REGIONS if r in chosen))
days = st.none() | st.dates()


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    since, until = draw(days), draw(days)
    if since and until:
        since, until = min(since, until), max(since, until)
    return Selection(
        regions=draw(regions),
        preset=Preset.ALL if since or until else draw(st.sampled_from(Preset)),
        since=since,
        until=until,
        tags=draw(tuples_of_words),
        sections=draw(tuples_of_words),
        countries=draw(tuples_of_words),
        sources=draw(tuples_of_words),
        query=draw(words.map(str.strip)),
    )


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return tiny_corpus(tmp_path_factory.mktemp("selection"), ARTICLES)


def found(corpus: Corpus, chosen: Selection) -> list[int]:
    return corpus.query(ALL_IDS, chosen)["article_id"].tolist()


def test_a_preset_is_counted_back_from_the_last_day_of_the_corpus():
    resolved = Selection(preset=Preset.DAYS_30, tags=("gaz",)).resolved(date(2024, 3, 10))
    assert resolved == Selection(since=date(2024, 2, 10), until=date(2024, 3, 10), tags=("gaz",))


def test_a_preset_of_a_corpus_without_days_filters_nothing():
    assert Selection(preset=Preset.DAYS_30).resolved(None) == Selection()


@given(selections(), days)
def test_resolving_twice_changes_nothing_more(chosen: Selection, last_day: date | None):
    once = chosen.resolved(last_day)
    assert once.preset == Preset.ALL
    assert once.resolved(last_day) == once


def test_dates_alone_are_the_corpus_of_a_share():
    chosen = Selection(regions=("Asie",), since=date(2024, 1, 1), tags=("gaz",), query="gaz")
    assert chosen.only_dates() == Selection(since=date(2024, 1, 1))


def test_nothing_chosen_is_everything_that_counts(corpus: Corpus):
    assert found(corpus, Selection()) == [1, 2, 3, 4, 5]


NAIVE: dict[str, Callable[[dict[str, Any], Any], bool]] = {
    "regions": lambda a, chosen: bool(set(chosen) & set(a["regions"])),
    "since": lambda a, day: a["published"] is not None and a["published"] >= day.isoformat(),
    "until": lambda a, day: a["published"] is not None and a["published"] <= day.isoformat(),
    "tags": lambda a, chosen: bool(set(chosen) & set(a["tags"])),
    "sections": lambda a, chosen: a["section"] in chosen,
    "countries": lambda a, chosen: bool(set(chosen) & set(a["countries"])),
    "sources": lambda a, chosen: a.get("source", "essai") in chosen,
    "query": lambda a, word: word in a["title"].lower(),
}
ONE_OF_EACH: dict[str, Any] = {
    "regions": ("Asie",),
    "since": date(2024, 1, 31),
    "until": date(2024, 1, 31),
    "tags": ("gaz",),
    "sections": ("Asie",),
    "countries": ("CHN",),
    "sources": ("autre",),
    "query": "gaz",
}
CHOICES: dict[str, st.SearchStrategy[Any]] = {
    "regions": st.sets(st.sampled_from(REGIONS), max_size=3).map(tuple),
    "since": st.none() | st.dates(date(2023, 12, 30), date(2024, 3, 12)),
    "until": st.none() | st.dates(date(2023, 12, 30), date(2024, 3, 12)),
    "tags": st.sets(st.sampled_from(["gaz", "russie", "élections", "elections", "rien"]), max_size=2).map(
        tuple
    ),
    "sections": st.sets(st.sampled_from(["Russie", "Asie", "Afrique", "asie"]), max_size=2).map(tuple),
    "countries": st.sets(st.sampled_from(["RUS", "CHN", "JPN", "FRA"]), max_size=2).map(tuple),
    "sources": st.sets(st.sampled_from(["essai", "autre"]), max_size=2).map(tuple),
    "query": st.sampled_from(["", "", "gaz", "sanctions", "absent"]),
}


def naive(chosen: Selection) -> list[int]:
    """The same filters in plain Python, each of them alone."""
    return [
        number
        for number, article in enumerate(ARTICLES, start=1)
        if "duplicate_of" not in article
        and all(agrees(article, value) for name, agrees in NAIVE.items() if (value := getattr(chosen, name)))
    ]


@settings(max_examples=150)
@given(chosen=st.fixed_dictionaries(CHOICES).map(lambda given: Selection(**given)))
def test_sql_and_plain_python_select_the_same_articles(corpus: Corpus, chosen: Selection):
    assert found(corpus, chosen) == naive(chosen)


@pytest.mark.parametrize("name", sorted(NAIVE))
def test_each_filter_alone_tells_articles_apart(corpus: Corpus, name: str):
    chosen = Selection(**{name: ONE_OF_EACH[name]})
    assert 0 < len(found(corpus, chosen)) < 5
    assert found(corpus, chosen) == naive(chosen)


def test_an_undated_article_is_in_no_dated_selection(corpus: Corpus):
    assert 4 not in found(corpus, Selection(since=date(1900, 1, 1)))
    assert 4 not in found(corpus, Selection(preset=Preset.MONTHS_12))


@given(selections(), words)
def test_what_a_person_types_never_stands_in_the_sql(chosen: Selection, typed: str):
    marked = f"zq{typed}qz"
    chosen = Selection(
        tags=(marked, *chosen.tags),
        sections=(marked,),
        countries=(marked,),
        sources=(marked,),
        query="zqtypedqz",
    )
    where = chosen.where()
    assert "zq" not in where.sql
    assert marked == where.parameters["tags_0"]


def test_a_hostile_value_is_a_value(corpus: Corpus):
    hostile = "x' OR true) --"
    assert found(corpus, Selection(tags=(hostile,))) == []
    assert found(corpus, Selection(sources=("essai'; DROP TABLE article; --",))) == []
    assert found(corpus, Selection()) == [1, 2, 3, 4, 5]


def test_a_query_that_cannot_be_read_is_refused():
    with pytest.raises(QuerySyntaxError):
        Selection(query='"jamais fermé').where()


def test_a_selection_is_a_key():
    assert {Selection(tags=("gaz",)): 1}[Selection(tags=("gaz",))] == 1
