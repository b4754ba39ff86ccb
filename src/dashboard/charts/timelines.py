"""Curves over time, one colour per series, with their counting noise and the volume lane beneath."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import lanes, theme
from dashboard.french import formats
from dashboard.french.labels import MEASURES, Measure
from dashboard.periods import Grain

BAND_UP_TO = 2  # with more series the bands hide one another


def lines(frame: pd.DataFrame, grain: Grain, *, series: str, measure: Measure = Measure.SHARE) -> go.Figure:
    """One curve per value of the column `series`.

    The frame has start, n, complete, k, share, low, high, and the column of the measure. A curve breaks where
    n is zero; the segment that leads to an unfinished period is dotted and its point hollow.
    """
    column, axis, _ = MEASURES[measure]
    values = list(dict.fromkeys(frame[series]))
    colours = theme.colours(values)
    figure = go.Figure(
        layout=theme.layout(
            height=430,
            xaxis=theme.time_axis(anchor="y2", domain=[0, 1], range=lanes.span(frame, grain)),
            yaxis=theme.value_axis(axis, domain=lanes.UPPER),
            yaxis2=theme.value_axis("volume", domain=lanes.LOWER, nticks=3, showgrid=False),
            shapes=lanes.gaps(frame.drop_duplicates("start"), grain),
        )
    )
    for value in values:
        one = frame[frame[series] == value]
        if measure is Measure.SHARE and len(values) <= BAND_UP_TO:
            figure.add_traces(lanes.bands(one, "low", "high", colours[value], group=value))
        figure.add_traces(_curve(one, value, colours[value], grain, column))
    figure.add_trace(lanes.volume(frame.drop_duplicates("start"), grain))
    lanes.centre(figure, grain)
    return figure


def _curve(one: pd.DataFrame, value: str, colour: str, grain: Grain, column: str) -> list[go.Scatter]:
    seen = one[column].where(one["n"] > 0)
    solid = seen.where(one["complete"])
    leads = (
        ~one["complete"]
        | ~one["complete"].shift(-1, fill_value=True)
        | ~one["complete"].shift(fill_value=True)
    )
    dotted = {
        "x": one["start"],
        "y": seen.where(leads),
        "mode": "lines",
        "hoverinfo": "skip",
        "showlegend": False,
    }
    symbols = ["circle" if done else "circle-open" for done in one["complete"]]
    shared = {"legendgroup": value, "connectgaps": False}
    return [
        go.Scatter(**shared, **dotted, line={"color": colour, "width": 1.6, "dash": "dot"}),
        go.Scatter(
            **shared,
            x=one["start"],
            y=solid,
            mode="lines",
            name=theme.plain(formats.typographic(value)),
            hoverinfo="skip",
            line={"color": colour, "width": 2.4},
        ),
        go.Scatter(
            **shared,
            x=one["start"],
            y=seen,
            mode="markers",
            cliponaxis=False,
            showlegend=False,
            name=theme.plain(formats.typographic(value)),
            marker={"color": colour, "size": 7, "symbol": symbols, "line": {"width": 1.4, "color": colour}},
            customdata=[[value, str(row.start), told(value, row, grain)] for row in one.itertuples()],
            hovertemplate="%{customdata[2]}<extra></extra>",
            selected={"marker": {"size": 11, "opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        ),
    ]


def told(value: str, row: Any, grain: Grain) -> str:
    """What a point of a timeline says: series, period, k, N, share and its noise."""
    noise = f"bruit de comptage {formats.number(row.low)} – {formats.number(row.high)}"
    return (
        f"<b>{theme.plain(formats.typographic(value))}</b> · {formats.period(row.start, grain)}<br>"
        f"{formats.counted(row.k, 'article')} sur {formats.number(row.n)}<br>"
        f"{formats.per_thousand(row.share)} ({noise})"
        + ("" if row.complete else "<br><i>période incomplète</i>")
    )
