"""The choices of a page about how its figures are drawn, each kept in the link."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

from dashboard.periods import Grain, automatic_grain

AUTOMATIC = "auto"
Choice = TypeVar("Choice", bound=str)


def choice(label: str, options: Sequence[Choice], *, key: str) -> Choice:
    """One of a few options, the first by default."""
    picked: Choice | None = st.segmented_control(
        label, options, default=options[0], required=True, key=key, bind="query-params"
    )
    return picked or options[0]


def grain(first: date | None, last: date | None, articles: int) -> Grain:
    """Day to quarter; by itself the finest that stays readable with so many articles between these days."""
    picked = choice("Regrouper par", [AUTOMATIC, *map(str, Grain)], key="maille")
    return automatic_grain(first, last, articles) if picked == AUTOMATIC else Grain(picked)


def series(label: str, options: Sequence[str], *, opening: int, most: int) -> list[str]:
    """Up to `most` of the options; the first `opening` ones until the reader chooses."""
    key = "serie"
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
    return picked or list(options[:opening])
