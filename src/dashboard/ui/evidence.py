"""The sentences behind a tension figure: actors and trigger marked, what was read, what it weighs."""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.analysis import evidence as questions
from dashboard.export import tables
from dashboard.french import labels
from dashboard.french.formats import counted, number, short_day, signed
from dashboard.ui.article_list import open_article
from dashboard.ui.cache import ask
from dashboard.ui.escaping import md
from dashboard.ui.frame import View

Actors = list[dict[str, int]]

ASIDE = "ecarte"
PAGE_SIZE = 10
SMALL = 0.05  # points of the index that would be written as 0,0
EXPORTED = [
    "published", "source_name", "target_name", "noun", "score", "contribution", "sentence_text", "trigger",
    "confidence", "title", "publisher", "url",
]  # fmt: skip


def set_aside(everything: pd.DataFrame) -> tuple[str, ...]:
    """The sentences that this view leaves out, kept in its link; `everything` is the evidence of the pair."""
    sentences = dict(zip(everything["event_id"], everything["sentence_text"], strict=True))
    asked = st.session_state.get(ASIDE, st.query_params.get_all(ASIDE))
    st.session_state[ASIDE] = [event for event in asked if event in sentences]
    left_out = len(st.session_state[ASIDE])
    with st.expander(f"Phrases écartées de cette vue\u00a0: {left_out}", icon=":material/playlist_remove:"):
        picked = st.multiselect(
            "Numéros des phrases écartées",
            sorted(st.session_state[ASIDE]),  # sentences come in by their own button, here they only leave
            key=ASIDE,
            bind="query-params",
            placeholder="Aucune",
            help="Une phrase mal lue s’écarte d’un clic\u00a0: la courbe se recalcule, le lien le retient.",
        )
        for event in picked:
            st.caption(f"{event}\u00a0: {md(sentences[event])}")
    return tuple(picked)


def show(found: pd.DataFrame, seen: View) -> None:
    """The sentences, ten at a time, each with its article, its reading and a button that sets it aside."""
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = st.pagination(pages, key="page_preuves") if pages > 1 else 1
    shown = found.iloc[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    actors = ask(questions.actors, tuple(shown["event_id"]))
    for row in shown.itertuples():
        _sentence(row, actors.get(row.event_id, []), seen)


def _sentence(row: Any, actors: Actors, seen: View) -> None:
    told, actions = st.columns([7, 2], gap="small")
    told.html(
        f'<p class="vigie-evidence">{marked(row, actors)}</p>'
        f'<p class="vigie-meta">{escape(_article(row))}<br>{escape(_reading(row, seen))}</p>'
    )
    with actions, st.container(horizontal=True, horizontal_alignment="right"):
        opened = (int(row.article_id),)
        st.button(
            "Lire l’article", key=f"read_{row.event_id}", type="tertiary", on_click=open_article, args=opened
        )
        label, act = ("Reprendre", _take_back) if row.aside else ("Écarter", _leave_out)
        st.button(label, key=f"aside_{row.event_id}", type="tertiary", on_click=act, args=(row.event_id,))


def marked(row: Any, actors: Actors) -> str:
    """The sentence as HTML, its actors and its trigger words marked; everything else escaped."""
    spans = [(span["starts"], span["ends"], "country") for span in actors]
    spans.append((row.trigger_start, row.trigger_end, row.kind))
    at = row.sentence_start
    return highlighted(row.sentence_text, [(start - at, end - at, name) for start, end, name in spans])


def highlighted(text: str, spans: list[tuple[int, int, str]]) -> str:
    """The text as HTML, each span in a `<mark>` of its class; of two that overlap the first is kept."""
    pieces, at = [], 0
    for start, end, name in sorted(spans):
        if at <= start < end <= len(text):
            pieces += [escape(text[at:start]), f'<mark class="{name}">', escape(text[start:end]), "</mark>"]
            at = end
    return "".join([*pieces, escape(text[at:])])


def _article(row: Any) -> str:
    when = "sans date" if pd.isna(row.published) else short_day(row.published)
    return f"{when} · {row.title} · {row.publisher}"


def _reading(row: Any, seen: View) -> str:
    source, target = (seen.names.get(code, code) for code in (row.source, row.target))
    event = f"{source} {'↔' if row.mutual else '→'} {target}\u00a0: {row.noun} ({signed(row.score)})"
    return f"{event} · {_weight(row)}"


def _weight(row: Any) -> str:
    if row.aside:
        return "écartée de cette vue"
    if not row.contribution:
        return "sans effet sur l’indice"
    if row.contribution < SMALL:
        return "moins de 0,1 point de l’indice"
    return f"{number(row.contribution, 1)} point{'s' if row.contribution >= 2 else ''} de l’indice"


def _leave_out(event: str) -> None:
    st.session_state[ASIDE] = [*st.session_state.get(ASIDE, ()), event]


def _take_back(event: str) -> None:
    st.session_state[ASIDE] = [other for other in st.session_state.get(ASIDE, ()) if other != event]


def download(found: pd.DataFrame, seen: View) -> None:
    """The sentences shown, as a table to take away."""

    def table() -> bytes:
        source, target = (found[end].map(seen.names) for end in ("source", "target"))
        passport = [seen.sentence, f"Vigie, état du corpus {seen.snapshot}", "Une ligne par phrase lue"]
        named = found.assign(source_name=source, target_name=target)
        return tables.csv(labels.named(named[EXPORTED]), passport)

    st.download_button(
        "Ces phrases en CSV",
        data=table,
        file_name="vigie-phrases.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def summary(found: pd.DataFrame) -> str:
    """« 24 phrases, 2 écartées »."""
    aside = int(found["aside"].sum())
    return counted(len(found), "phrase") + (f", {counted(aside, 'écartée')}" if aside else "")
