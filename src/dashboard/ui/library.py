"""The pieces of the page « Articles »: facets with counts, order, downloads of the selection."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from dashboard.analysis import articles, timelines
from dashboard.analysis.timelines import Dimension
from dashboard.export import articles as export
from dashboard.export import tables
from dashboard.french import reports
from dashboard.french.formats import number
from dashboard.ui import cache
from dashboard.ui.cache import ask
from dashboard.ui.controls import choice
from dashboard.ui.escaping import md
from dashboard.ui.frame import View
from dashboard.ui.sidebar import add_to_filter

FACETS = {
    "Rubriques": (Dimension.SECTIONS, "rubrique"),
    "Étiquettes": (Dimension.TAGS, "etiquette"),
    "Pays": (Dimension.COUNTRIES, "pays"),
}
MOST_FACETS = 6


def facets(seen: View) -> None:
    """The most frequent sections, tags and countries of the selection; a click adds one to the filters."""
    with st.expander("Affiner", icon=":material/tune:"):
        for column, (name, (dimension, key)) in zip(st.columns(len(FACETS)), FACETS.items(), strict=True):
            with column:
                st.markdown(f"**{name}**")
                for row in ask(timelines.most_frequent, seen.selection, dimension, MOST_FACETS).itertuples():
                    st.button(
                        f"{md(row.value)} ({number(row.articles)})",
                        key=f"facet_{key}_{row.value}",
                        type="tertiary",
                        on_click=add_to_filter,
                        args=(key, row.value),
                    )


def order() -> articles.Order:
    """In which order the reader wants the articles."""
    return choice("Ordre", list(articles.Order), key="tri")


def downloads(seen: View) -> None:
    """The selection as CSV, JSON lines or RSS, made when the reader asks for it."""
    corpus, selection = cache.corpus(), seen.selection
    passport = [seen.sentence, f"Vigie, état du corpus {seen.snapshot}"]
    title, link = f"Vigie\u00a0: {seen.sentence}", st.context.url or ""

    def records() -> Iterator[dict[str, Any]]:
        return reports.records(articles.export(corpus, selection))

    with st.container(horizontal=True):
        for label, name, mime, made in (
            ("CSV", "csv", "text/csv", lambda: tables.csv(articles.export(corpus, selection), passport)),
            ("JSONL", "jsonl", "application/jsonl", lambda: export.jsonl(records())),
            ("RSS", "xml", "application/rss+xml", lambda: export.rss(records(), title=title, link=link)),
        ):
            st.download_button(
                label,
                data=made,
                file_name=f"vigie-articles.{name}",
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
                key=f"download_{name}",
            )
