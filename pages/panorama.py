"""What is in the news now, what moved, what is missing."""

from functools import partial

import streamlit as st

from dashboard.analysis import articles, movers, overview, shares, timelines
from dashboard.analysis.timelines import Dimension
from dashboard.charts import attention, multiples, tilemap
from dashboard.french import findings, labels, prose
from dashboard.selection import REGIONS
from dashboard.ui import article_list, cards, cold_start, controls, event_layer, frame, glance
from dashboard.ui.cache import ask

cold_start.enter_by_the_frame()
seen = frame.view()
frame.head("Panorama", seen)
glance.holdings(ask(overview.holdings))
glance.since_last_visit(seen)
frame.stop_when_empty(seen)

first, last = ask(shares.span, seen.selection)
grain = controls.coarse_grain(first, last, seen.articles)
marks = event_layer.of_selection(seen, first, last)
regions, countries = st.columns([3, 2], gap="medium")
with regions:
    volume = ask(timelines.per_period, seen.selection, Dimension.REGIONS, REGIONS, grain)
    figure = multiples.rows(volume, grain, series="value")
    event_layer.lay(figure, marks)
    cards.show(
        figure,
        cards.Words(
            title=findings.largest(volume, "value"),
            unit=labels.unit(labels.Measure.RAW, grain),
            reading="Même échelle partout, son sommet à gauche. Un article compte dans chaque région citée.",
            method=prose.text("chronologies"),
        ),
        data=labels.table(event_layer.beside(volume, marks, grain), grain),
        seen=seen,
        key="regions",
        legend=partial(event_layer.legend, marks),
    )
with countries:
    named = ask(overview.attention, seen.selection)
    cards.show(
        attention.bars(named.head(22), ask(overview.regions_of_countries)),
        cards.Words(
            title=findings.most_named(named, seen.articles),
            unit="articles qui parlent du pays",
            reading="La couleur est celle de la région.",
            method=prose.text("attention"),
        ),
        data=labels.named(named),
        seen=seen,
        key="pays_cites",
    )

cards.show(
    tilemap.world(named, dark=cards.dark()),
    cards.Words(
        title=findings.spread(named),
        unit="articles qui parlent de chaque pays",
        reading=findings.tiles(named),
        method=prose.text("attention"),
    ),
    data=labels.named(named),
    seen=seen,
    key="monde",
)

both = ask(movers.periods, seen.selection)
if both:
    glance.heading_of_movers(both)
    kinds = {
        "Étiquettes": ask(movers.of_dimension, both, Dimension.TAGS, 8),
        "Pays": ask(movers.of_dimension, both, Dimension.COUNTRIES, 8),
        "Paires": ask(movers.of_pairs, both, 8),
        "Mots": ask(movers.of_words, both, 8),
    }
    for column, (kind, moved) in zip(st.columns(4), kinds.items(), strict=True):
        with column:
            glance.moved(kind, moved)

st.subheader("En continu", anchor=False)
article_list.rows(ask(articles.page, seen.selection, first=0, size=6))
