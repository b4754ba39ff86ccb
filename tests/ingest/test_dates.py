from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ingest.dates import moment, published

NOW = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-05-20T22:07:01+02:00", date(2020, 5, 20)),
        ("2021-12-31T23:30:00Z", date(2022, 1, 1)),
        ("2021-12-31T23:30:00+00:00", date(2022, 1, 1)),
        ("2021-12-31T23:30:00-05:00", date(2021, 12, 31)),
        ("2021-12-31T23:30:00", date(2021, 12, 31)),
        ("2021-12-31 23:30", date(2021, 12, 31)),
        ("2021-12-31", date(2021, 12, 31)),
        ("20211231T233000Z", date(2022, 1, 1)),
        ("Fri, 31 Dec 2021 23:30:00 +0000", date(2022, 1, 1)),
        ("Fri, 31 Dec 2021 23:30:00 GMT", date(2022, 1, 1)),
        ("Fri, 31 Dec 2021 23:30:00 CEST", date(2021, 12, 31)),
        ("ven., 31 déc. 2021 10:00:00 +0100", date(2021, 12, 31)),
        ("mardi 3 mars 2015", date(2015, 3, 3)),
        ("29.12.2021", date(2021, 12, 29)),
        ("03/04/2020 10:15", date(2020, 4, 3)),
        ("1736157600", date(2025, 1, 6)),
        (1736157600000, date(2025, 1, 6)),
        (date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_the_day_is_the_one_of_the_source(written, day):
    assert moment(written, now=NOW).day == day


@pytest.mark.parametrize(
    "written",
    [
        None, "", "hier", "0001-01-01", "0000-00-00 00:00:00", "1736-01-01", "1989-12-31", "2099-01-01",
        "9999-12-31T23:59:59Z", "2026-02-03T00:00:01Z",
        "12345-06-07", "2021-02-31", "Wed, 31 Feb 2021 10:00:00 GMT",
        "2021-01-01T25:61:00", "2021-01-01T10:00:00+99:00", "2021-13-01", "123", "1e400",
        float("nan"), "٢٠٢١-٠١-٠١x",
    ],
)  # fmt: skip
def test_what_is_no_plausible_date_is_no_day_and_says_why(written):
    found = moment(written, now=NOW)
    assert found.day is None
    assert found.instant is None
    assert "date" in found.problem


def test_an_hour_that_the_clock_skips_is_moved_forward():
    assert moment("2021-03-28T02:30:00").instant == datetime(2021, 3, 28, 1, 30, tzinfo=UTC)


def test_the_zone_of_the_source_decides_the_day_of_a_time_in_utc():
    assert moment("2024-01-01T23:00:00Z", "Europe/Paris").day == date(2024, 1, 2)
    assert moment("2024-01-01T23:00:00Z", "America/Montreal").day == date(2024, 1, 1)


def test_a_missing_date_says_so_in_the_basis():
    found, instant = published("0001-01-01", "balise <time>")
    assert instant is None
    assert found.day is None
    assert "hors limites" in found.basis


@given(st.integers(631_324_800, 1_769_731_200), st.integers(-12 * 60, 14 * 60))
def test_every_written_form_of_an_instant_is_the_same_instant(seconds, offset):
    aware = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=offset)))
    instants = {moment(form, now=NOW).instant for form in (aware.isoformat(), format_datetime(aware))}
    assert instants == {aware}


@given(st.one_of(st.text(), st.integers(), st.floats(), st.binary(), st.none()))
def test_anything_at_all_is_a_date_or_a_reason(written):
    found = moment(written)
    assert (found.day is None) == bool(found.problem)
