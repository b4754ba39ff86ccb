"""A pair of countries over time, conflict and cooperation apart, and all pairs on one matrix."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import lanes, theme
from dashboard.french import formats
from dashboard.periods import Grain

INDEX_NAME = "indice de tension"
INDEX, BUTTERFLY, VOLUME = [0.60, 1.0], [0.22, 0.52], [0.0, 0.13]
# From the ground of the page away: what is calm stays quiet on white and on black.
ON_LIGHT = [[0, "#F3E9E2"], [0.25, "#E9BFA6"], [0.5, "#D88461"], [1, theme.CONFLICT]]
ON_DARK = [[0, "#2A2422"], [0.25, "#57332A"], [0.5, "#8E4631"], [1, "#E8714E"]]
WORDS = {
    "material_conflict": ("conflit, actes", theme.CONFLICT, -1),
    "verbal_conflict": ("conflit, paroles", theme.CONFLICT_WORDS, -1),
    "material_cooperation": ("coopération, actes", theme.COOPERATION, 1),
    "verbal_cooperation": ("coopération, paroles", theme.COOPERATION_WORDS, 1),
}


def pair(frame: pd.DataFrame, grain: Grain) -> go.Figure:
    """The index with its interval on top, the butterfly of the four classes, the volume lane at the bottom.

    The frame is that of `analysis.tension.over_time`. No point stands where too few articles name both.
    """
    most = max(1, int(frame[list(WORDS)].to_numpy().max(initial=1)))
    figure = go.Figure(
        layout=theme.layout(
            height=560,
            barmode="relative",
            xaxis=theme.time_axis(anchor="y2", range=lanes.span(frame, grain)),
            yaxis=theme.value_axis("indice de tension", domain=INDEX, range=[0, _summit(frame)], nticks=5),
            yaxis3=theme.value_axis(
                "articles", domain=BUTTERFLY, **_mirrored(most), zeroline=True, zerolinecolor=theme.GREY
            ),
            yaxis2=theme.value_axis("volume", domain=VOLUME, nticks=3, showgrid=False),
            shapes=lanes.gaps(frame, grain),
        )
    )
    figure.add_traces(lanes.bands(frame, "tension_low", "tension_high", theme.CONFLICT, group="index"))
    figure.add_traces([_key(), _index(frame, grain)])
    figure.add_traces([_bars(frame, name, grain) for name in WORDS])
    figure.add_trace(lanes.volume(frame, grain))
    lanes.centre(figure, grain)
    return figure


def _summit(frame: pd.DataFrame) -> float:
    """The top of the index axis: a fifth of the scale at least, so that noise does not look like war."""
    highest = frame["tension_high"].max()
    return float(min(100, max(20, 1.08 * highest))) if pd.notna(highest) else 100.0


def _mirrored(most: int) -> dict[str, Any]:
    """An axis that counts up on both sides of zero."""
    step = max(1, int(np.ceil(most / 2)))
    ticks = [-2 * step, -step, 0, step, 2 * step]
    return {
        "tickvals": ticks,
        "ticktext": [formats.number(abs(tick)) for tick in ticks],
        "rangemode": "normal",
    }


def _key() -> go.Scatter:
    """The entry of the index in the legend, whose sign would else be that of its first point."""
    look = {"color": theme.CONFLICT}
    return go.Scatter(
        x=[None],
        y=[None],
        mode="lines+markers",
        legendgroup="index",
        name=INDEX_NAME,
        hoverinfo="skip",
        line={**look, "width": 2.4},
        marker={**look, "size": 8},
    )


def _index(frame: pd.DataFrame, grain: Grain) -> go.Scatter:
    return go.Scatter(
        x=frame["start"],
        y=frame["tension"],
        mode="lines+markers",
        legendgroup="index",
        name=INDEX_NAME,
        showlegend=False,
        connectgaps=False,
        line={"color": theme.CONFLICT, "width": 2.4},
        marker={
            "size": 8,
            "color": theme.CONFLICT,
            "symbol": ["circle" if done else "circle-open" for done in frame["complete"]],
        },
        customdata=[["index", str(row.start), told(row, grain)] for row in frame.itertuples()],
        hovertemplate="%{customdata[2]}<extra></extra>",
        selected={"marker": {"size": 12, "opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def told(row: Any, grain: Grain) -> str:
    """What a point of the index says: period, index, interval, n and N."""
    return (
        f"<b>{formats.period(row.start, grain)}</b> · indice {formats.number(row.tension)} "
        f"({formats.number(row.tension_low)} – {formats.number(row.tension_high)})<br>"
        f"{formats.counted(row.named, 'article')} {'nomment' if row.named > 1 else 'nomme'} les deux pays, "
        f"{formats.number(row.conflicts)} avec un conflit<br>"
        f"soit {formats.per_thousand(row.share)} des {formats.counted(row.n, 'article')} de la sélection"
        + ("" if row.complete else "<br><i>période incomplète</i>")
    )


def _bars(frame: pd.DataFrame, name: str, grain: Grain) -> go.Bar:
    words, colour, side = WORDS[name]
    return go.Bar(
        x=frame["start"],
        y=side * frame[name],
        yaxis="y3",
        name=words,
        marker={"color": colour},
        customdata=[
            [
                name,
                str(start),
                f"<b>{words}</b> · {formats.period(start, grain)}<br>{formats.counted(k, 'article')}",
            ]
            for start, k in zip(frame["start"], frame[name], strict=True)
        ],
        hovertemplate="%{customdata[2]}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def matrix(ranking: pd.DataFrame, countries: list[str], *, dark: bool = False) -> go.Figure:
    """Tension of every pair among `countries` (French names), blank where too few articles name both.

    The frame is that of `analysis.tension.ranking`; `dark` is for a dark page. A cell is clicked through the
    second trace, for Plotly chooses points and never cells.
    """
    among = ranking[ranking["name_a"].isin(countries) & ranking["name_b"].isin(countries)]
    cells = pd.DataFrame(np.nan, index=countries, columns=countries)
    for row in among.itertuples():
        cells.loc[row.name_a, row.name_b] = cells.loc[row.name_b, row.name_a] = row.tension
    colours = go.Heatmap(
        z=cells,
        x=countries,
        y=countries,
        hoverinfo="skip",
        zmin=0,
        zmax=100,
        xgap=2,
        ygap=2,
        colorscale=ON_DARK if dark else ON_LIGHT,
        showscale=False,
        text=cells.map(lambda value: "" if np.isnan(value) else formats.number(value)),
        texttemplate="%{text}",
    )
    names = {"fixedrange": True, "showgrid": False, "automargin": True, "ticks": ""}
    return go.Figure(
        [colours, _cells(among)],
        layout=theme.layout(
            height=120 + 30 * len(countries),
            showlegend=False,
            xaxis={**names, "side": "top", "tickangle": -45, "range": [-0.5, len(countries) - 0.5]},
            yaxis={**names, "range": [len(countries) - 0.5, -0.5], "ticklabelstandoff": 6},
        ),
    )


def _cells(among: pd.DataFrame) -> go.Scatter:
    """One point that is not seen in the middle of each cell, on both sides of the diagonal."""
    told = [
        f"<b>{row.name_a} – {row.name_b}</b><br>indice {formats.number(row.tension)} · "
        f"{formats.counted(row.n, 'article')} nomment les deux"
        for row in among.itertuples()
    ]
    return go.Scatter(
        x=[*among["name_a"], *among["name_b"]],
        y=[*among["name_b"], *among["name_a"]],
        mode="markers",
        marker={"symbol": "square", "size": 28, "opacity": 0, "color": theme.CONFLICT},
        customdata=told * 2,
        hovertemplate="%{customdata}<extra></extra>",
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
    )
