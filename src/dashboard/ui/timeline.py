"""The pieces of the page « Chronologies »: curves together or apart, and what comes with a value."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts import multiples, timelines
from dashboard.french import labels
from dashboard.french.labels import Measure
from dashboard.periods import Grain
from dashboard.ui import tables
from dashboard.ui.escaping import md


def figure(curves: pd.DataFrame, grain: Grain, measure: Measure, *, apart: bool) -> go.Figure:
    """The curves on one axis, or one below the other on one scale."""
    if apart:
        column = labels.MEASURES[measure][0]
        bounds = ("low", "high") if measure is Measure.SHARE else (column, column)
        told = [timelines.told(row.value, row, grain) for row in curves.itertuples()]
        return multiples.curves(curves.assign(told=told), grain, series="value", column=column, bounds=bounds)
    return timelines.lines(curves, grain, series="value", measure=measure)


def companions(value: str, found: pd.DataFrame) -> None:
    """The table of what comes with a value, or a sentence when it comes alone."""
    if found.empty:
        st.caption(f"{md(value)} ne se rencontre avec rien d’autre dans cette sélection.")
        return
    shown = labels.named(found[["value", "together", "lift"]]).rename(
        columns={labels.COLUMNS["value"]: "Avec"}
    )
    tables.show(shown, f"Ce qui se rencontre avec {value}")
    st.caption(
        "Articles qui portent les deux\u00a0; «\u00a0fois plus que le hasard\u00a0» compare à ce que "
        "donneraient deux valeurs sans rapport."
    )
