"""The filters in force as buttons, each of which takes its filter off."""

import streamlit as st

from dashboard.french import sentences
from dashboard.french.formats import quoted
from dashboard.ui.escaping import md
from dashboard.ui.sidebar import LISTS

# A region, a tag and a country may bear one name: all but regions and periods say what they are.
KINDS = {"etiquette": "étiquette", "rubrique": "rubrique", "source": "source", "pays": "pays", "q": "requête"}


def show() -> None:
    """One button per value in force; nothing when no filter is."""
    state = st.session_state
    lists = [(key, value) for key in (*LISTS, "pays") for value in state.get(key) or ()]
    singles = [(key, str(state[key])) for key in ("periode", "q") if state.get(key)]
    dated = (
        [("du", sentences.dates(state.get("du"), state.get("au")))]
        if state.get("du") or state.get("au")
        else []
    )
    if not (lists or singles or dated):
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for key, value in [*lists, *singles, *dated]:
            st.button(
                md(_named(key, value)),
                key=f"chip_{key}_{value}",
                icon=":material/close:",
                on_click=_take_off,
                args=(key, value),
                help=f"Retirer ce filtre\u00a0: {md(value)}",
            )


def _named(key: str, value: str) -> str:
    return f"{KINDS[key]} {quoted(value)}" if key in KINDS else value


def _take_off(key: str, value: str) -> None:
    state = st.session_state
    if key in LISTS or key == "pays":
        state[key] = [other for other in state[key] if other != value]
    elif key == "du":
        state["du"] = state["au"] = None
    else:
        state[key] = "" if key == "q" else None
