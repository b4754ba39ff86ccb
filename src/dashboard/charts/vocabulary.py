"""The words that mark a selection, as ranked bars."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.french import formats


def ranked(frame: pd.DataFrame, *, by: str, unit: str) -> go.Figure:
    """One bar per word (column `shown`), the longest on top; `by` is the column of its length."""
    told = frame[::-1]
    return go.Figure(
        go.Bar(
            x=told[by],
            y=[theme.plain(word) for word in told["shown"]],
            orientation="h",
            marker={"color": theme.BLUE},
            customdata=[[row.shown, "", _told(row)] for row in told.itertuples()],
            hovertemplate="%{customdata[2]}<extra></extra>",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        ),
        layout=theme.layout(
            height=70 + 22 * len(frame),
            xaxis=theme.value_axis(unit, side="top"),
            yaxis={"automargin": True, "fixedrange": True, "showgrid": False, "ticklabelstandoff": 6},
            showlegend=False,
            bargap=0.35,
        ),
    )


def _told(row: Any) -> str:
    word = f"<b>{theme.plain(row.shown)}</b><br>"
    if hasattr(row, "articles_in"):
        return (
            f"{word}{formats.counted(row.articles_in, 'article')} sur {formats.number(row.n_in)} ici, "
            f"{formats.number(row.articles_out)} sur {formats.number(row.n_out)} ailleurs<br>"
            f"G² {formats.number(row.g2, 1)} · log-ratio {formats.number(row.log_ratio, 1)}"
        )
    return f"{word}{formats.counted(row.articles, 'article')} ({formats.per_thousand(row.share)})"
