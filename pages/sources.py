"""Where the articles come from, how fresh they are, what was refused and why, what was taken down."""

import streamlit as st

from dashboard.analysis import overview
from dashboard.french import prose
from dashboard.ui import cold_start, frame, source_list
from dashboard.ui.cache import ask

cold_start.enter_by_the_frame()
seen = frame.view()
frame.head("Sources", seen)
st.caption("Cette page décrit tout le corpus, quels que soient les filtres.")

visited = source_list.visits()
known = ask(overview.sources)
source_list.failures(visited)
source_list.table(known, visited)
source_list.freshness(known, visited)
st.markdown(prose.text("sources"))

refused, removed, history = st.tabs(
    ["Refusé à la lecture", "Retiré à la source", "Histoire du corpus"], key="onglet", bind="query-params"
)
with refused:
    source_list.refused(ask(overview.reasons), ask(overview.refusals, source_list.MOST_PIECES))
with removed:
    source_list.removed(ask(overview.removals, source_list.MOST_ROWS))
with history:
    source_list.history(ask(overview.snapshots, source_list.MOST_ROWS))
