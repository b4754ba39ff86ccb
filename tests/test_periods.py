"""How time is cut into periods, and the days that a preset means."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.periods import (
    ENOUGH_ARTICLES,
    Grain,
    Preset,
    automatic_grain,
    end_of,
    periods_between,
    since_of,
    start_of,
)

days = st.dates(date(1990, 1, 1), date(2049, 12, 31))
grains = st.sampled_from(Grain)


@pytest.mark.parametrize(
    ("grain", "first", "last"),
    [
        (Grain.DAY, date(2024, 2, 29), date(2024, 2, 29)),
        (Grain.WEEK, date(2024, 2, 26), date(2024, 3, 3)),
        (Grain.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        (Grain.QUARTER, date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_the_leap_day_lies_in_these_periods(grain: Grain, first: date, last: date):
    assert start_of(date(2024, 2, 29), grain) == first
    assert end_of(first, grain) == last


def test_a_week_of_two_years_is_one_period():
    assert start_of(date(2025, 1, 1), Grain.WEEK) == start_of(date(2024, 12, 31), Grain.WEEK)


@given(days, grains)
def test_a_day_lies_in_the_period_that_begins_at_its_start(day: date, grain: Grain):
    start = start_of(day, grain)
    assert start <= day <= end_of(start, grain)
    assert start_of(start, grain) == start == start_of(end_of(start, grain), grain)


@given(days, st.integers(0, 900), grains)
def test_periods_follow_one_another_without_gap_or_overlap(first: date, length: int, grain: Grain):
    last = first + timedelta(days=length)
    starts = periods_between(first, last, grain)
    assert starts[0] <= first <= end_of(starts[0], grain)
    assert starts[-1] <= last <= end_of(starts[-1], grain)
    assert all(end_of(start, grain) + timedelta(days=1) == following for start, following in pairwise(starts))


@given(days, grains)
def test_no_period_lies_between_a_day_and_the_day_before(day: date, grain: Grain):
    before = day - timedelta(days=32)
    assert periods_between(day, before, grain) in ([], [start_of(day, grain)])


@pytest.mark.parametrize(
    ("preset", "last", "first"),
    [
        (Preset.DAYS_30, date(2024, 3, 30), date(2024, 3, 1)),
        (Preset.MONTHS_3, date(2024, 3, 31), date(2024, 1, 1)),
        (Preset.MONTHS_3, date(2024, 5, 31), date(2024, 3, 1)),
        (Preset.MONTHS_12, date(2024, 2, 29), date(2023, 3, 1)),
        (Preset.MONTHS_12, date(2025, 12, 31), date(2025, 1, 1)),
        (Preset.ALL, date(2024, 3, 30), None),
    ],
)
def test_a_preset_ends_on_the_last_day_of_the_corpus(preset: Preset, last: date, first: date | None):
    assert since_of(preset, last) == first


def test_a_preset_of_thirty_days_holds_thirty_days():
    first = since_of(Preset.DAYS_30, date(2026, 1, 15))
    assert first is not None
    assert len(periods_between(first, date(2026, 1, 15), Grain.DAY)) == 30


@pytest.mark.parametrize(
    ("length", "articles", "expected"),
    [
        (30, 30 * ENOUGH_ARTICLES, Grain.DAY),
        (63, 63 * ENOUGH_ARTICLES, Grain.WEEK),  # days would be too many points
        (30, 30 * ENOUGH_ARTICLES // 7 + 1, Grain.WEEK),  # days would be too thin
        (400, 140, Grain.MONTH),
        (400, 20, Grain.QUARTER),
        (9_000, 1_000_000, Grain.QUARTER),
    ],
)
def test_the_grain_is_the_finest_that_can_be_read_and_means_something(length, articles, expected):
    first = date(2020, 1, 1)
    assert automatic_grain(first, first + timedelta(days=length - 1), articles) == expected


def test_months_are_shown_where_nothing_is_dated():
    assert automatic_grain(None, None, 12) == Grain.MONTH
    assert automatic_grain(date(2024, 1, 1), None, 12) == Grain.MONTH
