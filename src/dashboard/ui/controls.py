"""The choices of a page about how its figures are drawn, each kept in the link."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

from dashboard.periods import Grain, automatic_grain
from dashboard.ui.escaping import md

AUTOMATIC = "auto"
# What the controls came to, defaults and automatic choices resolved: the frozen link is made of it.
EFFECTIVE = "_effective"
Choice = TypeVar("Choice", bound=str)


def choice(label: str, options: Sequence[Choice], *, key: str) -> Choice:
    """One of a few options, the first by default."""
    tell_unknown(key, label, list(map(str, options)))
    picked: Choice | None = st.segmented_control(
        label, options, default=options[0], required=True, key=key, bind="query-params"
    )
    return _noted(key, picked or options[0])


def grain(first: date | None, last: date | None, articles: int) -> Grain:
    """Day to quarter; by itself the finest that stays readable with so many articles between these days."""
    picked = choice("Regrouper par", [AUTOMATIC, *map(str, Grain)], key="maille")
    chosen = automatic_grain(first, last, articles) if picked == AUTOMATIC else Grain(picked)
    return _noted("maille", chosen)


def coarse_grain(first: date | None, last: date | None, articles: int) -> Grain:
    """The automatic grain, for a figure that is read at a glance and has no control of its own."""
    return automatic_grain(first, last, articles // 3)


def series(label: str, options: Sequence[str], *, opening: int, most: int) -> list[str]:
    """Up to `most` of the options; the first `opening` ones until the reader chooses."""
    key = "serie"
    if key not in st.session_state:
        tell_unknown(key, label, options)
    kept = [value for value in st.session_state.get(key, ()) if value in options]
    if key in st.session_state and kept != st.session_state[key]:
        st.session_state[key] = kept
    picked: list[str] = st.multiselect(
        label,
        options,
        default=list(options[:opening]),
        key=key,
        bind="query-params",
        max_selections=most,
        placeholder="Choisir des séries à comparer",
    )
    chosen = picked or list(options[:opening])
    note(key, chosen)
    return chosen


def tell_unknown(key: str, label: str, options: Collection[str]) -> None:
    """Say so when the link asks for what is not among the options; the widget drops it in silence."""
    for asked in st.query_params.get_all(key):
        if asked not in options:
            st.warning(
                f"Ce lien demande pour «\u00a0{md(label)}\u00a0»\u00a0: {md(asked[:60])}, inconnu ici. "
                "Le choix par défaut est montré.",
                icon=":material/link_off:",
            )


def note(key: str, values: list[str]) -> None:
    """Remember under which name of the link these values would bring back what is shown."""
    st.session_state.setdefault(EFFECTIVE, {})[key] = values


def forget() -> None:
    """At the beginning of a page: nothing of another page's settings."""
    st.session_state[EFFECTIVE] = {}


def _noted(key: str, value: Choice) -> Choice:
    note(key, [str(value)])
    return value
