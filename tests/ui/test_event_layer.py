"""Turning points in the table of a timeline, so that who takes the table away has them."""

from datetime import date

import pandas as pd

from dashboard.milestones import Milestone
from dashboard.periods import Grain
from dashboard.ui.event_layer import beside

MONTHS = pd.DataFrame({"start": [date(2022, 2, 1), date(2022, 3, 1)], "k": [13, 7]})


def told(day: date, label: str) -> Milestone:
    return Milestone(day, label, (), (), "")


def test_each_period_bears_its_turning_points_with_their_days():
    shown = (told(date(2022, 2, 21), "Reconnaissance"), told(date(2022, 2, 24), "Invasion"))
    table = beside(MONTHS, shown, Grain.MONTH)
    assert table["milestones"].tolist() == ["21 févr. 2022, Reconnaissance ; 24 févr. 2022, Invasion", ""]
    assert table["k"].tolist() == [13, 7]


def test_a_week_that_begins_in_the_month_before_keeps_its_turning_point():
    weeks = pd.DataFrame({"start": [date(2022, 2, 28), date(2022, 3, 7)]})
    table = beside(weeks, (told(date(2022, 3, 2), "Vote"),), Grain.WEEK)
    assert table["milestones"].tolist() == ["2 mars 2022, Vote", ""]


def test_a_table_without_turning_points_has_no_column_for_them():
    assert list(beside(MONTHS, (), Grain.MONTH)) == ["start", "k"]
