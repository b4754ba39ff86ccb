"""How the coverage of tags, regions, sections and countries rises and falls."""

from datetime import date

import streamlit as st

from dashboard.analysis import shares, timelines
from dashboard.analysis.timelines import Dimension
from dashboard.charts import lanes
from dashboard.charts import timelines as drawing
from dashboard.french import findings, labels, prose
from dashboard.periods import end_of
from dashboard.ui import article_list, cards, cold_start, controls, event_layer, frame
from dashboard.ui.cache import ask

cold_start.enter_by_the_frame()
seen = frame.view()
frame.head("Chronologies", seen)
frame.stop_when_empty(seen)

with st.container(horizontal=True):
    dimension = controls.choice("Par", list(Dimension), key="par")
    grain = controls.grain(*ask(shares.span, seen.selection), seen.articles)
    raw = controls.choice("Mesure", ["part", "nombre"], key="mesure") == "nombre"
offered = ask(timelines.most_frequent, seen.selection, dimension, 300)
chosen = controls.series(dimension.capitalize(), list(offered["value"]), opening=4, most=7)

curves = ask(timelines.per_period, seen.selection, dimension, chosen, grain)
marks = event_layer.chosen(seen, *ask(shares.span, seen.selection), tags=[value.lower() for value in chosen])
figure = drawing.lines(curves, grain, series="value", raw=raw)
lanes.mark(figure, [(one.day, one.label) for one in marks])
clicked = cards.show(
    figure,
    cards.Words(
        title=findings.summit(curves, grain, "value"),
        unit=labels.unit(raw, grain),
        reading=findings.summit_in_words(curves, grain, "value", chosen),
        method=prose.text("chronologies"),
    ),
    data=labels.table(curves, grain),
    seen=seen,
    key="chronologie",
)
event_layer.legend(marks)
frame.tell_undated(seen)

if clicked:
    value, start = clicked[0], date.fromisoformat(clicked[1])
    end = end_of(start, grain)
    found = ask(timelines.of_period, seen.selection, dimension, value, start=start, end=end, most=50)
    here = (curves["value"] == value) & (curves["start"] == start)
    article_list.of_point(value, start, end, found, count=int(curves.loc[here, "k"].sum()))
