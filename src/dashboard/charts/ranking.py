"""Pairs of countries one below the other, each with its index and the interval around it."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.french import formats


def dots(frame: pd.DataFrame) -> go.Figure:
    """One row per pair (name_a, name_b, tension, low, high, n, verdict), the first on top."""
    told = frame[::-1]
    names = [f"{row.name_a} – {row.name_b}" for row in told.itertuples()]
    return go.Figure(
        go.Scatter(
            x=told["tension"],
            y=names,
            mode="markers+text",
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
                 f"{formats.counted(row.n, 'article')} nomment les deux · {row.verdict}"]
                for name, row in zip(names, told.itertuples(), strict=True)
            ],
            hovertemplate="%{customdata[2]}<extra></extra>",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        ),
        layout=theme.layout(
            height=70 + 26 * max(3, len(frame)),
            xaxis=theme.value_axis("indice de tension, de 0 à 100", side="top"),
            yaxis={"automargin": True, "fixedrange": True, "gridcolor": theme.GRID, "ticklabelstandoff": 6},
            showlegend=False,
        ),
    )  # fmt: skip
