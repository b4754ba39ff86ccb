"""A figure as readers meet it: a finding as title, unit and filters below, then reading, data and method."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.theme import CONFIG
from dashboard.ui import tables
from dashboard.ui.escaping import md
from dashboard.ui.frame import View

TABS = ["Lire", "Données", "Méthode"]


@dataclass(frozen=True)
class Words:
    """All that is written around a figure, in French.

    `title` states the finding, `unit` what the axis counts, `reading` how to read it in one sentence,
    `method` the formula and its limits (Markdown written by us).
    """

    title: str
    unit: str
    reading: str
    method: str


def show(
    figure: go.Figure,
    words: Words,
    *,
    data: pd.DataFrame,
    seen: View,
    key: str,
    on_click: Callable[[], None] | Literal["rerun"] = "rerun",
    legend: Callable[[], None] | None = None,
) -> list[Any] | None:
    """Draw the card; the `customdata` of the point that was clicked, or None.

    `on_click` is called before the page runs again, where the click changes what the page is about. `legend`
    writes, under the figure, what its marks mean.
    """
    with st.container(border=True, height="stretch"):
        heading(words.title, words.unit, seen)
        read, table, method = st.tabs(TABS, key=f"{key}_onglet", on_change="rerun")
        points = []
        if read.open:
            with read:
                points = _drawn(figure, words, key, on_click)
                if legend:
                    legend()
        if table.open:
            with table:
                tables.show(data, f"Données de la figure\u00a0: {words.title}")
        if method.open:
            with method:
                st.markdown(words.method)
        source(seen)
    return points[0].get("customdata") if points else None


def _drawn(
    figure: go.Figure, words: Words, key: str, on_click: Callable[[], None] | Literal["rerun"]
) -> list[Any]:
    """The points of the figure that are chosen."""
    chosen = st.plotly_chart(
        figure,
        key=key,
        config=CONFIG,
        on_select=on_click,
        selection_mode="points",
        alt=f"{words.title}. {words.reading}",
    )
    st.caption(md(words.reading))
    points: list[Any] = chosen["selection"]["points"] if chosen else []
    return points


def heading(title: str, unit: str, seen: View) -> None:
    """What a figure found, what it counts and of which articles."""
    st.html(
        f'<h3 class="vigie-title">{escape(title)}</h3>'
        f'<p class="vigie-subtitle">{escape(unit)} · {escape(seen.filters)}</p>'
    )


def source(seen: View) -> None:
    """Where a figure comes from, for who meets it on a picture of the screen."""
    told = f"Vigie · état du corpus {seen.snapshot} · {seen.filters}"
    st.html(f'<p class="vigie-source">{escape(told)}</p>')


def dark() -> bool:
    """Whether the visitor's page is dark."""
    return st.context.theme.type == "dark"
