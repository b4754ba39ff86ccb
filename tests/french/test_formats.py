"""Numbers, dates and lists as the French press writes them."""

from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.french import formats
from dashboard.periods import Grain

NARROW, NBSP = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, 0, "0"),
        (1234.5, 1, f"1{NARROW}234,5"),
        (1234567, 0, f"1{NARROW}234{NARROW}567"),
        (12, 1, "12,0"),
        (0.04, 1, "0,0"),
        (-3.26, 1, "\u22123,3"),
        (np.int64(1000), 0, f"1{NARROW}000"),
        (float("nan"), 0, "–"),
        (None, 2, "–"),
        (pd.NA, 1, "–"),
    ],
)
def test_numbers(value: float | None, decimals: int, written: str):
    assert formats.number(value, decimals) == written


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_can_be_read_back(value: int):
    assert int(formats.number(value).replace(NARROW, "").replace("\u2212", "-")) == value


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (0, f"0{NBSP}article"),
        (1, f"1{NBSP}article"),
        (2, f"2{NBSP}articles"),
        (1234, f"1{NARROW}234{NBSP}articles"),
    ],
)
def test_what_is_below_two_is_singular(count: int, written: str):
    assert formats.counted(count, "article") == written


def test_a_plural_of_its_own():
    assert formats.counted(3, "article lu", "articles lus") == f"3{NBSP}articles lus"
    assert formats.counted(1, "article lu", "articles lus") == f"1{NBSP}article lu"


def test_a_share_carries_its_sign():
    assert formats.per_thousand(12.34) == f"12,3{NBSP}‰"
    assert formats.per_thousand(0) == f"0{NBSP}‰"
    assert formats.per_thousand(float("nan")) == "–"


@pytest.mark.parametrize(
    ("value", "written", "short"),
    [
        (date(2024, 3, 12), "12 mars 2024", "12 mars 2024"),
        (date(2024, 3, 1), "1er mars 2024", "1er mars 2024"),
        (date(2025, 1, 1), "1er janvier 2025", "1er janv. 2025"),
        (date(2024, 9, 11), "11 septembre 2024", "11 sept. 2024"),
        (date(2024, 2, 21), "21 février 2024", "21 févr. 2024"),
        (date(2024, 8, 31), "31 août 2024", "31 août 2024"),
    ],
)
def test_days(value: date, written: str, short: str):
    assert formats.day(value) == written
    assert formats.short_day(value) == short


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2025, 1, 1), date(2025, 6, 30), "1er janv. – 30 juin 2025"),
        (date(2022, 2, 1), date(2022, 2, 28), "1er – 28 févr. 2022"),
        (date(2024, 12, 31), date(2025, 1, 1), "31 déc. 2024 – 1er janv. 2025"),
        (date(2025, 3, 3), date(2025, 3, 3), "3 mars 2025"),
    ],
)
def test_a_stretch_of_days_says_the_year_once(first: date, last: date, written: str):
    assert formats.days(first, last) == written


@pytest.mark.parametrize(
    ("grain", "start", "written"),
    [
        (Grain.DAY, date(2024, 5, 1), "1er mai 2024"),
        (Grain.WEEK, date(2024, 3, 11), "semaine du 11 mars 2024"),
        (Grain.MONTH, date(2024, 12, 1), "décembre 2024"),
        (Grain.QUARTER, date(2024, 1, 1), "1er trimestre 2024"),
        (Grain.QUARTER, date(2024, 10, 1), "4e trimestre 2024"),
    ],
)
def test_periods_have_names(grain: Grain, start: date, written: str):
    assert formats.period(start, grain) == written


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.sampled_from(Grain))
def test_no_english_month_is_ever_written(value: date, grain: Grain):
    written = formats.period(value, grain) + formats.short_day(value)
    assert not {"January", "February", "March", "May", "August", "Aug", "Dec.", "Q1", "T1"} & set(
        written.split()
    )


@pytest.mark.parametrize(
    ("words", "written"),
    [([], ""), (["Russie"], "Russie"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
)
def test_lists(words: list[str], written: str):
    assert formats.listed(words) == written
    assert formats.listed(words, last="ou") == written.replace(" et ", " ou ")


def test_quotation_marks_hold_their_words():
    assert formats.quoted("gaz") == f"«{NBSP}gaz{NBSP}»"
    assert formats.quoted('"droits de douane" OU taxe') == f"«{NBSP}“droits de douane” OU taxe{NBSP}»"


def test_typed_marks_become_french_ones_and_a_lone_one_stays():
    assert formats.typographic('"droits de douane"') == f"«{NBSP}droits de douane{NBSP}»"
    assert formats.typographic('5" de pluie') == '5" de pluie'


@pytest.mark.parametrize(("text", "written"), [("", ""), ("élan", "Élan"), ("OTAN", "OTAN"), ("«", "«")])
def test_a_first_letter_in_upper_case_leaves_the_rest(text: str, written: str):
    assert formats.capitalised(text) == written


def test_months_in_order_have_names_of_their_own():
    names = [formats.period(date(2024, month, 1), Grain.MONTH) for month in range(1, 13)]
    assert all(one != other for one, other in pairwise(names))
