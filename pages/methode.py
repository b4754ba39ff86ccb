"""What each figure means, how good it is, and a place to try a sentence."""

import streamlit as st

from dashboard.french import prose
from dashboard.ui import cold_start, frame, trial

cold_start.enter_by_the_frame()
seen = frame.view()
frame.head("Méthode", seen)

attempt, tension, counting, quality, limits = st.tabs(
    ["Essayer une phrase", "Tension", "Comptages", "Qualité mesurée", "Limites"],
    key="onglet",
    bind="query-params",
)
with attempt:
    st.markdown(prose.text("essayer"))
    trial.a_sentence()
with tension:
    st.markdown(prose.text("tensions"))
    trial.scale()
with counting:
    st.markdown(prose.text("chronologies"))
    st.markdown(prose.text("mots_cles"))
    st.markdown(prose.text("vocabulaire"))
with quality:
    st.markdown(prose.text("qualite"))
    trial.quality()
with limits:
    st.markdown(prose.text("limites"))
