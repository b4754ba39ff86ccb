"""Laying articles into the corpus: what is new, what changed, and what no second reading may take away."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.corpus.read import Corpus, open_current
from dashboard.corpus.write import Staging, staging
from dashboard.ingest import rows
from dashboard.ingest.article import Article, Published
from dashboard.ingest.store import Outcome, drop_source, keep_source, store

ONE = Article(
    source="site",
    source_key="1",
    title="Un titre",
    text="Un texte entier.",
    url="https://exemple.fr/1",
    section="Russie",
    tags=("gaz",),
    published=Published(day=date(2024, 1, 5), basis="attribut datePublished"),
)
TWO = replace(ONE, source_key="2", title="Autre titre", tags=())
ALL = "SELECT * FROM article ORDER BY article_id"


@contextmanager
def writing(folder: Path) -> Iterator[Staging]:
    with staging(folder, reason="essai", coder="0") as change:
        yield change
        change.changed = True


def put(folder: Path, *articles: Article, complete: bool = False) -> Outcome:
    with writing(folder) as change:
        return store(change, list(articles), complete=complete)


def rows_of(folder: Path) -> list[dict[str, Any]]:
    corpus: Corpus = open_current(folder)
    found = corpus.query(ALL).to_dict("records")
    corpus.close()
    return found


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.new, outcome.changed, outcome.unchanged


def test_an_article_met_again_as_it_was_is_left_alone(tmp_path: Path):
    assert counts(put(tmp_path, ONE, TWO)) == (2, 0, 0)
    again = put(tmp_path, ONE, TWO)
    assert counts(again) == (0, 0, 2)
    assert again.touched == []


def test_a_correction_keeps_the_number_of_the_article_and_when_it_came(tmp_path: Path):
    put(tmp_path, ONE, TWO)
    outcome = put(tmp_path, replace(ONE, title="Titre corrigé"), complete=True)
    assert counts(outcome) == (0, 1, 0)
    first, second = rows_of(tmp_path)
    assert (first["article_id"], first["added_in"], first["changed_in"]) == (1, 1, 2)
    assert first["title"] == "Titre corrigé"
    assert (second["article_id"], second["added_in"], second["changed_in"]) == (2, 1, 1)
    assert outcome.touched == [1]


def test_the_next_article_gets_a_number_of_its_own(tmp_path: Path):
    put(tmp_path, ONE)
    put(tmp_path, replace(ONE, title="Corrigé"), TWO, complete=True)
    assert [(row["article_id"], row["source_key"]) for row in rows_of(tmp_path)] == [(1, "1"), (2, "2")]


def test_two_sources_with_the_same_key_are_two_articles(tmp_path: Path):
    assert counts(put(tmp_path, ONE, replace(ONE, source="autre"))) == (2, 0, 0)
    assert len(rows_of(tmp_path)) == 2


def test_the_same_article_twice_in_one_reading_is_stored_once(tmp_path: Path):
    outcome = put(tmp_path, ONE, replace(ONE, tags=("kremlin",)))
    assert outcome.new + outcome.changed + outcome.unchanged == 2
    [row] = rows_of(tmp_path)
    assert list(row["tags"]) == ["gaz", "kremlin"]


def test_an_archive_adds_its_tag_to_those_known(tmp_path: Path):
    put(tmp_path, ONE)
    put(tmp_path, replace(ONE, tags=("russie",)))
    [row] = rows_of(tmp_path)
    assert list(row["tags"]) == ["gaz", "russie"]


def test_a_complete_source_takes_a_tag_away(tmp_path: Path):
    put(tmp_path, replace(ONE, tags=("gaz", "erreur")), complete=True)
    put(tmp_path, ONE, complete=True)
    [row] = rows_of(tmp_path)
    assert list(row["tags"]) == ["gaz"]


@pytest.mark.parametrize("complete", [True, False])
def test_an_excerpt_never_takes_the_place_of_a_full_text(tmp_path: Path, complete: bool):
    put(tmp_path, ONE, complete=complete)
    put(tmp_path, replace(ONE, text="Un texte…", partial=True), complete=complete)
    [row] = rows_of(tmp_path)
    assert (row["text"], row["partial"]) == ("Un texte entier.", False)


@pytest.mark.parametrize("complete", [True, False])
def test_a_full_text_takes_the_place_of_an_excerpt(tmp_path: Path, complete: bool):
    put(tmp_path, replace(ONE, text="Un texte…", partial=True), complete=complete)
    assert counts(put(tmp_path, ONE, complete=complete)) == (0, 1, 0)
    [row] = rows_of(tmp_path)
    assert (row["text"], row["partial"]) == ("Un texte entier.", False)


def test_what_one_reading_lacks_the_other_gives(tmp_path: Path):
    put(tmp_path, replace(ONE, section=None, url=None, author="Léa Martin"))
    put(tmp_path, ONE)
    [row] = rows_of(tmp_path)
    assert (row["section"], row["url"], row["author"]) == ("Russie", "https://exemple.fr/1", "Léa Martin")


def test_an_undated_article_is_kept(tmp_path: Path):
    put(tmp_path, replace(ONE, published=Published()))
    [row] = rows_of(tmp_path)
    assert row["date_precision"] == "inconnue"
    assert str(row["published"]) == "NaT"


def test_a_day_known_between_bounds_is_not_invented(tmp_path: Path):
    between = Published(earliest=date(2024, 1, 1), latest=date(2024, 1, 31), basis="ordre de la page")
    put(tmp_path, replace(ONE, published=between))
    [row] = rows_of(tmp_path)
    assert (row["date_precision"], str(row["published"])) == ("intervalle", "NaT")
    assert (row["earliest"].date(), row["latest"].date()) == (date(2024, 1, 1), date(2024, 1, 31))


def test_a_source_keeps_the_day_it_was_first_read(tmp_path: Path):
    for address in ("a.txt", "b.txt"):
        with writing(tmp_path) as change:
            keep_source(change, "site", kind="capture", address=address)
    [row] = open_current(tmp_path).query("SELECT * FROM source").to_dict("records")
    assert row["address"] == "b.txt"
    assert row["first_read"] < row["last_read"]


def test_a_source_that_is_dropped_leaves_nothing(tmp_path: Path):
    put(tmp_path, ONE, replace(TWO, source="autre"))
    with writing(tmp_path) as change:
        assert drop_source(change, "site") == [1]
        assert drop_source(change, "personne") == []
    assert [row["source"] for row in rows_of(tmp_path)] == ["autre"]


texts = st.text(st.characters(codec="utf-8"), max_size=20)
zones = st.sampled_from([UTC, timezone(timedelta(hours=2))])
moments = st.none() | st.builds(datetime.fromtimestamp, st.integers(10**9, 2 * 10**9), zones)
dates = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))
articles = st.builds(
    Article,
    source=texts,
    source_key=texts,
    title=texts,
    text=texts,
    lead=texts,
    url=st.none() | texts,
    author=st.none() | texts,
    section=st.none() | texts,
    tags=st.lists(texts, max_size=3).map(tuple),
    published=st.builds(Published, dates, dates, dates, texts),
    instant=moments,
    modified=moments,
    partial=st.booleans(),
)


@given(articles)
def test_a_row_brings_back_the_article(article: Article):
    assert rows.from_row(rows.to_row(article)) == article


@given(articles, st.sampled_from(["title", "text", "lead", "url", "author", "section", "source_key"]))
def test_a_fingerprint_tells_every_change_apart(article: Article, name: str):
    changed = replace(article, **{name: (getattr(article, name) or "") + "!"})
    assert rows.fingerprint(changed) != rows.fingerprint(article)
    assert rows.fingerprint(replace(article, modified=datetime(2031, 1, 1, tzinfo=UTC))) == rows.fingerprint(
        article
    )
