"""One article whole: its text with countries and trigger words marked, and the events read in it."""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.analysis import articles, similar
from dashboard.french.formats import counted, listed, quoted, signed
from dashboard.occurrences import hits
from dashboard.query import parse, split_compared
from dashboard.ui.article_list import close, rows, when
from dashboard.ui.cache import ask
from dashboard.ui.escaping import md
from dashboard.ui.evidence import highlighted
from dashboard.ui.frame import View

PARTS = (("chapô", "lead"), ("texte", "text"))


def show(article: Any, seen: View) -> None:
    """The reading view of a row of the table `article`."""
    st.button("Retour à la liste", icon=":material/arrow_back:", on_click=close)
    mentions = ask(articles.mentions, int(article.article_id))
    events = ask(articles.events, int(article.article_id))
    query = seen.selection.query
    st.html(f'<h1 class="vigie-headline">{_part("titre", article.title, query, mentions, events)}</h1>')
    st.html(f'<p class="vigie-meta">{escape(_meta(article))}</p>')
    for part, column in PARTS:
        paragraphs = _part(part, article[column], query, mentions, events).split("\n\n")
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs if paragraph.strip())
        st.html(f'<div class="vigie-article vigie-{column}">{body}</div>')
    if isinstance(article.url, str):
        st.link_button("Lire l’original", article.url, icon=":material/open_in_new:")
    _events(events, seen)
    near = ask(similar.nearest, int(article.article_id), 5)
    if len(near):
        st.subheader("Sur le même sujet", anchor=False)
        rows(near)


def _part(part: str, text: str, query: str, mentions: pd.DataFrame, events: pd.DataFrame) -> str:
    spans = [
        (row.trigger_start, row.trigger_end, row.kind) for row in events[events["part"] == part].itertuples()
    ]
    spans += [(row.starts, row.ends, "country") for row in mentions[mentions["part"] == part].itertuples()]
    return highlighted(text, [*_asked_for(text, query, title=part == "titre"), *spans])


def _asked_for(text: str, query: str, *, title: bool) -> list[tuple[int, int, str]]:
    """Where the words of the query filter stand."""
    found = (hits(parse(one), text, title=title) for one in split_compared(query))
    return [(start, end, "query") for readable, places in found if readable == text for start, end in places]


def _meta(article: Any) -> str:
    known = (when(article), article.section, article.author, article.source)
    parts = [part for part in dict.fromkeys(known) if isinstance(part, str) and part]
    if len(article.tags):
        parts.append(listed(list(article.tags)))
    return " · ".join(parts) + f" · origine de la date\u00a0: {article.date_basis or 'inconnue'}"


def _events(events: pd.DataFrame, seen: View) -> None:
    st.subheader(f"{counted(len(events), 'événement')} entre pays", anchor=False)
    for row in events.itertuples():
        source, target = (seen.names.get(code, code) for code in (row.source, row.target))
        st.markdown(
            f"**{md(source)} {'↔' if row.mutual else '→'} {md(target)}**\u00a0: {md(row.noun)}, "
            f"{signed(row.score)} sur l’échelle de −10 à +10, d’après {md(quoted(row.trigger))}"
        )
        if row.why:
            st.caption(f"Pourquoi\u00a0: {md(row.why)}")
