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
    ticks = {"range": [0, max(1, most)], "tickvals": [most], "ticktext": [formats.number(most)]}
    axes, traces, labels = {}, [], []
    for number, value in enumerate(values):
        top = 1 - number * height
        axes[_axis(number, "yaxis")] = theme.value_axis(
            "", domain=[top - 0.84 * height, top - 0.25 * height], **ticks
        )
        one = frame[frame[series] == value]
        traces.append(_bars(one, value, _axis(number, "y"), colours[value], grain))
        labels.append(_label(value, top - 0.02 * height))
    return _stacked(traces, axes, labels, frame, grain, height=40 + ROW * len(values))


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
    axes, traces, labels = {}, [], []
    for number, value in enumerate(values):
        top = 1 - number * height
        one = frame[frame[series] == value]
        axes[_axis(number, "yaxis")] = theme.value_axis(
            "", domain=[top - 0.82 * height, top - 0.2 * height], range=[0, top_of_scale], nticks=3
        )
        axis = _axis(number, "y")
        bands = lanes.bands(one, *bounds, colours[value], group=value)
        traces += [band.update(yaxis=axis) for band in bands]
        traces.append(_curve(one, column, value, axis, colours[value]))
        labels.append(_label(value, top))
    return _stacked(traces, axes, labels, frame, grain, height=40 + (ROW + 16) * len(values))


def _axis(number: int, name: str) -> str:
    """The name of the axis of a row, counted from 0, as Plotly counts: y, y2, y3."""
    return name if number == 0 else f"{name}{number + 1}"


def _stacked(
    traces: list[Any],
    axes: dict[str, Any],
    labels: list[dict[str, Any]],
    frame: pd.DataFrame,
    grain: Grain,
    *,
    height: int,
) -> go.Figure:
    """The rows over one axis of time, put together at once: Plotly checks a figure anew at every change."""
    time = theme.time_axis(anchor=_axis(max(0, len(axes) - 1), "y"), range=lanes.span(frame, grain))
    layout = theme.layout(
        height=height, showlegend=False, bargap=0.12, annotations=labels, xaxis=time, **axes
    )
    figure = go.Figure(traces, layout=layout)
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
