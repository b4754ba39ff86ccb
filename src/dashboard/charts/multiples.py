"""The same small bars for several series, one above the other, all on one scale."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import lanes, theme
from dashboard.french import formats
from dashboard.periods import Grain

ROW = 74


def rows(frame: pd.DataFrame, grain: Grain, *, series: str) -> go.Figure:
    """One row of bars per value of `series`, counting k; the frame has start, n, complete, k."""
    values = list(dict.fromkeys(frame[series]))
    colours = theme.colours(values)
    height = 1 / max(1, len(values))
    most = int(frame["k"].max()) if len(frame) else 1
    figure = go.Figure(layout=theme.layout(height=40 + ROW * len(values), showlegend=False, bargap=0.12))
    for number, value in enumerate(values):
        axis = "" if number == 0 else str(number + 1)
        top = 1 - number * height
        domain = [top - 0.84 * height, top - 0.25 * height]
        ticks = {"range": [0, max(1, most)], "tickvals": [most], "ticktext": [formats.number(most)]}
        figure.update_layout({f"yaxis{axis}": theme.value_axis("", domain=domain, **ticks)})
        figure.add_trace(_bars(frame[frame[series] == value], value, f"y{axis}", colours[value], grain))
        figure.add_annotation(**_label(value, top - 0.02 * height))
    axis = "y" if len(values) < 2 else f"y{len(values)}"
    figure.update_layout(xaxis=theme.time_axis(anchor=axis, range=lanes.span(frame, grain)))
    lanes.centre(figure, grain)
    return figure


def curves(
    frame: pd.DataFrame,
    grain: Grain,
    *,
    series: str,
    column: str,
    bounds: tuple[str, str],
) -> go.Figure:
    """One row per value of `series`: `column` with the interval between `bounds`, all on one scale.

    The highest bound is the top of the scale; the column `told` holds the tooltips.
    """
    values = list(dict.fromkeys(frame[series]))
    colours = theme.colours(values)
    height = 1 / max(1, len(values))
    highest = frame[bounds[1]].max()
    top_of_scale = 1.0 if pd.isna(highest) else float(highest)
    figure = go.Figure(layout=theme.layout(height=40 + (ROW + 16) * len(values), showlegend=False))
    for number, value in enumerate(values):
        axis = "y" if number == 0 else f"y{number + 1}"
        top = 1 - number * height
        one = frame[frame[series] == value]
        scale = theme.value_axis(
            "", domain=[top - 0.82 * height, top - 0.2 * height], range=[0, top_of_scale], nticks=3
        )
        figure.update_layout({axis.replace("y", "yaxis"): scale})
        for band in lanes.bands(one, *bounds, colours[value], group=value):
            figure.add_trace(band.update(yaxis=axis))
        figure.add_trace(_curve(one, column, value, axis, colours[value]))
        figure.add_annotation(**_label(value, top))
    axis = "y" if len(values) < 2 else f"y{len(values)}"
    figure.update_layout(xaxis=theme.time_axis(anchor=axis, range=lanes.span(frame, grain)))
    lanes.centre(figure, grain)
    return figure


def _curve(one: pd.DataFrame, column: str, value: str, axis: str, colour: str) -> go.Scatter:
    return go.Scatter(
        x=one["start"],
        y=one[column].where(one["n"] > 0),
        yaxis=axis,
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": 2},
        marker={
            "size": 5,
            "color": colour,
            "symbol": ["circle" if done else "circle-open" for done in one["complete"]],
        },
        customdata=[[value, str(row.start), row.told] for row in one.itertuples()],
        hovertemplate="%{customdata[2]}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _label(value: str, top: float) -> dict[str, Any]:
    return {
        "text": f"<b>{theme.plain(value)}</b>", "xref": "paper", "yref": "paper", "x": 0, "y": top,
        "xanchor": "left", "yanchor": "top", "showarrow": False, "font": {"size": 12},
    }  # fmt: skip


def _bars(one: pd.DataFrame, value: str, axis: str, colour: str, grain: Grain) -> go.Bar:
    return go.Bar(
        x=one["start"],
        y=one["k"],
        yaxis=axis,
        marker={
            "color": colour,
            "pattern": {
                "shape": ["" if done else "/" for done in one["complete"]], "fgcolor": "white",
                "fillmode": "overlay", "size": 4,
            },
        },
        customdata=[
            [value, str(row.start), f"<b>{theme.plain(value)}</b> · {formats.period(row.start, grain)}<br>"
             f"{formats.counted(row.k, 'article')} sur {formats.number(row.n)}"]
            for row in one.itertuples()
        ],
        hovertemplate="%{customdata[2]}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )  # fmt: skip
