"""How much is written about each country."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.french import formats


def bars(frame: pd.DataFrame, regions: Mapping[str, str]) -> go.Figure:
    """One bar per country (columns value, articles), the longest on top, in the colour of its region."""
    told = frame[::-1]
    return go.Figure(
        go.Bar(
            x=told["articles"],
            y=told["value"],
            orientation="h",
            marker={"color": [theme.REGION_COLOURS[regions.get(name, "Monde")] for name in told["value"]]},
            customdata=[
                [row.value, "", f"<b>{row.value}</b><br>{formats.counted(row.articles, 'article')}"]
                for row in told.itertuples()
            ],
            hovertemplate="%{customdata[2]}<extra></extra>",
            text=[formats.number(count) for count in told["articles"]],
            textposition="outside",
            cliponaxis=False,
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        ),
        layout=theme.layout(
            height=40 + 24 * max(3, len(frame)),
            xaxis={"visible": False, "fixedrange": True},
            yaxis={"automargin": True, "fixedrange": True, "showgrid": False, "ticklabelstandoff": 6},
            margin={"l": 8, "r": 36, "t": 8, "b": 8},
            showlegend=False,
            bargap=0.35,
        ),
    )
