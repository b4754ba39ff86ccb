"""Shares and their noise, and the periods that a timeline shows."""

import math
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis import shares
from dashboard.corpus.read import Corpus, open_current
from dashboard.corpus.write import staging
from dashboard.periods import Grain, Preset, start_of
from dashboard.selection import Selection
from tiny_corpus import add, tiny_corpus

ALL = Selection()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    days = ["2024-01-10", "2024-01-10", "2024-02-29", "2024-05-01", "2024-05-20", None]
    articles = [{"published": day, "tags": ["rare"] if day == "2024-02-29" else []} for day in days]
    repeated = {"published": "2024-03-15", "duplicate_of": 1}
    return tiny_corpus(tmp_path_factory.mktemp("shares"), [*articles, repeated])


@pytest.fixture(scope="module")
def undated(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return tiny_corpus(tmp_path_factory.mktemp("undated"), [{"title": "Sans date", "tags": ["gaz"]}])


# Newcombe (1998), « Two-sided confidence intervals for the single proportion », table I, method 3.
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("k", "n", "low", "high"), NEWCOMBE)
def test_the_interval_is_that_of_the_published_table(k: int, n: int, low: float, high: float):
    found = shares.wilson(np.array([float(k)]), np.array([float(n)]))
    assert [bound.item() for bound in found] == pytest.approx([low, high], abs=5e-5)


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_in_bounds(counted: tuple[int, int]):
    k, n = counted
    low, high = (bound.item() for bound in shares.wilson(np.array([float(k)]), np.array([float(n)])))
    assert 0 <= low <= k / n + 1e-12
    assert k / n - 1e-12 <= high <= 1
    assert high > low  # not even nothing of many is certain


def test_a_share_is_per_thousand_and_missing_without_articles():
    frame = shares.with_shares(pd.DataFrame({"k": [1, 0, 0], "n": [8, 4, 0]}))
    assert frame["share"].tolist()[:2] == [125, 0]
    assert frame.loc[2, ["share", "low", "high"]].isna().all()
    assert frame.loc[1, "high"] > 0


def test_every_period_is_there_and_silence_is_zero(corpus: Corpus):
    months = shares.totals(corpus, ALL, Grain.MONTH)
    assert months["start"].tolist() == [date(2024, month, 1) for month in range(1, 6)]
    assert months["n"].tolist() == [2, 1, 0, 0, 2]


def test_a_period_that_the_corpus_cuts_is_not_complete(corpus: Corpus):
    assert shares.totals(corpus, ALL, Grain.MONTH)["complete"].tolist() == [False, True, True, True, False]
    assert shares.totals(corpus, ALL, Grain.DAY)["complete"].all()


def test_a_period_that_the_selection_cuts_is_not_complete(corpus: Corpus):
    chosen = Selection(since=date(2024, 2, 1), until=date(2024, 4, 15))
    months = shares.totals(corpus, chosen, Grain.MONTH)
    assert months["start"].tolist() == [date(2024, month, 1) for month in (2, 3, 4)]
    assert months["complete"].tolist() == [True, True, False]


def test_a_period_cut_by_another_filter_than_dates_is_complete(corpus: Corpus):
    months = shares.totals(corpus, Selection(tags=("rare",)), Grain.MONTH)
    assert months[["start", "n", "complete"]].values.tolist() == [[date(2024, 2, 1), 1, True]]


def test_days_without_a_corpus_are_no_silence(corpus: Corpus):
    wide = Selection(since=date(2020, 1, 1), until=date(2030, 1, 1))
    months = shares.totals(corpus, wide, Grain.MONTH)
    assert (months["start"].iloc[0], months["start"].iloc[-1]) == (date(2024, 1, 1), date(2024, 5, 1))
    assert months["complete"].tolist() == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("chosen", "days"),
    [
        (ALL, (date(2024, 1, 10), date(2024, 5, 20))),
        (Selection(tags=("rare",)), (date(2024, 2, 29), date(2024, 2, 29))),
        (Selection(since=date(2024, 1, 20)), (date(2024, 1, 20), date(2024, 5, 20))),
        (Selection(until=date(2024, 3, 5)), (date(2024, 1, 10), date(2024, 3, 5))),
        (Selection(preset=Preset.DAYS_30), (date(2024, 4, 21), date(2024, 5, 20))),
        (Selection(since=date(2024, 1, 1), tags=("rare",)), (date(2024, 1, 10), date(2024, 2, 29))),
        (Selection(tags=("absent",)), (None, None)),
        (Selection(since=date(2030, 1, 1)), (None, None)),
        (Selection(since=date(2024, 3, 10), until=date(2024, 3, 20)), (None, None)),  # a duplicate alone
    ],
)
def test_the_days_that_a_timeline_shows(corpus: Corpus, chosen: Selection, days: tuple[date, date]):
    assert shares.span(corpus, chosen) == days


def test_without_any_day_there_is_no_period(undated: Corpus):
    assert shares.span(undated, ALL) == (None, None)
    assert shares.totals(undated, ALL, Grain.MONTH).empty
    assert shares.totals(undated, Selection(preset=Preset.MONTHS_3), Grain.MONTH).empty


def library(folder: Path, days: list[date | None], copies: list[int]) -> Corpus:
    """Articles of those days; each of `copies` is a copy of the first one."""
    articles = [{"published": day, "duplicate_of": 1 if n in copies else None} for n, day in enumerate(days)]
    return tiny_corpus(folder, articles)


dates_or_none = st.none() | st.dates(date(2023, 12, 20), date(2024, 3, 10))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(dates_or_none, min_size=1, max_size=12),
    st.lists(st.integers(1, 11)),
    dates_or_none,
    dates_or_none,
    st.sampled_from([Grain.DAY, Grain.WEEK, Grain.MONTH]),
)
def test_days_alone_count_as_article_by_article(
    days: list[date | None], copies: list[int], since: date | None, until: date | None, grain: Grain
):
    with tempfile.TemporaryDirectory() as folder:
        corpus = library(Path(folder), days, copies)
        counted = [day for n, day in enumerate(days) if day and n not in copies]
        chosen = [d for d in counted if (not since or d >= since) and (not until or d <= until)]
        found = shares.totals(corpus, Selection(since=since, until=until), grain)
        by_hand = Counter(start_of(day, grain) for day in chosen)
        assert {row.start: row.n for row in found.itertuples() if row.n} == by_hand
        corpus.close()


def test_articles_that_the_index_does_not_hold_yet_are_counted(tmp_path: Path):
    library(tmp_path, [date(2024, 1, 5)], []).close()
    with staging(tmp_path, reason="essai", coder="0") as change:
        add(change.connection, [{"published": "2024-01-07"}, {"published": None}], first=10)
        change.changed = True
    behind = open_current(tmp_path)
    assert shares.totals(behind, ALL, Grain.MONTH)["n"].tolist() == [2]
    assert shares.span(behind, ALL) == (date(2024, 1, 5), date(2024, 1, 7))


def test_counts_are_laid_over_all_periods(corpus: Corpus):
    counts = pd.DataFrame({"start": [date(2024, 2, 1)], "value": ["gaz"], "k": [1]})
    frame = shares.spread(counts, "value", ["gaz", "blé"], shares.totals(corpus, ALL, Grain.MONTH))
    assert frame.groupby("value")["k"].apply(list).to_dict() == {"gaz": [0, 1, 0, 0, 0], "blé": [0] * 5}
    assert math.isnan(frame.loc[frame["start"] == date(2024, 3, 1), "share"].iloc[0])
