"""The frame: navigation, the shared filters, the one place that shows errors."""

from pathlib import Path

import streamlit as st

from dashboard.ui import article_list, cold_start, controls, frame, sharing

PAGES = Path(__file__).parent / "pages"

frame.open_page()
page = st.navigation(
    [
        st.Page(frame.to_first_page, title="Vigie", default=True, visibility="hidden"),
        st.Page(PAGES / "panorama.py", title="Panorama", icon=":material/dashboard:"),
        st.Page(PAGES / "chronologies.py", title="Chronologies", icon=":material/timeline:"),
        st.Page(PAGES / "tensions.py", title="Tensions", icon=":material/compare_arrows:"),
        st.Page(PAGES / "mots_cles.py", title="Mots-clés", icon=":material/manage_search:"),
        st.Page(PAGES / "articles.py", title="Articles", icon=":material/article:"),
        st.Page(PAGES / "sources.py", title="Sources", icon=":material/rss_feed:"),
        st.Page(PAGES / "methode.py", title="Méthode", icon=":material/science:"),
    ]
)
with frame.explained(), cold_start.inside_the_frame():
    frame.read_link()
    frame.filters()
    article_list.follow(page.url_path)
    sharing.tell_state(frame.view())
    controls.forget()
    try:
        with frame.at_work():
            page.run()
    finally:
        sharing.show(frame.view())
