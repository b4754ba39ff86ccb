"""The world as tiles of one size, darker where more is written: small states show, nothing is fetched."""

from functools import cache
from importlib import resources

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.french import formats

SHORT = {"EUU": "UE", "NAT": "Otan", "UNO": "ONU"}
# One hue, from the ground of the page away, so that it survives a black-and-white print.
ON_LIGHT = [[0, "#E6EEF4"], [0.25, "#B4D2E5"], [0.5, "#6FAFD3"], [0.75, "#2C79AE"], [1, "#0B3F63"]]
ON_DARK = [[0, "#232A31"], [0.25, "#2F4A5E"], [0.5, "#3C7199"], [0.75, "#6BAEDB"], [1, "#CDE9FA"]]


def world(frame: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """One tile per country of the frame (code, value, articles); the colour grows with the square root.

    `dark` is for a dark page, on which what is least stays nearest to the ground as well.
    """
    places = tiles()
    known = frame[frame["code"].isin(places)]
    columns, rows = (max(place[i] for place in places.values()) + 1 for i in (0, 1))
    counts = np.full((rows, columns), np.nan)
    texts, told = (np.full((rows, columns), "", dtype=object) for _ in range(2))
    for code, (column, row) in places.items():
        counts[row, column], texts[row, column] = 0, SHORT.get(code, code)
    for one in known.itertuples():
        column, row = places[one.code]
        counts[row, column] = np.sqrt(one.articles)
        told[row, column] = f"<b>{one.value}</b><br>{formats.counted(one.articles, 'article')}"
    return go.Figure(
        go.Heatmap(
            z=counts,
            text=texts,
            customdata=told,
            texttemplate="%{text}",
            textfont={"size": 9},
            hovertemplate="%{customdata}<extra></extra>",
            hoverongaps=False,
            colorscale=ON_DARK if dark else ON_LIGHT,
            showscale=False,
            xgap=2,
            ygap=2,
        ),
        layout=theme.layout(
            height=430,
            xaxis={"visible": False, "fixedrange": True},
            yaxis={"visible": False, "fixedrange": True, "autorange": "reversed"},
        ),
    )


@cache
def tiles() -> dict[str, tuple[int, int]]:
    """Column and row of every country that has a tile."""
    lines = resources.files("dashboard.charts").joinpath("tiles.txt").read_text(encoding="utf-8").split("\n")
    placed = (line.split() for line in lines if line and not line.startswith("#"))
    return {code: (int(column), int(row)) for code, column, row in placed}
