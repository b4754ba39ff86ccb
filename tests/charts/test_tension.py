"""The picture of a pair: conflict and cooperation apart, nothing where there is too little."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts import tension
from dashboard.periods import Grain

NBSP = "\u00a0"
NAN = float("nan")
PAIR = pd.DataFrame(
    {
        "start": [date(2024, month, 1) for month in range(1, 5)],
        "n": [100, 1200, 0, 80],
        "complete": [True, True, True, False],
        "named": [9, 4, 0, 7],
        "conflicts": [6, 1, 0, 2],
        "verbal_conflict": [3, 1, 0, 2],
        "material_conflict": [5, 0, 0, 1],
        "verbal_cooperation": [1, 2, 0, 0],
        "material_cooperation": [0, 0, 0, 1],
        "share": [60.0, 0.8, NAN, 25.0],
        "low": [20.0, 0.1, NAN, 5.0],
        "high": [90.0, 4.0, NAN, 70.0],
        "tension": [45.4, NAN, NAN, 20.0],
        "tension_low": [30.0, NAN, NAN, 5.0],
        "tension_high": [60.0, NAN, NAN, 40.0],
        "cooperation": [4.0, NAN, NAN, 9.0],
    }
)
RANKING = pd.DataFrame(
    {"name_a": ["Russie"], "name_b": ["Ukraine"], "n": [1234], "tension": [67.4], "cooperation": [3.0]}
)


def index_of(figure: go.Figure) -> go.Scatter:
    [key, trace] = [trace for trace in figure.data if trace.name == "indice de tension"]
    assert (key.y, key.marker.symbol, trace.showlegend) == ((None,), None, False), (
        "the legend tells of no point"
    )
    return trace


@pytest.fixture(scope="module")
def figure() -> go.Figure:
    return tension.pair(PAIR, Grain.MONTH)


def test_no_point_stands_on_too_few_articles(figure: go.Figure):
    trace = index_of(figure)
    assert pd.isna(list(trace.y)).tolist() == [False, True, True, False]
    assert trace.connectgaps is False


def test_an_unfinished_period_is_hollow(figure: go.Figure):
    assert list(index_of(figure).marker.symbol) == ["circle", "circle", "circle", "circle-open"]
    assert "période incomplète" in index_of(figure).customdata[3][2]


def test_a_point_tells_its_interval_and_its_numbers_in_french(figure: go.Figure):
    key, start, told = index_of(figure).customdata[0]
    assert (key, start) == ("index", "2024-01-01")
    assert "<b>janvier 2024</b> · indice 45 (30 – 60)" in told
    assert f"9{NBSP}articles nomment les deux pays, 6 avec un conflit" in told
    assert f"60,0{NBSP}‰ des 100{NBSP}articles" in told


def test_conflict_lies_below_and_cooperation_above(figure: go.Figure):
    bars = {trace.name: list(trace.y) for trace in figure.data if trace.type == "bar" and trace.yaxis == "y3"}
    assert bars == {
        "conflit, actes": [-5, 0, 0, -1],
        "conflit, paroles": [-3, -1, 0, -2],
        "coopération, actes": [0, 0, 0, 1],
        "coopération, paroles": [1, 2, 0, 0],
    }
    assert "-" not in "".join(figure.layout.yaxis3.ticktext)


def test_the_band_is_cut_where_there_is_no_index(figure: go.Figure):
    bands = [trace for trace in figure.data if getattr(trace, "fill", None) == "toself"]
    assert [list(band.y) for band in bands] == [[60.0, 30.0], [40.0, 5.0]]


def test_a_month_without_articles_is_a_grey_band(figure: go.Figure):
    [band] = figure.layout.shapes
    assert (str(band.x0)[:10], str(band.x1)[:10]) == ("2024-02-29", "2024-03-31")


def test_a_pair_without_any_index_is_still_a_figure():
    silent = PAIR.assign(tension=NAN, tension_low=NAN, tension_high=NAN)
    assert tension.pair(silent, Grain.MONTH).layout.yaxis.range == (0, 100)
    assert tension.pair(PAIR.head(0), Grain.MONTH).layout.yaxis.range == (0, 100)


def test_noise_never_looks_like_war():
    calm = PAIR.assign(tension=1.0, tension_low=0.0, tension_high=2.0)
    assert tension.pair(calm, Grain.MONTH).layout.yaxis.range == (0, 20)


def test_a_matrix_is_the_same_on_both_sides_and_blank_where_nothing_is_known():
    cells, _ = tension.matrix(RANKING, ["Russie", "Ukraine", "Chine"]).data
    assert cells.z[0][1] == cells.z[1][0] == 67.4
    assert pd.isna([cells.z[i][i] for i in range(3)]).all()
    assert pd.isna(cells.z[2]).all()
    assert cells.text[0][1] == "67"
    assert cells.text[2][0] == ""


def test_a_cell_tells_its_number_of_articles():
    _, points = tension.matrix(RANKING, ["Russie", "Ukraine"]).data
    assert sorted(zip(points.x, points.y, strict=True)) == [("Russie", "Ukraine"), ("Ukraine", "Russie")]
    assert all(f"1\u202f234{NBSP}articles nomment les deux" in told for told in points.customdata)


def test_a_pair_outside_the_matrix_is_left_out():
    cells, points = tension.matrix(RANKING, ["Russie", "Chine"]).data
    assert pd.isna(cells.z).all()
    assert not points.x
