"""The articles behind any number, page by page, and one of them whole."""

import streamlit as st

from dashboard.analysis import articles
from dashboard.ui import article_list, cold_start, frame, library, reading
from dashboard.ui.cache import ask

cold_start.enter_by_the_frame()
seen = frame.view()
opened = article_list.opened()
article = ask(articles.one, opened) if opened else None

if article is not None:
    reading.show(article, seen)
    raise frame.PageEnds

frame.head("Articles", seen)
frame.stop_when_empty(seen)
if opened:
    st.warning("L’article que ce lien désigne n’est plus dans le corpus.", icon=":material/link_off:")
library.facets(seen)
with st.container(horizontal=True, vertical_alignment="bottom"):
    order = library.order()
    number = article_list.page_number(seen.articles)
first = (number - 1) * article_list.SIZE
article_list.rows(ask(articles.page, seen.selection, first=first, size=article_list.SIZE, order=order))
library.downloads(seen)
