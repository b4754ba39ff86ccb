"""What moved between two periods of the same length, and what only seems to."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.analysis import movers
from dashboard.analysis.timelines import Dimension
from dashboard.corpus.read import Corpus
from dashboard.selection import Selection
from tiny_corpus import tiny_corpus

YEAR = Selection(since=date(2024, 7, 1), until=date(2024, 12, 31))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Twenty articles before and twenty after: « gaz » in 1 then 15, « paix » in 10 then 10."""
    before = [
        {"published": "2024-03-01", "tags": [*["gaz"][: n < 1], *["paix"][: n < 10]]} for n in range(20)
    ]
    after = [
        {"published": "2024-09-01", "tags": [*["gaz"][: n < 15], *["paix"][: n < 10]]} for n in range(20)
    ]
    return tiny_corpus(tmp_path_factory.mktemp("movers"), [*before, *after, {"published": "2024-12-31"}])


def test_a_tag_that_rose_is_told_with_its_counts_and_one_that_did_not_is_not(corpus: Corpus):
    both = movers.periods(corpus, YEAR)
    assert both
    found = movers.of_dimension(corpus, both, Dimension.TAGS, 10)
    assert found["value"].tolist() == ["gaz"]
    row = found.iloc[0]
    assert (row.k, row.n, row.k_before, row.n_before) == (15, 21, 1, 20)
    assert row.g2 > movers.BEYOND_NOISE


def test_a_fall_is_the_mirror_of_a_rise(corpus: Corpus):
    both = movers.periods(corpus, YEAR)
    assert both and both.now == YEAR
    assert both.before.until == date(2024, 6, 30)
    assert both.length == 184


def test_without_dates_the_latest_days_are_looked_at(corpus: Corpus):
    both = movers.periods(corpus, Selection())
    assert both and both.now.until == date(2024, 12, 31)
    assert both.length == max(movers.USUAL_DAYS), "too few articles for a shorter look"


def test_a_hundred_articles_in_the_latest_days_are_enough_for_a_short_look(tmp_path: Path):
    latest = [{"published": "2024-12-31"}] * 40 + [{"published": "2024-12-02"}] * 60
    busy = tiny_corpus(tmp_path / "busy", latest)
    both = movers.periods(busy, Selection())
    assert both and (both.length, both.n) == (30, 100)
    one_less = movers.periods(tiny_corpus(tmp_path / "less", latest[:-1]), Selection())
    assert one_less and one_less.length == 365
    a_day_early = [*latest[:-1], {"published": "2024-12-01"}]
    longer = movers.periods(tiny_corpus(tmp_path / "early", a_day_early), Selection())
    assert longer and longer.length == 90


def test_nothing_moves_when_one_of_the_periods_is_empty(corpus: Corpus):
    lonely = movers.periods(corpus, Selection(since=date(2024, 1, 1), until=date(2024, 12, 31)))
    assert lonely and (lonely.n, lonely.n_before) == (41, 0)
    for moved in (
        movers.of_dimension(corpus, lonely, Dimension.TAGS, 10),
        movers.of_pairs(corpus, lonely, 10),
        movers.of_words(corpus, lonely, 10),
    ):
        assert moved.empty


def test_a_corpus_without_any_day_has_no_periods(tmp_path: Path):
    undated = tiny_corpus(tmp_path, [{"tags": ["gaz"]}])
    assert movers.periods(undated, Selection()) is None
