"""How often words are written, and which words mark a selection."""

from datetime import date
from functools import partial

import streamlit as st

from dashboard.analysis import articles, keywords, marking, shares
from dashboard.charts import cloud, timelines
from dashboard.charts import vocabulary as bars
from dashboard.french import findings, labels, prose
from dashboard.periods import end_of
from dashboard.ui import article_list, cards, cold_start, controls, event_layer, frame, peaks, words
from dashboard.ui.cache import ask, picture

cold_start.enter_by_the_frame()
seen = frame.view()
frame.head("Mots-clés", seen)
frame.stop_when_empty(seen)

queries = words.compared()
first, last = ask(shares.span, seen.selection)
with st.container(horizontal=True, vertical_alignment="bottom"):
    grain = controls.grain(first, last, seen.articles)
    measure = controls.choice("Mesure", words.MEASURES, key="mesure")
    marks = event_layer.chosen(seen, first, last, tags=words.as_tags(queries))

curves = words.measured(ask(keywords.trend, seen.selection, queries, grain), measure)
figure = timelines.lines(curves, grain, series="query", measure=measure)
event_layer.lay(figure, marks)
clicked = cards.show(
    figure,
    cards.Words(
        title=findings.summit(curves, grain, "query"),
        unit=labels.unit(measure, grain),
        reading=findings.summit_in_words(curves, grain, "query", queries),
        method=prose.text("mots_cles"),
    ),
    data=labels.table(event_layer.beside(curves, marks, grain), grain),
    seen=seen,
    key="tendance",
    legend=partial(event_layer.legend, marks),
)
words.warn_of_rare(keywords.is_rare(curves))
frame.tell_undated(seen)

if clicked:
    query, start = clicked[0], date.fromisoformat(clicked[1])
    ids = ask(keywords.matching, seen.selection, query, start, end_of(start, grain))
    article_list.of_point(
        query, start, end_of(start, grain), ask(articles.some, tuple(ids[:50])), count=len(ids)
    )

peaks.explained(curves, grain, seen)
peaks.around(queries, seen)

against = words.against(seen)
found = ask(marking.marking, seen.selection, against)
about = words.told(found)
clicked_word = cards.show(
    bars.ranked(found.frame.head(18), by=found.by, unit=about.unit),
    about,
    data=labels.named(found.frame),
    seen=seen,
    key="vocabulaire",
)
if clicked_word:
    words.offer_trend(clicked_word[0], queries)
words.picture(picture(cloud.cloud, found.frame, found.by), found, about.unit, seen)
words.rising(seen, grain)
