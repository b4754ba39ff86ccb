"""Pairs of countries one below the other, each with its index and the interval around it."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.french import formats


def dots(frame: pd.DataFrame) -> go.Figure:
    """One row per pair (name_a, name_b, tension, low, high, n), the first on top."""
    told = frame[::-1]
    names = [f"{row.name_a} – {row.name_b}" for row in told.itertuples()]
    counts = go.Scatter(
        x=told["high"],
        y=names,
        mode="text",
        text=[f"  n\u00a0=\u00a0{formats.number(n)}" for n in told["n"]],
        textposition="middle right",
        textfont={"size": 11, "color": theme.GREY},
        hoverinfo="skip",
        cliponaxis=False,
    )
    return go.Figure(
        [counts, go.Scatter(
            x=told["tension"],
            y=names,
            mode="markers",
            marker={"color": theme.CONFLICT, "size": 10},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": told["high"] - told["tension"],
                "arrayminus": told["tension"] - told["low"],
                "color": theme.faded(theme.CONFLICT, 0.45),
                "thickness": 3,
                "width": 0,
            },
            customdata=[
                [name, "", f"<b>{name}</b><br>indice {formats.number(row.tension)} "
                 f"({formats.number(row.low)} – {formats.number(row.high)})<br>"
                 f"{formats.counted(row.n, 'article')} nomment les deux"]
                for name, row in zip(names, told.itertuples(), strict=True)
            ],
            hovertemplate="%{customdata[2]}<extra></extra>",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )],
        layout=theme.layout(
            height=70 + 26 * max(3, len(frame)),
            xaxis=theme.value_axis("indice de tension, de 0 à 100", side="top", range=_reach(frame)),
            yaxis={"automargin": True, "fixedrange": True, "gridcolor": theme.GRID, "ticklabelstandoff": 6},
            showlegend=False,
        ),
    )  # fmt: skip


def _reach(frame: pd.DataFrame) -> list[float]:
    """The bounds of the axis, with room for the counts on a phone."""
    return [0, 1.32 * max(1.0, float(frame["high"].max()))] if len(frame) else [0, 100]
