"""The first deep link to a fresh server, for which Streamlit may run a page's file without its frame."""

import runpy
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.settings import APP

INSIDE = "_inside_the_frame"


@contextmanager
def inside_the_frame() -> Iterator[None]:
    """While app.py runs a page."""
    st.session_state[INSIDE] = True
    try:
        yield
    finally:
        st.session_state[INSIDE] = False


def enter_by_the_frame() -> None:
    """The first line of every page: when app.py does not run it, run app.py, which comes back here."""
    if not st.session_state.get(INSIDE):
        runpy.run_path(str(APP), run_name="__main__")
        st.stop()
