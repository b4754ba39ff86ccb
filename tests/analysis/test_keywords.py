"""Trends are counted by hand: k, n and ‰ in every period, and nothing where there is nothing."""

from datetime import date
from math import isnan
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.context import cooccurring, in_context
from dashboard.analysis.keywords import base_100, gaps, is_rare, matching, smoothed, trend
from dashboard.corpus.read import Corpus
from dashboard.periods import Grain
from dashboard.query import QuerySyntaxError
from dashboard.selection import Selection
from tiny_corpus import tiny_corpus

ARTICLES = [
    {"title": "Gaz russe", "text": "Sanctions", "published": "2024-01-01", "regions": ["Russie"]},
    {"title": "Le gaz", "published": "2024-01-31", "regions": ["Russie", "Union européenne"]},
    {"title": "Pétrole", "published": "2024-01-15", "regions": ["Moyen-Orient"]},
    {"title": "Rien", "published": "2024-02-10", "regions": ["Russie"]},
    {"title": "Gaz encore", "published": "2024-04-30", "regions": ["Russie"]},
    {"title": "Gaz sans date", "regions": ["Russie"]},
    {"title": "Le gaz", "published": "2024-01-31", "duplicate_of": 2, "regions": ["Russie"]},
]
EVERYTHING = Selection()
RUSSIA = Selection(regions=("Russie",))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return tiny_corpus(tmp_path_factory.mktemp("corpus"), ARTICLES)


def test_a_trend_by_month_counted_by_hand(corpus: Corpus) -> None:
    frame = trend(corpus, EVERYTHING, ["gaz"], Grain.MONTH)
    assert frame["start"].tolist() == [date(2024, month, 1) for month in (1, 2, 3, 4)]
    assert frame["k"].tolist() == [2, 0, 0, 1]
    assert frame["n"].tolist() == [3, 1, 0, 1]
    assert frame["share"].round(1).tolist()[:2] == [666.7, 0.0]
    assert isnan(frame["share"][2]), "a month without any article is missing, not zero"
    assert (frame["low"][1], round(frame["high"][1], 1)) == (0.0, 793.5)
    assert frame["complete"].tolist() == [True, True, True, True]


def test_the_denominator_is_the_selection_without_the_query(corpus: Corpus) -> None:
    frame = trend(corpus, RUSSIA, ["gaz", "petrole"], Grain.MONTH)
    assert frame["query"].tolist() == ["gaz"] * 4 + ["petrole"] * 4
    assert frame["k"].tolist() == [2, 0, 0, 1, 0, 0, 0, 0]
    assert frame["n"].tolist() == [2, 1, 0, 1] * 2


def test_the_order_of_the_queries_is_kept(corpus: Corpus) -> None:
    frame = trend(corpus, EVERYTHING, ["petrole", "gaz"], Grain.MONTH)
    assert list(dict.fromkeys(frame["query"])) == ["petrole", "gaz"]


def test_a_period_cut_by_the_dates_is_unfinished(corpus: Corpus) -> None:
    january = Selection(since=date(2024, 1, 10), until=date(2024, 2, 29))
    frame = trend(corpus, january, ["gaz"], Grain.MONTH)
    assert frame["k"].tolist() == [1, 0]
    assert frame["complete"].tolist() == [False, True]


def test_the_query_of_the_selection_is_a_filter_like_any_other(corpus: Corpus) -> None:
    frame = trend(corpus, Selection(query="gaz"), ["russe"], Grain.MONTH)
    assert frame["k"].tolist() == [1, 0, 0, 0]
    assert frame["n"].tolist() == [2, 0, 0, 1]


def test_nothing_dated_gives_an_empty_trend(tmp_path: Path) -> None:
    corpus = tiny_corpus(tmp_path, [{"title": "gaz"}])
    assert trend(corpus, EVERYTHING, ["gaz"], Grain.MONTH).empty


def test_a_mistake_in_a_query_is_raised(corpus: Corpus) -> None:
    with pytest.raises(QuerySyntaxError):
        trend(corpus, EVERYTHING, ["(gaz"], Grain.MONTH)


@pytest.mark.parametrize(
    "query", ["'; DROP TABLE term; --", '"; SELECT 1', "{where}", "$since", "%s", "(a+)+$", "a\\", "\x00gaz"]
)
def test_hostile_queries_find_nothing_and_break_nothing(corpus: Corpus, query: str) -> None:
    try:
        frame = trend(corpus, RUSSIA, [query], Grain.MONTH)
    except QuerySyntaxError:
        return
    assert frame["k"].max() <= 2
    assert trend(corpus, RUSSIA, ["gaz"], Grain.MONTH)["k"].sum() == 3


def test_the_articles_behind_a_point(corpus: Corpus) -> None:
    january = date(2024, 1, 1), date(2024, 1, 31)
    assert matching(corpus, EVERYTHING, "gaz", *january) == [2, 1]
    assert matching(corpus, Selection(regions=("Union européenne",)), "gaz", *january) == [2]
    assert matching(corpus, EVERYTHING, "otan", *january) == []


def test_gaps_are_days_without_any_article(corpus: Corpus) -> None:
    by_month = trend(corpus, EVERYTHING, ["gaz", "petrole"], Grain.MONTH)
    assert gaps(by_month, Grain.MONTH) == [(date(2024, 3, 1), date(2024, 3, 31))]
    by_week = trend(corpus, EVERYTHING, ["gaz"], Grain.WEEK)
    assert gaps(by_week, Grain.WEEK)[0] == (date(2024, 1, 8), date(2024, 1, 14))


def frame_of(k: list[int], n: list[int], complete: list[bool] | None = None) -> pd.DataFrame:
    starts = [date(2020 + i // 12, i % 12 + 1, 1) for i in range(len(k))]
    share = [1000 * a / b if b else float("nan") for a, b in zip(k, n, strict=True)]
    whole = complete or [True] * len(k)
    return pd.DataFrame({"query": "gaz", "start": starts, "k": k, "n": n, "share": share, "complete": whole})


def test_smoothing_is_a_ratio_of_sums_in_a_centred_window() -> None:
    smooth = smoothed(frame_of([1, 2, 3, 6], [10, 10, 100, 10]), 3)["smooth"].round(3).tolist()
    assert smooth == [100.0, 50.0, round(1000 * 11 / 120, 3), 600.0]


def test_smoothing_never_crosses_a_gap_nor_an_unfinished_period() -> None:
    frame = frame_of([1, 1, 0, 9, 9, 5], [10, 10, 0, 10, 10, 10], [True] * 5 + [False])
    smooth = smoothed(frame, 5)["smooth"].tolist()
    assert smooth[:2] == [100.0, 100.0]
    assert isnan(smooth[2])
    assert smooth[3:5] == [900.0, 900.0]
    assert isnan(smooth[5])


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30),
    st.sampled_from([1, 3, 7]),
)
def test_smoothing_stays_between_the_shares_that_it_joins(pairs: list[tuple[int, int]], window: int) -> None:
    frame = smoothed(frame_of([min(k, n) for k, n in pairs], [n for _, n in pairs]), window)
    assert frame["smooth"].isna().tolist() == [n == 0 for _, n in pairs]
    for at in frame.index[frame["smooth"].notna()]:
        near = frame["share"][max(0, at - window // 2) : at + window // 2 + 1]
        assert near.min() - 1e-9 <= frame["smooth"][at] <= near.max() + 1e-9


def test_an_even_window_has_no_centre() -> None:
    with pytest.raises(ValueError, match="odd"):
        smoothed(frame_of([1], [1]), 2)


def test_base_100_is_the_ratio_of_sums_of_the_reference() -> None:
    frame = base_100(frame_of([1, 3, 8], [10, 30, 40]), date(2020, 1, 1), date(2020, 2, 1))
    assert frame["index"].tolist() == [100.0, 100.0, 200.0]


def test_without_a_match_in_the_reference_there_is_no_index() -> None:
    assert base_100(frame_of([0, 3], [10, 30]), date(2020, 1, 1), date(2020, 1, 31))["index"].isna().all()


def test_a_word_is_rare_when_most_periods_count_few_articles() -> None:
    assert is_rare(frame_of([1, 2, 9], [10, 10, 10])).to_dict() == {"gaz": True}
    assert is_rare(frame_of([9, 2, 9], [10, 10, 10])).to_dict() == {"gaz": False}
    assert is_rare(frame_of([9, 0, 0], [10, 0, 0])).to_dict() == {"gaz": False}, "a gap is no evidence"


def test_keywords_in_context(tmp_path: Path) -> None:
    text = "Hier, l’Élysée a parlé.\n\nAujourd’hui le cessez-le-feu tient ; l’Élysée se tait."
    corpus = tiny_corpus(tmp_path, [{"title": "À l’Élysée", "text": text, "published": "2024-02-01"}])
    lines = in_context(corpus, EVERYTHING, 'elysee OU "cessez le feu"', 10)
    assert lines["hit"].tolist() == ["Élysée", "cessez-le-feu", "Élysée"]
    assert lines["left"][0] == "Hier, l’"
    assert lines["right"][2] == " se tait."
    assert lines["article_id"].tolist() == [1, 1, 1]
    assert in_context(corpus, EVERYTHING, "titre:elysee", 10)["left"].tolist() == ["À l’"]
    assert len(in_context(corpus, EVERYTHING, "elysee", 1)) == 1
    assert in_context(corpus, EVERYTHING, "SAUF gaz", 10).empty


def test_words_that_come_with_a_query(tmp_path: Path) -> None:
    with_gas = [{"text": "gaz gazoduc livraison"}] * 10
    without = [{"text": "vote scrutin livraison"}] * 10
    corpus = tiny_corpus(tmp_path, with_gas + without)
    found = cooccurring(corpus, EVERYTHING, "gaz", 5)
    assert found["term"].tolist() == ["gazoduc"], "neither the query itself nor what stands everywhere"
    assert found[["articles_in", "n_in", "articles_out", "n_out"]].iloc[0].tolist() == [10, 10, 0, 10]
