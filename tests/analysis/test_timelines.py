"""Timelines of tags, regions, sections and countries: by hand, and counted a second time."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis import timelines
from dashboard.analysis.timelines import Dimension
from dashboard.corpus.read import Corpus, open_current
from dashboard.corpus.write import staging
from dashboard.periods import Grain, end_of, start_of
from dashboard.selection import REGIONS, Selection
from tiny_corpus import add
from told_corpus import know_countries

ALL = Selection()
TAGS, SECTIONS = ["russie", "gaz", "élections", "<b>piège</b>"], ["Russie", "Asie", "Afrique"]
COUNTRIES = {"RUS": "Russie", "CHN": "Chine", "FRA": "France"}


def by_chance(number: int) -> dict[str, Any]:
    chance = random.Random(number)
    day = date(2023, 11, 20) + timedelta(days=chance.randrange(200))
    return {
        "published": None if chance.random() < 0.1 else day.isoformat(),
        "tags": chance.sample(TAGS, chance.randint(0, 3)),
        "section": chance.choice([*SECTIONS, None]),
        "regions": chance.sample(REGIONS, chance.randint(1, 2)),
        "countries": chance.sample(sorted(COUNTRIES), chance.randint(0, 2)),
        "duplicate_of": 1 if number > 1 and chance.random() < 0.1 else None,
    }


ARTICLES = [by_chance(number) for number in range(1, 161)]
COUNTED = [article for article in ARTICLES if article["duplicate_of"] is None]
DATED = [article for article in COUNTED if article["published"]]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("timelines")
    with staging(folder, reason="essai", coder="0") as change:
        know_countries(change.connection)
        add(change.connection, ARTICLES)
        change.changed = True
    return open_current(folder)


BORNE: dict[Dimension, Callable[[dict[str, Any]], list[str]]] = {
    Dimension.TAGS: lambda article: article["tags"],
    Dimension.REGIONS: lambda article: article["regions"],
    Dimension.SECTIONS: lambda article: [article["section"]] if article["section"] else [],
    Dimension.COUNTRIES: lambda article: [COUNTRIES[country] for country in article["countries"]],
}
VALUES = {
    Dimension.TAGS: TAGS,
    Dimension.REGIONS: list(REGIONS),
    Dimension.SECTIONS: SECTIONS,
    Dimension.COUNTRIES: list(COUNTRIES.values()),
}


def period_of(article: dict[str, Any], grain: Grain) -> date:
    return start_of(date.fromisoformat(article["published"]), grain)


def counted(frame: pd.DataFrame) -> dict[tuple[date, str], tuple[int, int]]:
    return {(row.start, row.value): (row.k, row.n) for row in frame.itertuples()}


@pytest.mark.parametrize("grain", Grain)
@pytest.mark.parametrize("dimension", Dimension)
def test_sql_and_plain_python_count_the_same(corpus: Corpus, dimension: Dimension, grain: Grain):
    found = timelines.per_period(corpus, ALL, dimension, VALUES[dimension], grain)
    bearing = Counter((period_of(a, grain), value) for a in DATED for value in BORNE[dimension](a))
    totals = Counter(period_of(article, grain) for article in DATED)
    assert counted(found) == {
        (start, value): (bearing[start, value], totals[start])
        for start in found["start"]
        for value in VALUES[dimension]
    }
    assert set(totals) <= set(found["start"])
    assert found["k"].sum() == sum(bearing.values())


@settings(max_examples=25, deadline=None)
@given(
    dimension=st.sampled_from(Dimension),
    since=st.none() | st.dates(date(2023, 11, 1), date(2024, 3, 1)),
    tags=st.sets(st.sampled_from(TAGS), max_size=2).map(tuple),
)
def test_months_add_up_to_quarters(
    corpus: Corpus, dimension: Dimension, since: date | None, tags: tuple[str, ...]
):
    chosen = Selection(since=since, tags=tags)
    months, quarters = (
        timelines.per_period(corpus, chosen, dimension, VALUES[dimension], grain)
        for grain in (Grain.MONTH, Grain.QUARTER)
    )
    months = months.assign(start=[start_of(start, Grain.QUARTER) for start in months["start"]])
    sums = months.groupby(["start", "value"])[["k", "n"]].sum()
    assert {key: tuple(row) for key, row in zip(sums.index, sums.to_numpy(), strict=True)} == counted(
        quarters
    )
    whole = quarters[quarters["n"] > 0]  # a ratio of sums, not a mean of ratios
    assert whole["share"].tolist() == pytest.approx((1000 * whole["k"] / whole["n"]).tolist())


@settings(max_examples=25, deadline=None)
@given(dimension=st.sampled_from(Dimension), grain=st.sampled_from(Grain), tag=st.sampled_from(TAGS))
def test_no_more_articles_bear_a_value_than_there_are(
    corpus: Corpus, dimension: Dimension, grain: Grain, tag: str
):
    found = timelines.per_period(corpus, Selection(tags=(tag,)), dimension, VALUES[dimension], grain)
    assert (found["k"] <= found["n"]).all()
    if dimension is Dimension.TAGS:
        own = found[found["value"] == tag]
        assert (own["k"] == own["n"]).all()


def test_a_value_nobody_bears_is_a_line_of_zeros(corpus: Corpus):
    found = timelines.per_period(corpus, ALL, Dimension.TAGS, ["absente"], Grain.MONTH)
    assert len(found) == 8
    assert found["k"].sum() == 0
    assert (found["share"] == 0).all()


def test_no_series_and_no_article_are_empty_answers(corpus: Corpus):
    assert timelines.per_period(corpus, ALL, Dimension.TAGS, [], Grain.MONTH).empty
    nobody = Selection(tags=("absente",))
    assert timelines.per_period(corpus, nobody, Dimension.TAGS, ["gaz"], Grain.MONTH).empty


@pytest.mark.parametrize("dimension", Dimension)
def test_the_most_frequent_values_come_first(corpus: Corpus, dimension: Dimension):
    found = timelines.most_frequent(corpus, ALL, dimension, 2)
    bearing = Counter(value for article in COUNTED for value in BORNE[dimension](article))
    best = sorted(bearing, key=lambda value: (-bearing[value], value))[:2]
    assert found["value"].tolist() == best
    assert found["articles"].tolist() == [bearing[value] for value in best]


@pytest.mark.parametrize("dimension", Dimension)
def test_a_point_opens_into_the_articles_that_make_it(corpus: Corpus, dimension: Dimension):
    points = timelines.per_period(corpus, ALL, dimension, VALUES[dimension], Grain.MONTH)
    for row in points[points["k"] > 0].sample(8, random_state=1).itertuples():
        found = timelines.of_period(
            corpus, ALL, dimension, row.value, start=row.start, end=end_of(row.start, Grain.MONTH), most=500
        )
        assert len(found) == row.k
        assert found["published"].is_monotonic_decreasing
        assert all(row.value in BORNE[dimension](ARTICLES[i - 1]) for i in found["article_id"])
