"""The words that mark a selection: what is compared is what the page says."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.analysis.marking import Marked, marking
from dashboard.corpus.read import Corpus
from dashboard.selection import Selection
from tiny_corpus import tiny_corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Two articles on fishing in 2022, then a year of war."""
    fishing = [{"title": "La pêche reprend", "published": f"2022-03-0{day}"} for day in (1, 2)]
    war = [{"title": "La guerre continue", "published": f"2024-01-{day:02}"} for day in range(1, 31)]
    other = [{"title": "Le blé manque", "published": f"2022-06-{day:02}"} for day in range(1, 31)]
    return tiny_corpus(tmp_path, [*fishing, *other, *war])


def test_of_the_whole_corpus_the_words_of_its_last_year_are_told(corpus: Corpus):
    found = marking(corpus, Selection(), None)
    assert found.marked is Marked.LAST_YEAR
    assert set(found.frame["shown"]) == {"guerre", "continue"}


def test_of_days_that_nothing_marks_off_their_own_words_are_told_never_those_of_another_year(corpus: Corpus):
    chosen = Selection(since=date(2022, 3, 1), until=date(2022, 3, 2))
    found = marking(corpus, chosen, None)
    assert found.marked is Marked.NOTHING
    assert "guerre" not in found.frame["shown"].tolist()
    assert "pêche" in found.frame["shown"].tolist()


def test_against_another_selection_that_does_not_differ_no_year_takes_its_place(corpus: Corpus):
    assert marking(corpus, Selection(), Selection(query="blé OU guerre OU pêche")).by == "articles"
