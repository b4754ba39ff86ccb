"""Tables on the screen: French decimals, days as the browser writes them, words for who cannot see."""

from typing import Any

import pandas as pd
import streamlit as st


def show(frame: pd.DataFrame, alt: str) -> None:
    """The frame, whose columns already bear their French names, without its index."""
    formats: dict[str, Any] = {
        name: st.column_config.NumberColumn(format="localized")
        for name in frame.select_dtypes("number").columns
    }
    formats |= {name: st.column_config.DateColumn() for name in frame.select_dtypes("datetime").columns}
    st.dataframe(frame, hide_index=True, column_config=formats, alt=alt)
