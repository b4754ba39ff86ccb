"""How the coverage of tags, regions, sections and countries rises and falls."""

from datetime import date
from functools import partial

import streamlit as st

from dashboard.analysis import company, mix, shares, timelines
from dashboard.analysis.timelines import Dimension
from dashboard.french import findings, labels, prose
from dashboard.periods import end_of
from dashboard.ui import article_list, cards, cold_start, controls, event_layer, frame, timeline
from dashboard.ui.cache import ask

MEASURES = [labels.Measure.SHARE, labels.Measure.RAW, labels.Measure.STANDARD]

cold_start.enter_by_the_frame()
seen = frame.view()
frame.head("Chronologies", seen)
frame.stop_when_empty(seen)

first, last = ask(shares.span, seen.selection)
with st.container(horizontal=True, vertical_alignment="bottom"):
    dimension = controls.choice("Par", list(Dimension), key="par")
    grain = controls.grain(first, last, seen.articles)
    measure = controls.choice("Mesure", MEASURES, key="mesure")
offered = ask(timelines.most_frequent, seen.selection, dimension, 300)
if offered.empty:
    frame.end(
        f"Rien à comparer par {dimension}\u00a0: aucun article de cette sélection n’en porte. "
        "Choisissez autre chose sous «\u00a0Par\u00a0»."
    )
with st.container(horizontal=True, vertical_alignment="bottom"):
    label = f"{dimension.capitalize()} à comparer"
    chosen = controls.series(label, list(offered["value"]), opening=4, most=7)
    apart = controls.choice("Courbes", ["ensemble", "à part"], key="forme") == "à part"
    marks = event_layer.chosen(seen, first, last, tags=[value.lower() for value in chosen])

curves = ask(timelines.per_period, seen.selection, dimension, chosen, grain)
if measure is labels.Measure.STANDARD:
    constant = ask(mix.standardised, seen.selection, dimension, chosen, grain)
    curves = curves.merge(constant, how="left", on=["start", "value"])
figure = timeline.figure(curves, grain, measure, apart=apart)
event_layer.lay(figure, marks)
clicked = cards.show(
    figure,
    cards.Words(
        title=findings.summit(curves, grain, "value"),
        unit=labels.unit(measure, grain),
        reading=findings.summit_in_words(curves, grain, "value", chosen),
        method=prose.text("chronologies"),
    ),
    data=labels.table(event_layer.beside(curves, marks, grain), grain),
    seen=seen,
    key="chronologie",
    legend=partial(event_layer.legend, marks),
)
frame.tell_undated(seen)

if clicked:
    value, start = clicked[0], date.fromisoformat(clicked[1])
    end = end_of(start, grain)
    found = ask(timelines.of_period, seen.selection, dimension, value, start=start, end=end, most=50)
    here = (curves["value"] == value) & (curves["start"] == start)
    article_list.of_point(value, start, end, found, count=int(curves.loc[here, "k"].sum()))

with st.expander(
    "Ce qui va ensemble", icon=":material/hub:", key="ensemble", bind="query-params"
) as together:
    if together.open:
        companion = st.selectbox("Avec", chosen, key="avec", bind="query-params", placeholder="Choisir")
        found = ask(company.companions, seen.selection, dimension, companion or chosen[0], 12)
        timeline.companions(companion or chosen[0], found)
