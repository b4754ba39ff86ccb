"""« Pourquoi ce pic ? » and what stands around a query: words that come with it, lines in context."""

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.analysis import context
from dashboard.analysis import peaks as questions
from dashboard.analysis.peaks import Peak
from dashboard.french import labels, prose
from dashboard.french.formats import capitalised, counted, listed, number, per_thousand, period, quoted
from dashboard.periods import Grain
from dashboard.ui import tables
from dashboard.ui.article_list import rows
from dashboard.ui.cache import ask
from dashboard.ui.escaping import md
from dashboard.ui.frame import View

MOST_LINES = 12
MOST_WORDS = 12


def explained(curves: pd.DataFrame, grain: Grain, seen: View) -> None:
    """The peaks of the curves, and for the one chosen what sets it apart from the time around it."""
    found = {
        f"{quoted(query)}, {period(peak.start, grain)}": (query, peak)
        for query, one in curves.groupby("query", sort=False)
        for peak in questions.peaks(one, grain)
    }
    st.subheader("Pourquoi ce pic\u202f?", anchor=False)
    if not found:
        st.caption("Aucun pic\u00a0: " + prose.text("pics"))
        return
    picked = st.selectbox("Pic", list(found), key="pic", bind="query-params", placeholder="Choisir un pic")
    query, peak = found[picked or next(iter(found))]
    _why(str(query), peak, seen)


def _why(query: str, peak: Peak, seen: View) -> None:
    why = ask(questions.why, seen.selection, query, peak)
    st.markdown(
        f"{counted(peak.k, 'article')} sur {number(peak.n)}, soit **{per_thousand(peak.share)}** contre "
        f"{per_thousand(peak.baseline)} avant."
    )
    words, titles = st.columns([2, 3], gap="medium")
    with words:
        st.markdown("**Mots qui le distinguent**")
        tables.show(
            labels.named(why.words.head(MOST_WORDS)[["shown", "articles_in", "n_in", "g2"]]), "Mots du pic"
        )
    with titles:
        st.markdown("**Titres les plus typiques**")
        rows(why.titles)
        for name, frame in (("Régions", why.regions), ("Pays", why.countries), ("Paires", why.pairs)):
            if len(frame):
                named = [
                    " – ".join(seen.names.get(code, code) for code in value.split("–"))
                    for value in frame["value"]
                ]
                st.caption(f"{name} dont la part a changé\u00a0: {md(listed(named))}.")
    st.caption(capitalised(prose.text("pics")))


def around(queries: Sequence[str], seen: View) -> None:
    """The words that come with one of the queries, and the query in its lines."""
    st.subheader("Autour d’une requête", anchor=False)
    picked = st.selectbox("Requête", list(queries), key="autour", bind="query-params", placeholder="Choisir")
    query = picked or queries[0]
    lines, company = st.columns([3, 2], gap="medium")
    with lines:
        st.markdown("**Dans le texte**")
        found_lines = ask(context.in_context, seen.selection, query, MOST_LINES)
        if found_lines.empty:
            st.caption("Aucun article de cette sélection n’y répond.")
        else:
            st.html("".join(_line(row) for row in found_lines.itertuples()))
    with company:
        st.markdown("**Mots qui vont avec**")
        found = ask(context.cooccurring, seen.selection, query, MOST_WORDS)
        tables.show(labels.named(found[["shown", "articles_in", "n_in", "log_ratio"]]), f"Mots avec {query}")


def _line(row: Any) -> str:
    return (
        f'<p class="vigie-kwic">{escape(row.left)}<mark class="query">{escape(row.hit)}</mark>'
        f"{escape(row.right)}<br><small>{escape(row.title)}</small></p>"
    )
