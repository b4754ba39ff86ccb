"""Tables on the screen: their numbers and days are French in every browser, and sorted as what they are."""

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from dashboard.french.formats import MISSING, number, short_day

WHOLE = 20
# Cells: more take over a second to write, and Streamlit refuses a styled table of 262,144. Longer ones, such
# as many years day by day, follow the language of the browser.
MOST_WRITTEN = 100_000


def show(frame: pd.DataFrame, alt: str) -> None:
    """The frame, whose columns already bear their French names, without its index; whole when it is short."""
    if frame.empty:
        st.caption("Rien à montrer ici.")
        return
    height: Literal["content", "auto"] = "content" if len(frame) <= WHOLE else "auto"
    shown = written(frame) if frame.size <= MOST_WRITTEN else frame
    st.dataframe(shown, hide_index=True, alt=alt, height=height, placeholder=MISSING)


def written(frame: pd.DataFrame) -> Any:
    """The frame styled so that each cell is told in French and its value stays what columns are sorted by.

    Streamlit's own formats follow the language of the browser. Whole numbers keep no decimal, others one;
    a missing value is a dash; yes and no are words.
    """
    flags = frame.select_dtypes("bool").columns
    told = frame.assign(**{name: frame[name].map({True: "oui", False: "non"}) for name in flags})
    writers: dict[str, Callable[[Any], str]] = {
        name: partial(number, decimals=0 if pd.api.types.is_integer_dtype(told[name]) else 1)
        for name in told.select_dtypes("number").columns
    }
    writers |= dict.fromkeys(told.select_dtypes("datetime").columns, _day)
    return told.style.format(writers, na_rep=MISSING)


def _day(value: pd.Timestamp) -> str:
    return short_day(value.date())
