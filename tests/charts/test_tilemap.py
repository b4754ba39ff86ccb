"""The world as tiles."""

from collections import Counter

import pandas as pd
import pytest

from dashboard.charts import tension, tilemap
from dashboard.coding.countries import COUNTRIES


def test_no_two_countries_share_a_tile_and_all_are_known():
    places = tilemap.tiles()
    assert [place for place, count in Counter(places.values()).items() if count > 1] == []
    assert set(places) <= set(COUNTRIES)


def test_all_but_the_smallest_states_have_a_tile():
    assert set(COUNTRIES) - set(tilemap.tiles()) == {"AND", "LIE", "MCO", "SMR", "VAT", "PRI", "ESH", "MAC"}


def test_a_tile_tells_its_country_and_count_and_nothing_leaves_the_machine():
    figure = tilemap.world(pd.DataFrame({"code": ["RUS"], "value": ["Russie"], "articles": [4]}))
    column, row = tilemap.tiles()["RUS"]
    assert figure.data[0].customdata[row][column] == "<b>Russie</b><br>4\u00a0articles"
    assert figure.data[0].z[row][column] == 2
    assert "geo" not in figure.layout.to_plotly_json()


def brightness(colour: str) -> float:
    return sum(int(colour[i : i + 2], 16) for i in (1, 3, 5)) / 3


@pytest.mark.parametrize("drawn", [tilemap, tension], ids=["map", "matrix"])
def test_what_is_least_stays_near_the_ground_of_a_light_page_and_of_a_dark_one(drawn):
    for scale, falling in ((drawn.ON_LIGHT, True), (drawn.ON_DARK, False)):
        steps = [brightness(colour) for _, colour in scale]
        assert steps == sorted(steps, reverse=falling)
