"""Articles as a list that opens: under a point of a figure, or page by page."""

from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.analysis.articles import CUT
from dashboard.french.formats import counted, days, listed, short_day
from dashboard.ui.escaping import md
from dashboard.ui.links import whole

SIZE = 20
OPENED = "article"
PAGE = "pages/articles.py"
LEAVE = "_leave_for_article"


def of_point(name: str, start: date, end: date, found: pd.DataFrame, *, count: int) -> None:
    """The articles behind a point that was clicked; `count` may be more than are shown."""
    st.subheader(f"{md(name)} · {md(days(start, end))} · {counted(count, 'article')}", anchor=False)
    rows(found, within="point")
    if count > len(found):
        st.caption(f"Les {len(found)} plus récents sont affichés.")


def rows(found: pd.DataFrame, within: str = "list") -> None:
    """One entry per article: its title, which opens it, then what is known of it and how it begins.

    `within` tells the lists of one page apart, for an article may stand in two of them.
    """
    for row in found.itertuples():
        _entry(row, within)


def _entry(row: Any, within: str) -> None:
    name = f"{within}_{row.article_id}"
    with st.container(gap=None, key=f"entry_{name}"):
        article = (int(row.article_id),)
        st.button(md(row.title), key=f"open_{name}", type="tertiary", on_click=open_article, args=article)
        opening = getattr(row, "opening", "")
        begins = f'<p class="vigie-opening">{escape(whole_words(opening))}</p>' if opening else ""
        st.html(f'<p class="vigie-meta">{escape(_meta(row))}</p>{begins}')


def whole_words(opening: str) -> str:
    """A beginning that was cut at CUT letters ends after a word, with « … »; a shorter one is whole."""
    if len(opening) < CUT or opening[-1] in ".!?…":
        return opening
    return opening.rsplit(" ", 1)[0].rstrip(" ,;:\u00a0\u202f") + "\u00a0…"


def page_number(articles: int) -> int:
    """Which page of the list the reader is on, from 1."""
    pages = max(1, -(-articles // SIZE))
    return int(st.pagination(pages, key="page", bind="query-params")) if pages > 1 else 1


def open_article(article_id: int) -> None:
    """Remember which article is to be read; the frame then goes to the page Articles."""
    st.session_state[LEAVE] = article_id


def follow(here: str) -> None:
    """Go to the article that a click asked for, from the page of address `here`; before any page runs."""
    article_id = st.session_state.pop(LEAVE, None)
    if article_id and here == Path(PAGE).stem:
        # A change to the page that is already shown would take the filters out of the link.
        st.query_params[OPENED] = str(article_id)
    elif article_id:
        st.switch_page(PAGE, query_params={OPENED: str(article_id)})


def opened() -> int | None:
    """The id of the article that the link names, if any."""
    return whole(st.query_params.get(OPENED, ""))


def close() -> None:
    """Go back from an article to the list."""
    st.query_params.pop(OPENED, None)


def when(row: Any) -> str:
    """« 12 mars 2024 », « entre le … et le … », « sans date »."""
    bounds = (row.published, getattr(row, "earliest", None), getattr(row, "latest", None))
    day, earliest, latest = (None if pd.isna(d) else short_day(pd.Timestamp(d).date()) for d in bounds)
    if day:
        return day
    if earliest and latest:
        return f"entre le {earliest} et le {latest}"
    if earliest:
        return f"après le {earliest}"
    return f"avant le {latest}" if latest else "sans date"


def _meta(row: Any) -> str:
    known = [getattr(row, name, None) for name in ("section", "source")]
    parts = [when(row), *known, listed(list(getattr(row, "tags", ()))[:5])]
    return " · ".join(part for part in parts if isinstance(part, str) and part)
