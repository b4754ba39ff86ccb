"""What runs under every timeline: the volume of the selection, its gaps, its unfinished periods."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.theme import FAINT, GREY, faded, plain
from dashboard.french import formats
from dashboard.periods import Grain, end_of

UPPER, LOWER = [0.30, 1.0], [0.0, 0.17]
# In pixels: a turning point's number, and what axis and legend take of a figure's height.
BADGE, AXIS, LEGEND = 18, 40, 50
MARK = "#5F6773"
# As Plotly counts: milliseconds or months. A week begins on a Monday.
PERIOD = {Grain.DAY: 86_400_000, Grain.WEEK: 604_800_000, Grain.MONTH: "M1", Grain.QUARTER: "M3"}
# On how many rows numbers stand, and the part of the axis that one covers on a phone.
MOST_ROWS, NEAR = 3, 0.065


def volume(periods: pd.DataFrame, grain: Grain) -> go.Bar:
    """Bars of n on the second value axis, hatched where the period is cut."""
    return go.Bar(
        x=periods["start"],
        y=periods["n"],
        yaxis="y2",
        name="articles de la sélection",
        showlegend=False,
        marker={
            "color": FAINT,
            "pattern": {
                "shape": ["" if done else "/" for done in periods["complete"]],
                "fgcolor": GREY,
                "size": 5,
            },
        },
        customdata=[
            f"{formats.period(start, grain)}<br>{formats.counted(n, 'article')} dans la sélection"
            + ("" if done else "<br><i>période incomplète</i>")
            for start, n, done in zip(periods["start"], periods["n"], periods["complete"], strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def span(periods: pd.DataFrame, grain: Grain) -> list[date] | None:
    """The days that the axis shows: all periods and a day on either side; None for nothing."""
    if periods.empty:
        return None
    first, last = periods["start"].min(), end_of(periods["start"].max(), grain)
    return [first - timedelta(days=1), last + timedelta(days=2)]


def centre(figure: go.Figure, grain: Grain) -> None:
    """Draw every period over its own days, its point in their middle: a dated event lies within it."""
    first = "2000-01-03" if grain is Grain.WEEK else "2000-01-01"
    figure.update_traces(xperiod=PERIOD[grain], xperiod0=first, xperiodalignment="middle")


def gaps(periods: pd.DataFrame, grain: Grain) -> list[dict[str, Any]]:
    """A grey band over every run of periods in which the selection holds no article at all."""
    bands = []
    rows = zip(periods["start"], periods["n"], strict=True)
    for empty, run in groupby(rows, key=lambda row: row[1] == 0):
        starts = [start for start, _ in run]
        if empty:
            bands.append(
                {
                    "type": "rect",
                    "xref": "x",
                    "yref": "paper",
                    "x0": _midnight(starts[0]) - timedelta(hours=12),
                    "x1": _midnight(end_of(starts[-1], grain)) + timedelta(hours=12),
                    "y0": 0,
                    "y1": 1,
                    "fillcolor": FAINT,
                    "opacity": 0.35,
                    "line": {"width": 0},
                    "layer": "below",
                }
            )
    return bands


def mark(figure: go.Figure, milestones: Sequence[tuple[date, str]]) -> None:
    """Lay numbered turning points (day, label; in the order of days) over a timeline, the first being 1.

    The numbers stand above the plot, those too near to their neighbours on a higher row; the figure grows by
    their rows.
    """
    if not milestones:
        return
    days = [day for day, _ in milestones]
    rows = _rows(days, NEAR * _reach(figure))
    legend = LEGEND if figure.layout.showlegend is not False else 0
    step = BADGE / (figure.layout.height - AXIS - legend)
    for number, (row, (day, label)) in enumerate(zip(rows, milestones, strict=True), 1):
        figure.add_shape(
            type="line", xref="x", yref="paper", x0=day, x1=day, y0=0, y1=1 + step * row, layer="below",
            line={"color": GREY, "width": 1, "dash": "dot"},
        )  # fmt: skip
        figure.add_annotation(
            x=day, y=1, xref="x", yref="paper", yanchor="middle", yshift=BADGE * (row + 0.5), showarrow=False,
            text=f"<b>{number}</b>", font={"size": 11, "color": "white"}, bgcolor=MARK, borderpad=2, width=13,
            hovertext=f"{formats.day(day)}<br>{plain(label)}",
            hoverlabel={"bgcolor": MARK, "font": {"color": "white"}},
        )  # fmt: skip
    tall = max(rows) + 1
    edge, height = figure.layout.margin.t + BADGE * tall, figure.layout.height + BADGE * tall
    figure.update_layout(legend_y=1.02 + step * tall, margin_t=edge, height=height)


def _rows(days: Sequence[date], near: timedelta) -> list[int]:
    """On which row each number stands: the lowest that is free, else the one whose number is farthest."""
    last: dict[int, date] = {}
    rows = []
    for day in days:
        free = (row for row in range(MOST_ROWS) if row not in last or day - last[row] >= near)
        row = next(free, None)
        rows.append(min(last, key=lambda row: last[row]) if row is None else row)
        last[rows[-1]] = day
    return rows


def _reach(figure: go.Figure) -> timedelta:
    """How long the axis is."""
    ends = pd.to_datetime([end for trace in figure.data if len(trace.x) for end in (trace.x[0], trace.x[-1])])
    return timedelta(days=0) if ends.empty else (ends.max() - ends.min()).to_pytimedelta()


def _midnight(day: date) -> datetime:
    """Where a point of that day stands on the axis; a date alone knows no half days."""
    return datetime.combine(day, time())


def bands(frame: pd.DataFrame, low: str, high: str, colour: str, *, group: str) -> list[go.Scatter]:
    """The interval between two columns as a faint surface, cut wherever one of them is missing."""
    known = frame[low].notna() & frame[high].notna()
    return [
        go.Scatter(
            x=[*run["start"], *run["start"][::-1]],
            y=[*run[high], *run[low][::-1]],
            fill="toself",
            fillcolor=faded(colour, 0.14),
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
            showlegend=False,
            legendgroup=group,
        )
        for _, run in frame[known].groupby((~known).cumsum()[known])
    ]
