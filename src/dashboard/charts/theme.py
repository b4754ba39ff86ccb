"""The look that all figures share: colours that mean something, French axes, no decoration."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.french.locale import plotly_locale

# Okabe & Ito (2008), « Color Universal Design »: told apart by colour-blind readers, on white and on black.
BLUE, VERMILION, GREEN, ORANGE = "#0072B2", "#D55E00", "#009E73", "#E69F00"
SKY, PURPLE, GREY = "#56B4E9", "#CC79A7", "#8A8F98"

REGION_COLOURS = {
    "Union européenne": BLUE,
    "Russie": VERMILION,
    "Amériques": GREEN,
    "Asie": ORANGE,
    "Afrique": SKY,
    "Moyen-Orient": PURPLE,
    "Monde": GREY,
}
SERIES_COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY, GREY)
# Far apart in lightness too, so that they survive a black-and-white print.
CONFLICT, COOPERATION = "#B23A1E", "#5BA3CF"
# Words are paler than acts, on white and on black alike.
CONFLICT_WORDS, COOPERATION_WORDS = "#DDA08F", "#B5D5E8"
FAINT = "rgba(128, 132, 140, 0.35)"
GRID = "rgba(128, 132, 140, 0.18)"

DATE_TICKS = [
    {"dtickrange": [None, 604_800_000], "value": "%-d %b\n%Y"},
    {"dtickrange": [604_800_000, "M1"], "value": "%-d %b\n%Y"},
    {"dtickrange": ["M1", "M12"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]

# What st.plotly_chart hands to plotly.js: French names of months, no buttons over a phone's small figure.
CONFIG: dict[str, Any] = {
    "locale": "fr",
    "locales": {"fr": plotly_locale()},
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
}


def colours(values: Sequence[str]) -> dict[str, str]:
    """A colour for every series: a region's own, else the next that is free, the same for the same list."""
    own = {value: REGION_COLOURS[value] for value in values if value in REGION_COLOURS}
    others = [value for value in values if value not in own]
    free = [colour for colour in SERIES_COLOURS if colour not in own.values()] or SERIES_COLOURS
    return own | {value: free[number % len(free)] for number, value in enumerate(others)}


def faded(colour: str, opacity: float) -> str:
    """« #0072B2 » at that opacity, as Plotly writes it."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"


def plain(text: str) -> str:
    """Text for a label or a tooltip, in which Plotly would otherwise read tags."""
    return text.replace("<", "‹").replace(">", "›")


def layout(*, height: int, **more: Any) -> go.Layout:
    """The layout from which every figure starts; titles stand outside, in the page and in the exports."""
    base: dict[str, Any] = {
        "height": height,
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
        "paper_bgcolor": "rgba(0, 0, 0, 0)",
        "plot_bgcolor": "rgba(0, 0, 0, 0)",
        "separators": ",\u202f",
        "hovermode": "closest",
        "hoverlabel": {"align": "left"},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "title": {"text": ""}},
        "bargap": 0.15,
        "dragmode": False,
        "font": {"size": 13},
    }
    return go.Layout(**{**base, **more})


def time_axis(**more: Any) -> dict[str, Any]:
    """A date axis that names months in French and shows no grid."""
    return {"type": "date", "tickformatstops": DATE_TICKS, "showgrid": False, "fixedrange": True, **more}


def value_axis(title: str, **more: Any) -> dict[str, Any]:
    """A value axis from zero with its unit as title and thousands told apart."""
    return {
        "title": {"text": title, "font": {"size": 12}, "standoff": 4},
        "rangemode": "tozero",
        "tickformat": ",~f",
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        **more,
    }
