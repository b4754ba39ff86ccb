"""Peaks follow a stated rule, and what explains one is counted in its articles."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.keywords import trend
from dashboard.analysis.peaks import COOL_DOWN, FEWEST_ARTICLES, SMALLEST_RATIO, peaks, why
from dashboard.periods import Grain
from dashboard.selection import Selection
from tiny_corpus import tiny_corpus

MONDAY = date(2024, 1, 1)


def weeks(k: list[int], n: list[int]) -> pd.DataFrame:
    return pd.DataFrame({"start": [MONDAY + timedelta(weeks=i) for i in range(len(k))], "k": k, "n": n})


def test_a_peak_is_many_times_what_came_before() -> None:
    [peak] = peaks(weeks([2, 2, 2, 2, 2, 20, 2], [100] * 7), Grain.WEEK)
    assert (peak.start, peak.end) == (MONDAY + timedelta(weeks=5), MONDAY + timedelta(days=41))
    assert (peak.k, peak.n, peak.share, peak.baseline, peak.ratio) == (20, 100, 200.0, 20.0, 10.0)


@pytest.mark.parametrize(
    ("k", "n"),
    [
        ([1, 1, 1, 1, 1, 9], [100] * 6),  # too few articles
        ([10, 10, 10, 10, 10, 19], [100] * 6),  # not twice as many
        ([2, 2, 2, 20], [100] * 4),  # too little before
        ([2, 2, 2, 2, 2, 20], [100] * 5 + [1000]),  # more of everything
        ([0, 0, 0, 0, 0, 20], [0] * 5 + [100]),  # a gap before
        ([], []),
    ],
)
def test_what_is_no_peak(k: list[int], n: list[int]) -> None:
    assert peaks(weeks(k, n), Grain.WEEK) == []


def test_a_word_never_seen_before_can_peak() -> None:
    [peak] = peaks(weeks([0] * 5 + [15], [100] * 6), Grain.WEEK)
    assert peak.baseline == 2.0, "one article in five hundred stands for none"


def test_of_neighbouring_peaks_the_highest_is_kept() -> None:
    [peak] = peaks(weeks([1] * 6 + [20, 60, 50], [100] * 9), Grain.WEEK)
    assert peak.k == 60


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=40))
def test_every_peak_keeps_the_rule(pairs: list[tuple[int, int]]) -> None:
    frame = weeks([min(k, n) for k, n in pairs], [n for _, n in pairs])
    found = peaks(frame, Grain.WEEK)
    assert all(peak.k >= FEWEST_ARTICLES and peak.ratio >= SMALLEST_RATIO for peak in found)
    apart = [(b.start - a.start).days // 7 for a, b in pairwise(found)]
    assert all(distance > COOL_DOWN for distance in apart)


def test_why_there_is_a_peak(tmp_path: Path) -> None:
    usual = [
        {
            "title": f"Gaz et contrats {i}",
            "text": "gaz contrat livraison",
            "published": MONDAY + timedelta(days=3 * i),
            "regions": ["Union européenne"],
            "countries": ["FRA"],
        }
        for i in range(40)
    ]
    blast = [
        {
            "title": f"Nord Stream saboté {i}",
            "text": "gaz explosion sabotage Baltique",
            "published": MONDAY + timedelta(days=63 + i % 7),
            "regions": ["Russie"],
            "countries": ["RUS"],
        }
        for i in range(15)
    ]
    other = [{"title": "Vote", "published": MONDAY + timedelta(days=i)} for i in range(120)]
    corpus = tiny_corpus(tmp_path, [*usual, *blast, *other])
    [peak] = peaks(trend(corpus, Selection(), ["gaz"], Grain.WEEK), Grain.WEEK)
    assert peak.start == MONDAY + timedelta(days=63)
    reason = why(corpus, Selection(), "gaz", peak)
    assert set(reason.words["term"]) >= {"explosion", "sabotage", "baltique"}
    assert "gaz" not in set(reason.words["term"])
    assert "livraison" not in set(reason.words["term"])
    assert len(reason.titles) == 3
    assert all(title.startswith("Nord Stream") for title in reason.titles["title"])
    assert reason.regions.set_index("value")["g2"].gt(0).to_dict() == {
        "Russie": True,
        "Union européenne": False,
    }
    assert reason.countries["k_in"].tolist()[0] in (15, 2, 3)
    assert reason.pairs.empty
    assert reason.since < peak.start <= peak.end < reason.until
