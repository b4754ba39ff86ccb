"""Curves that say what they stand on: gaps, unfinished periods, French, and no tag of a stranger."""

import json
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.shares import with_shares
from dashboard.charts import theme, timelines
from dashboard.french.labels import Measure
from dashboard.periods import Grain
from dashboard.selection import REGIONS

HOSTILE = "<b>gras</b><script>alert(1)</script>"
NBSP = "\u00a0"


def frame(**series: list[int]) -> pd.DataFrame:
    """Five months of 40, 50, 0, 60 and 10 articles, the first and the last cut."""
    months = pd.DataFrame(
        {
            "start": [date(2024, month, 1) for month in range(1, 6)],
            "n": [40, 50, 0, 60, 10],
            "complete": [False, True, True, True, False],
        }
    )
    rows = [months.assign(value=name.replace("_", " "), k=counts) for name, counts in series.items()]
    return with_shares(pd.concat(rows, ignore_index=True))


ONE = frame(russie=[4, 10, 0, 1, 2])


def drawn(figure: go.Figure, mode: str) -> list[go.Scatter]:
    return [
        trace for trace in figure.data if trace.type == "scatter" and trace.mode == mode and not trace.fill
    ]


def points(figure: go.Figure) -> go.Scatter:
    [trace] = drawn(figure, "markers")
    return trace


def test_a_point_tells_in_french_what_it_stands_on():
    told = points(timelines.lines(ONE, Grain.MONTH, series="value"))["customdata"][1]
    assert told[:2] == ["russie", "2024-02-01"]
    assert told[2].startswith("<b>russie</b> · février 2024<br>")
    assert f"10{NBSP}articles sur 50" in told[2]
    assert f"200{NBSP}‰" in told[2]
    assert "bruit de comptage" in told[2]


def test_an_unfinished_period_is_hollow_and_says_so():
    trace = points(timelines.lines(ONE, Grain.MONTH, series="value"))
    assert list(trace["marker"]["symbol"]) == ["circle-open", "circle", "circle", "circle", "circle-open"]
    assert ["période incomplète" in told[2] for told in trace["customdata"]] == [
        True,
        False,
        False,
        False,
        True,
    ]


def test_a_curve_breaks_where_nothing_was_published():
    figure = timelines.lines(ONE, Grain.MONTH, series="value")
    assert pd.isna(list(points(figure)["y"])).tolist() == [False, False, True, False, False]
    for trace in drawn(figure, "lines"):
        assert trace["connectgaps"] is False
        assert pd.isna(trace["y"][2])


def test_the_solid_line_holds_finished_periods_only():
    dotted, solid = drawn(timelines.lines(ONE, Grain.MONTH, series="value"), "lines")
    assert pd.isna(list(solid["y"])).tolist() == [True, False, True, False, True]
    assert (dotted["line"]["dash"], solid["line"]["dash"]) == ("dot", None)
    assert not pd.isna([dotted["y"][0], dotted["y"][1], dotted["y"][4]]).any()


def test_zero_articles_of_many_are_a_point_at_zero():
    figure = timelines.lines(frame(gaz=[0, 0, 0, 0, 0]), Grain.MONTH, series="value")
    assert list(points(figure)["y"])[1] == 0


def test_numbers_may_be_shown_in_place_of_shares():
    figure = timelines.lines(ONE, Grain.MONTH, series="value", measure=Measure.RAW)
    assert list(points(figure)["y"])[:2] == [4, 10]
    assert figure.layout.yaxis.title.text == "articles"
    assert not [trace for trace in figure.data if getattr(trace, "fill", None) == "toself"]


def test_bands_stop_at_a_gap():
    bands = [t for t in timelines.lines(ONE, Grain.MONTH, series="value").data if getattr(t, "fill", None)]
    assert [len(band.x) for band in bands] == [4, 4]  # two months before the gap, two after, there and back


def test_a_month_without_articles_is_a_grey_band():
    [band] = timelines.lines(ONE, Grain.MONTH, series="value").layout.shapes
    assert (str(band.x0)[:10], str(band.x1)[:10]) == ("2024-02-29", "2024-03-31")


def test_the_volume_lies_under_the_curves():
    [bars] = [
        trace for trace in timelines.lines(ONE, Grain.MONTH, series="value").data if trace.type == "bar"
    ]
    assert list(bars.y) == [40, 50, 0, 60, 10]
    assert bars.customdata[1] == f"février 2024<br>50{NBSP}articles dans la sélection"
    assert list(bars.marker.pattern.shape) == ["/", "", "", "", "/"]


def test_a_figure_without_series_is_still_a_figure():
    figure = timelines.lines(ONE.head(0), Grain.MONTH, series="value")
    assert not drawn(figure, "markers")


def texts(figure: go.Figure) -> list[str]:
    """Everything that Plotly shows as text; names that only serve to find a series again are left out."""
    found: list[str] = []

    def walk(name: str, value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(key, inner)
        elif isinstance(value, list):
            shown = (
                [value[2]]
                if name == "customdata" and len(value) == 3 and isinstance(value[2], str)
                else value
            )
            for inner in shown:
                walk(name, inner)
        elif isinstance(value, str) and name != "legendgroup":
            found.append(value)

    walk("", json.loads(figure.to_json()))
    return found


OURS = {"<b>", "</b>", "<br>", "<i>", "</i>", "<extra>", "</extra>"}


def test_no_tag_of_a_stranger_survives():
    figure = timelines.lines(frame(**{HOSTILE: [4, 10, 0, 1, 2]}), Grain.MONTH, series="value")
    shown = texts(figure)
    assert any("‹script›" in text for text in shown)
    assert not [text for text in shown if "<script" in text or "<b>gras" in text]


@given(st.text(max_size=30))
def test_a_plain_text_holds_no_tag(text: str):
    assert not {"<", ">"} & set(theme.plain(text))
    if not {"<", ">"} & set(text):
        assert theme.plain(text) == text


@given(st.lists(st.text(max_size=5) | st.sampled_from(REGIONS), max_size=9, unique=True))
def test_the_same_series_have_the_same_colours(values: list[str]):
    colours = theme.colours(values)
    assert colours == theme.colours(list(values))
    assert set(colours) == set(values)
    for value in values:
        if value in theme.REGION_COLOURS:
            assert colours[value] == theme.REGION_COLOURS[value]
    if len(values) <= len(theme.SERIES_COLOURS):
        assert len(set(colours.values())) == len(values)


def test_a_region_keeps_its_colour_whatever_stands_beside_it():
    alone, beside = theme.colours(["Russie"]), theme.colours(["gaz", "Asie", "Russie"])
    assert alone["Russie"] == beside["Russie"]


def test_months_and_separators_are_french():
    french = theme.CONFIG["locales"]["fr"]["format"]
    assert french["months"][1] == "février"
    assert (french["days"][0], french["shortMonths"][7]) == ("dimanche", "août")
    assert theme.layout(height=10).separators == ",\u202f"


@pytest.mark.parametrize(
    ("colour", "faded"), [("#0072B2", "rgba(0, 114, 178, 0.5)"), ("#000000", "rgba(0, 0, 0, 0.5)")]
)
def test_a_faded_colour_is_the_same_colour(colour: str, faded: str):
    assert theme.faded(colour, 0.5) == faded
