"""Turning points above a timeline: each number can be read, wherever its neighbours stand."""

from datetime import date, timedelta

import plotly.graph_objects as go
import pytest

from dashboard.charts import lanes, theme
from dashboard.periods import Grain


@pytest.fixture
def figure() -> go.Figure:
    """Four years on one axis."""
    days = [date(2022, 1, 1), date(2025, 12, 31)]
    return go.Figure(go.Scatter(x=days, y=[0, 1]), layout=theme.layout(height=430))


def rows(figure: go.Figure) -> list[float]:
    """How high above the plot each number stands, in the order of the numbers."""
    assert [one.text for one in figure.layout.annotations] == [
        f"<b>{n}</b>" for n in range(1, len(figure.layout.annotations) + 1)
    ]
    return [one.yshift for one in figure.layout.annotations]


def test_turning_points_far_apart_stand_on_one_row(figure: go.Figure):
    lanes.mark(figure, [(date(2022, 2, 24), "Invasion"), (date(2023, 10, 7), "Attaque")])
    assert len(set(rows(figure))) == 1


def test_turning_points_nine_days_apart_stand_one_above_the_other(figure: go.Figure):
    lanes.mark(figure, [(date(2022, 9, 21), "Mobilisation"), (date(2022, 9, 30), "Annexion")])
    first, second = rows(figure)
    assert second > first > 0


def test_no_two_of_three_neighbours_share_a_row_and_a_fourth_is_still_there(figure: go.Figure):
    start = date(2024, 3, 1)
    lanes.mark(figure, [(start + timedelta(days=5 * n), f"Jour {n}") for n in range(4)])
    told = rows(figure)
    assert len(set(told[:3])) == 3
    assert told[3] == told[0], "the row whose number stands farthest"


def test_a_number_tells_its_day_and_what_happened(figure: go.Figure):
    lanes.mark(figure, [(date(2022, 2, 24), "Invasion <b>")])
    assert figure.layout.annotations[0].hovertext == "24 février 2022<br>Invasion ‹b›"


def test_the_legend_and_the_edge_make_room(figure: go.Figure):
    legend, edge = figure.layout.legend.y, figure.layout.margin.t
    lanes.mark(figure, [(date(2022, 2, 24), "Invasion")])
    assert figure.layout.legend.y > legend
    assert figure.layout.margin.t > edge


def test_without_turning_points_nothing_changes(figure: go.Figure):
    before = figure.to_json()
    lanes.mark(figure, [])
    assert figure.to_json() == before


def test_a_dated_event_lies_within_the_days_of_its_period():
    figure = go.Figure([go.Bar(x=[date(2022, 2, 1)], y=[12])])
    lanes.centre(figure, Grain.MONTH)
    [bar] = figure.data
    assert (bar.xperiod, bar.xperiod0, bar.xperiodalignment) == ("M1", "2000-01-01", "middle")


def test_weeks_begin_on_a_monday():
    figure = go.Figure([go.Bar(x=[date(2022, 2, 7)], y=[12])])
    lanes.centre(figure, Grain.WEEK)
    assert date.fromisoformat(figure.data[0].xperiod0).weekday() == 0
