"""Pairs of countries: how tense, since when, and by which sentences one knows."""

from datetime import date
from functools import partial

import streamlit as st

from dashboard.analysis import evidence as questions
from dashboard.analysis import shares, tension
from dashboard.charts import tension as drawing
from dashboard.french import findings, labels, prose
from dashboard.periods import end_of
from dashboard.ui import cards, cold_start, controls, event_layer, evidence, frame, pairs
from dashboard.ui.cache import ask

cold_start.enter_by_the_frame()
seen = frame.view()
frame.head("Tensions", seen)
frame.stop_when_empty(seen)

settings = st.container(horizontal=True, vertical_alignment="bottom")
ranking = ask(tension.ranking, seen.selection)
with settings:
    chosen = pairs.choose(ranking)
if not chosen:
    frame.end(
        f"Aucune paire de pays n’est nommée dans {tension.LEAST_ARTICLES} articles de cette sélection\u00a0: "
        "pas assez pour dire une tension."
    )
pair = tension.Pair.of(chosen.country_a, chosen.country_b)
first, last = ask(shares.span, seen.selection)
with settings:
    grain = controls.grain(first, last, chosen.n)
    marks = event_layer.chosen(seen, first, last, countries=[pair.country_a, pair.country_b])

shown = st.container()
aside = evidence.set_aside(ask(questions.of_pair, seen.selection, pair, (), None, None))
curve = ask(tension.over_time, seen.selection, pair, grain, aside)
verdict = ask(tension.verdict, seen.selection, pair, aside)
figure = drawing.pair(curve, grain)
event_layer.lay(figure, marks)
with shown:
    clicked = cards.show(
        figure,
        cards.Words(
            title=findings.tension(chosen.name_a, chosen.name_b, verdict),
            unit=f"indice de 0 à 100 et nombre d’articles, {labels.PER[grain]}",
            reading=findings.tension_in_words(verdict, tension.LEAST_ARTICLES),
            method=prose.text("tensions"),
        ),
        data=labels.table(event_layer.beside(curve.drop(columns="value"), marks, grain), grain),
        seen=seen,
        key="tension",
        legend=partial(event_layer.legend, marks),
    )

start = date.fromisoformat(clicked[1]) if clicked else None
found = ask(questions.of_pair, seen.selection, pair, aside, start, start and end_of(start, grain))
pairs.directions(chosen, seen, aside)
pairs.heading(chosen, found, start, grain)
evidence.show(found, seen)
evidence.download(found, seen)

pairs.overview(ranking, seen, grain)
