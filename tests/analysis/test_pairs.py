"""All pairs side by side agree with each pair looked at alone."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis import pairs, tension
from dashboard.analysis.pairs import Order
from dashboard.analysis.tension import Pair
from dashboard.corpus.read import Corpus
from dashboard.selection import Selection
from told_corpus import Told, told_corpus

Question = Callable[[Corpus, Selection, int], pd.DataFrame]

BOTH = ("FRA", "RUS")
CALM = [Told(names=BOTH, published=f"2024-01-{day:02}") for day in range(1, 13)]
WAR = [
    Told(names=BOTH, events=[("RUS", "FRA", "ASSAULT")], published=f"2024-03-{day:02}")
    for day in range(1, 13)
]
FRIENDS = [
    Told(names=("CHN", "FRA"), events=[("FRA", "CHN", "COOPERATE")], published=f"2024-02-{day:02}")
    for day in range(1, 8)
]
RARE = [Told(names=("CHN", "IND"), events=[("IND", "CHN", "ASSAULT")], published="2024-02-01")] * 2


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return told_corpus(tmp_path_factory.mktemp("pairs"), [*CALM, *WAR, *FRIENDS, *RARE])


def test_a_pair_that_goes_from_calm_to_war_is_said_to_rise(corpus: Corpus):
    row = pairs.changes(corpus, Selection(), 10).iloc[0]
    assert (row.name_a, row.name_b, row.n) == ("France", "Russie", 24)
    assert (row.before, row.after, row.verdict) == (0.0, pytest.approx(90.0), "hausse")
    row = pairs.ranked_pairs(corpus, Selection(), 10).iloc[0]
    assert (row.name_a, row.name_b, row.n) == ("France", "Russie", 24)
    assert row.tension == pytest.approx(45.0)
    assert row.low <= row.tension <= row.high


def test_cooperation_alone_is_no_tension(corpus: Corpus):
    row = pairs.ranked_pairs(corpus, Selection(), 10).set_index("name_a").loc["Chine"]
    assert (row.tension, row.low, row.high) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("question", [pairs.ranked_pairs, pairs.changes])
def test_a_pair_in_two_articles_is_not_judged_however_grave_they_are(corpus: Corpus, question: Question):
    found = question(corpus, Selection(), 10)
    assert "Inde" not in set(found["name_a"]) | set(found["name_b"])


def test_every_row_says_what_the_pair_alone_says(corpus: Corpus):
    verdicts = pairs.changes(corpus, Selection(), 10).set_index(["country_a", "country_b"])["verdict"]
    for row in pairs.ranked_pairs(corpus, Selection(), 10).itertuples():
        pair = Pair.of(row.country_a, row.country_b)
        alone = tension.pair_articles(corpus, Selection(), pair)
        assert row.tension == pytest.approx(tension.index(alone, "conflict"))
        assert verdicts[row.country_a, row.country_b] == tension.verdict(corpus, Selection(), pair).words
        assert (row.low, row.high) == tension.interval(alone)


@pytest.mark.parametrize("question", [pairs.ranked_pairs, pairs.changes])
def test_only_the_most_named_pairs_are_kept(corpus: Corpus, question: Question):
    assert question(corpus, Selection(), 1)["n"].tolist() == [24]


def test_directions_count_articles_by_who_acts_and_leave_out_what_is_set_aside(tmp_path: Path):
    articles = [
        Told(
            names=BOTH, events=[("RUS", "FRA", "ASSAULT"), ("RUS", "FRA", "ASSAULT")], published="2024-01-01"
        ),
        Told(names=BOTH, events=[("FRA", "RUS", "SANCTION")], published="2024-01-02"),
        Told(names=BOTH, events=[("FRA", "RUS", "SANCTION")], published="2024-01-03"),
    ]
    found = pairs.directions(told_corpus(tmp_path, articles), Selection(), Pair.of(*BOTH), aside=("3.0",))
    told = {(row.actor, row.kind, row.force): row.articles for row in found.itertuples()}
    assert told == {("b", "conflict", "material"): 1, ("a", "conflict", "material"): 1}


@pytest.mark.parametrize("question", [pairs.ranked_pairs, pairs.changes])
def test_an_empty_selection_compares_nothing(corpus: Corpus, question: Question):
    assert question(corpus, Selection(tags=("rien",)), 10).empty


@pytest.mark.parametrize(
    ("order", "countries"),
    [
        (Order.VOLUME, ["RUS", "FRA", "CHN"]),  # 30 + 9, 30, 9
        (Order.INDEX, ["RUS", "CHN", "FRA"]),  # 30·10 + 9·80, 9·80, 30·10
        (Order.CHANGE, ["FRA", "RUS", "CHN"]),  # only the change between France and Russia is told
    ],
)
def test_the_countries_of_a_matrix_stand_in_the_order_that_is_asked_for(order: Order, countries: list[str]):
    ranked = pd.DataFrame(
        {"name_a": ["FRA", "CHN"], "name_b": ["RUS", "RUS"], "n": [30, 9], "tension": [10.0, 80.0]}
    )
    changed = pd.DataFrame({"name_a": ["FRA"], "name_b": ["RUS"], "change": [-4.0]})
    found = pairs.countries_by(order, ranked, changed, 3)
    assert found == countries
    assert pairs.countries_by(order, ranked, changed, 1) == found[:1]
