"""A page of hostile texts, each shown everywhere that Streamlit reads Markdown; for test_hostile_text.py."""

import json
import os

import streamlit as st

from dashboard.ui.escaping import md

for number, text in enumerate(json.loads(os.environ["HOSTILE_TEXTS"])):
    with st.container(key=f"case_{number}"):
        st.subheader(md(text), anchor=False)
        st.markdown(md(text))
        st.caption(md(text))
        st.button(md(text), key=f"button_{number}")
