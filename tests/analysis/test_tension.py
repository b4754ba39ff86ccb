"""The tension of a pair: counted by hand, counted twice, and the laws that it obeys."""

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis import evidence, tension
from dashboard.analysis.tension import LEAST_ARTICLES, Pair
from dashboard.coding.plover import EVENT_TYPES
from dashboard.corpus.read import Corpus
from dashboard.periods import Grain, end_of, start_of
from dashboard.selection import Selection
from told_corpus import Told, told_corpus

BOTH = ("FRA", "RUS")
PAIR = Pair("FRA", "RUS")
ALL = Selection()

# Index by hand: SANCTION weighs 0,6 and counts twice, the worse of the two events of the second weighs 0,9.
BY_HAND = [
    Told(at_top=BOTH, events=[("FRA", "RUS", "SANCTION")], published="2024-01-05"),
    Told(names=BOTH, events=[("RUS", "FRA", "ACCUSE"), ("RUS", "FRA", "ASSAULT")], published="2024-01-20"),
    Told(names=BOTH, events=[("FRA", "RUS", "CONSULT")], published="2024-02-10"),
    Told(names=BOTH, published=None),
    Told(names=["FRA"], at_top=["RUS"], published="2024-02-11"),
    Told(names=["FRA", "UKR"], events=[("FRA", "UKR", "AID")], published="2024-02-11"),
    Told(names=BOTH, events=[("FRA", "RUS", "ASSAULT")], published="2024-02-12", duplicate_of=2),
]
HAND_INDEX = 100 * (2 * 0.6 + 1 * 0.9) / (2 + 1 + 1 + 1 + 1)
HAND_COOPERATION = 100 * (1 * 0.4) / 6


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return told_corpus(tmp_path_factory.mktemp("tension"), BY_HAND)


def row_of(ranking: pd.DataFrame, pair: Pair) -> pd.Series:
    return ranking.set_index(["country_a", "country_b"]).loc[(pair.country_a, pair.country_b)]


# By hand


def test_the_index_is_the_weighted_mean_of_the_gravest_conflict_of_each_article(by_hand: Corpus):
    articles = tension.pair_articles(by_hand, ALL, PAIR)
    assert articles["article_id"].tolist() == [1, 2, 3, 5, 4]  # the undated last, the duplicate not at all
    assert articles["weight"].tolist() == [2, 1, 1, 1, 1]
    assert articles["conflict"].tolist() == pytest.approx([0.6, 0.9, 0, 0, 0])
    assert tension.index(articles, "conflict") == pytest.approx(HAND_INDEX) == pytest.approx(35.0)
    assert tension.index(articles, "cooperation") == pytest.approx(HAND_COOPERATION)


def test_the_title_counts_twice_only_if_it_names_both(by_hand: Corpus):
    articles = tension.pair_articles(by_hand, ALL, PAIR).set_index("article_id")
    assert (articles.loc[1, "weight"], articles.loc[5, "weight"]) == (2, 1)


def test_words_and_acts_are_told_apart(by_hand: Corpus):
    articles = tension.pair_articles(by_hand, ALL, PAIR).set_index("article_id")
    assert articles.loc[2, list(tension.CLASSES)].tolist() == [True, True, False, False]
    assert articles.loc[3, list(tension.CLASSES)].tolist() == [False, False, True, False]
    assert articles.loc[4, list(tension.CLASSES)].tolist() == [False] * 4


def test_the_ranking_says_the_same_as_the_pair(by_hand: Corpus):
    row = row_of(tension.ranking(by_hand, ALL, least=1), PAIR)
    assert (row["name_a"], row["name_b"], row["n"]) == ("France", "Russie", 5)
    assert (row["with_conflict"], row["with_cooperation"]) == (2, 1)
    assert row["tension"] == pytest.approx(HAND_INDEX)
    assert row["cooperation"] == pytest.approx(HAND_COOPERATION)


def test_a_pair_named_too_seldom_is_not_ranked(by_hand: Corpus):
    ranked = tension.ranking(by_hand, ALL)
    assert list(zip(ranked["country_a"], ranked["country_b"], strict=True)) == [("FRA", "RUS")]
    assert tension.ranking(by_hand, Selection(until=date(2024, 1, 31))).empty


def test_the_order_of_two_countries_makes_no_other_pair():
    assert Pair.of("RUS", "FRA") == Pair.of("FRA", "RUS") == PAIR


def test_a_pair_over_months_by_hand(by_hand: Corpus):
    months = tension.over_time(by_hand, ALL, PAIR, Grain.MONTH)
    assert months["start"].tolist() == [date(2024, 1, 1), date(2024, 2, 1)]
    assert months["n"].tolist() == [2, 3]  # every dated article that counts
    assert months["named"].tolist() == [2, 2]
    assert months["conflicts"].tolist() == [2, 0]
    assert months["share"].tolist() == pytest.approx([1000, 0])
    assert months["material_conflict"].tolist() == [2, 0]
    assert months["tension"].isna().all()  # two articles are no index


def test_a_month_without_the_pair_is_there_and_empty(by_hand: Corpus):
    months = tension.over_time(by_hand, ALL, Pair("FRA", "UKR"), Grain.MONTH)
    assert months["named"].tolist() == [0, 1]
    assert months["tension"].isna().all()
    assert tension.over_time(by_hand, ALL, Pair("AUS", "BRA"), Grain.MONTH)["named"].tolist() == [0, 0]


# Laws, each on many small corpora that lie side by side in one file, told apart by their source

WORLDS = 16
COUNTRIES = ("DEU", "FRA", "RUS", "UKR")
RENAMED = {"FRA": "USA", "RUS": "CHN", "UKR": "BRA", "DEU": "AUS"}  # the alphabetical order is turned too


def world(seed: int) -> list[Told]:
    """A handful of articles on a few countries, drawn by chance; some worlds have many, some no date."""
    chance = random.Random(seed)
    return [article(chance, dated=seed % 10 > 0) for _ in range(chance.choice([1, 4, 12, 25]))]


def article(chance: random.Random, *, dated: bool) -> Told:
    pairs = [tuple(chance.sample(COUNTRIES, 2)) for _ in range(chance.choice([0, 0, 1, 1, 2, 3]))]
    names = {country for two in pairs for country in two} | set(
        chance.sample(COUNTRIES, chance.randint(0, 3))
    )
    day = date(2024, 1, 1) + timedelta(days=chance.randrange(120))
    return Told(
        names=sorted(names),
        at_top=[country for country in sorted(names) if chance.random() < 0.5],
        events=[(one, other, chance.choice(sorted(EVENT_TYPES))) for one, other in pairs],
        published=day.isoformat() if dated and chance.random() < 0.9 else None,
    )


def events_repeated(articles: list[Told]) -> list[Told]:
    return [replace(told, events=[*told.events] * 3) for told in articles]


def strangers_added(articles: list[Told]) -> list[Told]:
    strangers = [
        Told(names=["FRA", "CHN"], events=[("CHN", "FRA", "ASSAULT")], published="2024-02-02"),
        Told(names=["RUS"], at_top=["RUS"]),
        Told(),
    ]
    return [*articles, *strangers]


def dispatches_repeated(articles: list[Told]) -> list[Told]:
    return [*articles, *(replace(told, duplicate_of=number) for number, told in enumerate(articles, start=1))]


def directions_turned(articles: list[Told]) -> list[Told]:
    return [replace(told, events=[(b, a, kind) for a, b, kind in told.events]) for told in articles]


def read_backwards(articles: list[Told]) -> list[Told]:
    return articles[::-1]


def renamed(articles: list[Told]) -> list[Told]:
    return [
        replace(
            told,
            names=[RENAMED[country] for country in told.names],
            at_top=[RENAMED[country] for country in told.at_top],
            events=[(RENAMED[a], RENAMED[b], kind) for a, b, kind in told.events],
        )
        for told in articles
    ]


UNMOVED = (events_repeated, strangers_added, dispatches_repeated, directions_turned, read_backwards)
NAMES = {"as they are": lambda told: told} | {change.__name__: change for change in (*UNMOVED, renamed)}


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Every world as it is and under every change; its source is « name of the change, number »."""
    everything: list[Told] = []
    for name, change in NAMES.items():
        for seed in range(WORLDS):
            before = len(everything)
            everything += [
                replace(
                    told,
                    publisher=f"{name}, {seed}",
                    duplicate_of=told.duplicate_of and told.duplicate_of + before,
                )
                for told in change(world(seed))
            ]
    return told_corpus(tmp_path_factory.mktemp("worlds"), everything)


def of(seed: int, change: str = "as they are") -> Selection:
    return Selection(sources=(f"{change}, {seed}",))


def both_named(told: Told, pair: Pair = PAIR) -> bool:
    return {pair.country_a, pair.country_b} <= {*told.names, *told.at_top}


def naive_index(articles: Sequence[Told], pair: Pair, sign: int = -1) -> float:
    """The formula of the page, read off what was told, without SQL."""
    both = {pair.country_a, pair.country_b}
    weights, graves = [], []
    for told in articles:
        if both_named(told, pair):
            scores = [EVENT_TYPES[kind].score for a, b, kind in told.events if {a, b} == both]
            weights.append(2 if both <= set(told.at_top) else 1)
            graves.append(max([sign * score / 10 for score in scores if sign * score > 0], default=0))
    return (
        100 * sum(w * g for w, g in zip(weights, graves, strict=True)) / sum(weights) if weights else math.nan
    )


every_world = pytest.mark.parametrize("seed", range(WORLDS))


@every_world
def test_sql_and_plain_python_find_the_same_tension(worlds: Corpus, seed: int):
    articles = world(seed)
    ranking = tension.ranking(worlds, of(seed), least=1)
    named = {
        Pair(*two) for two in combinations(COUNTRIES, 2) if any(both_named(t, Pair(*two)) for t in articles)
    }
    assert len(ranking) == len(named)
    for pair in named:
        row = row_of(ranking, pair)
        alone = tension.pair_articles(worlds, of(seed), pair)
        assert row["n"] == len(alone) == sum(both_named(told, pair) for told in articles)
        assert row["tension"] == pytest.approx(naive_index(articles, pair))
        assert row["tension"] == pytest.approx(tension.index(alone, "conflict"))
        assert row["cooperation"] == pytest.approx(naive_index(articles, pair, sign=1))
        assert 0 <= row["tension"] <= 100
        assert 0 <= row["cooperation"] <= 100


@pytest.mark.parametrize("change", [change.__name__ for change in UNMOVED])
def test_what_must_not_move_the_index_does_not(worlds: Corpus, change: str):
    for seed in range(WORLDS):
        before, after = (tension.pair_articles(worlds, of(seed, c), PAIR) for c in ("as they are", change))
        assert len(before) == len(after)
        if len(before):
            assert tension.index(before, "conflict") == pytest.approx(tension.index(after, "conflict"))
            assert tension.index(before, "cooperation") == pytest.approx(tension.index(after, "cooperation"))
            assert tension.interval(before) == pytest.approx(tension.interval(after))


@pytest.mark.parametrize("change", ["events_repeated", "dispatches_repeated", "directions_turned"])
def test_what_must_not_move_the_curve_does_not(worlds: Corpus, change: str):
    for seed in range(0, WORLDS, 4):
        before, after = (
            tension.over_time(worlds, of(seed, c), PAIR, Grain.MONTH) for c in ("as they are", change)
        )
        pd.testing.assert_frame_equal(before, after)


@every_world
def test_another_name_for_a_country_moves_nothing_but_the_name(worlds: Corpus, seed: int):
    before, after = (tension.ranking(worlds, of(seed, c), least=1) for c in ("as they are", "renamed"))
    figures = ["n", "with_conflict", "with_cooperation", "tension", "cooperation"]
    assert len(before) == len(after)
    for row in before.itertuples():
        pair = Pair.of(RENAMED[row.country_a], RENAMED[row.country_b])
        assert row_of(after, pair)[figures].tolist() == pytest.approx([getattr(row, f) for f in figures])


@every_world
def test_contributions_add_up_to_the_index(worlds: Corpus, seed: int):
    ids = evidence.of_pair(worlds, of(seed), PAIR)["event_id"].tolist()
    aside = tuple(random.Random(seed).sample(ids, len(ids) // 2)) if seed % 2 else ()
    left = tension.pair_articles(worlds, of(seed), PAIR, aside)
    sentences = evidence.of_pair(worlds, of(seed), PAIR, aside)
    assert sorted(sentences["event_id"]) == sorted(ids)  # what is set aside is still shown
    assert sentences["contribution"].sum() == pytest.approx(
        tension.index(left, "conflict") if len(left) else 0
    )
    assert (sentences.loc[sentences["aside"], "contribution"] == 0).all()
    assert (sentences.loc[sentences["score"] > 0, "contribution"] == 0).all()
    assert sentences["contribution"].is_monotonic_decreasing


@every_world
def test_contributions_of_a_period_add_up_to_its_index(worlds: Corpus, seed: int):
    months = tension.over_time(worlds, of(seed), PAIR, Grain.MONTH)
    for row in months.itertuples():
        end = end_of(row.start, Grain.MONTH)
        total = evidence.of_pair(worlds, of(seed), PAIR, (), row.start, end)["contribution"].sum()
        inside = [
            t for t in world(seed) if t.published and row.start.isoformat() <= t.published <= end.isoformat()
        ]
        expected = naive_index(inside, PAIR)
        assert total == pytest.approx(0 if math.isnan(expected) else expected)


@pytest.mark.parametrize("grain", Grain)
def test_periods_hold_every_dated_article_once(worlds: Corpus, grain: Grain):
    for seed in range(0, WORLDS, 3):
        frame = tension.over_time(worlds, of(seed), PAIR, grain)
        dated = [told for told in world(seed) if told.published]
        assert frame["n"].sum() == len(dated)
        for row in frame.itertuples():
            inside = [t for t in dated if start_of(date.fromisoformat(t.published or ""), grain) == row.start]
            assert row.named == sum(both_named(told) for told in inside)
            if row.named < LEAST_ARTICLES:
                assert math.isnan(row.tension)
                assert math.isnan(row.tension_low)
                assert math.isnan(row.cooperation)
            else:
                assert row.tension == pytest.approx(naive_index(inside, PAIR))
                assert row.tension_low <= row.tension <= row.tension_high


MANY = [told for seed in range(1, 10) for told in world(seed)]


def test_the_same_reading_again_moves_nothing(tmp_path: Path):
    one, other = (told_corpus(tmp_path / name, MANY) for name in ("one", "other"))
    pd.testing.assert_frame_equal(tension.ranking(one, ALL, least=1), tension.ranking(other, ALL, least=1))
    pd.testing.assert_frame_equal(
        tension.over_time(one, ALL, PAIR, Grain.MONTH), tension.over_time(other, ALL, PAIR, Grain.MONTH)
    )
    assert tension.verdict(one, ALL, PAIR) == tension.verdict(other, ALL, PAIR)


def test_a_selection_without_any_day_has_no_curve(worlds: Corpus):
    assert tension.over_time(worlds, of(0), PAIR, Grain.MONTH).empty
    assert not tension.pair_articles(worlds, of(0), PAIR).empty
    assert tension.verdict(worlds, of(0), PAIR).words == "données insuffisantes (n = 0)"


# What is set aside


def test_a_sentence_set_aside_counts_as_not_read(by_hand: Corpus):
    assert evidence.of_pair(by_hand, ALL, PAIR)["event_id"].iloc[0] == "1.0"
    left = tension.pair_articles(by_hand, ALL, PAIR, aside=("2.1",))
    assert tension.index(left, "conflict") == pytest.approx(100 * (2 * 0.6 + 0.3) / 6)
    months = tension.over_time(by_hand, ALL, PAIR, Grain.MONTH, aside=("1.0", "2.0", "2.1"))
    assert months["conflicts"].tolist() == [0, 0]
    assert months["named"].tolist() == [2, 2]  # the articles go on naming both


def test_the_article_of_a_sentence_set_aside_still_weighs(by_hand: Corpus):
    left = tension.pair_articles(by_hand, ALL, PAIR, aside=("1.0",))
    assert tension.index(left, "conflict") == pytest.approx(100 * 0.9 / 6)


def test_of_two_equally_grave_sentences_one_carries_the_article(tmp_path: Path):
    twice = Told(names=BOTH, events=[("FRA", "RUS", "ACCUSE"), ("RUS", "FRA", "ACCUSE")])
    sentences = evidence.of_pair(told_corpus(tmp_path, [twice]), ALL, PAIR)
    assert sentences["contribution"].tolist() == pytest.approx([30, 0])


def test_the_evidence_names_article_actors_and_reading(by_hand: Corpus):
    row = evidence.of_pair(by_hand, ALL, PAIR).iloc[0]
    assert (row["article_id"], row["source"], row["target"], row["type"]) == (1, "FRA", "RUS", "SANCTION")
    assert (row["noun"], row["kind"], row["force"]) == ("sanction", "conflict", "material")


def test_a_pair_nobody_names_has_no_evidence(by_hand: Corpus):
    assert evidence.of_pair(by_hand, ALL, Pair("AUS", "BRA")).empty
    assert evidence.of_pair(by_hand, ALL, PAIR, (), date(2030, 1, 1), date(2030, 1, 31)).empty


# Chance


def judged(*kinds: tuple[int, float, int]) -> pd.DataFrame:
    """Articles as (weight, gravity, how many of them)."""
    rows = [(weight, gravity) for weight, gravity, count in kinds for _ in range(count)]
    return pd.DataFrame(rows, columns=["weight", "conflict"])


gravities = st.sampled_from([0, 0.1, 0.2, 0.3, 0.35, 0.5, 0.55, 0.6, 0.7, 0.9])


@given(st.lists(st.tuples(st.sampled_from([1, 2]), gravities), min_size=LEAST_ARTICLES, max_size=60))
@settings(deadline=None, max_examples=40)
def test_the_interval_holds_the_index_and_stays_on_the_scale(rows: list[tuple[int, float]]):
    articles = pd.DataFrame(rows, columns=["weight", "conflict"])
    low, high = tension.interval(articles)
    assert -1e-9 <= low <= tension.index(articles, "conflict") + 1e-9
    assert tension.index(articles, "conflict") - 1e-9 <= high <= 100
    assert tension.interval(articles) == (low, high)
    assert tension.interval(articles[::-1]) == (low, high)


def test_the_interval_is_that_of_drawing_articles_one_by_one():
    articles = judged((1, 0, 30), (1, 0.6, 12), (2, 0.9, 8))
    weight, gravity = articles["weight"].to_numpy(), articles["conflict"].to_numpy()
    drawn = np.random.default_rng(1).integers(len(articles), size=(20_000, len(articles)))
    naive = 100 * (weight * gravity)[drawn].sum(axis=1) / weight[drawn].sum(axis=1)
    assert tension.interval(articles) == pytest.approx(np.percentile(naive, [2.5, 97.5]), abs=1.5)


def test_more_articles_make_a_narrower_interval():
    few_low, few_high = tension.interval(judged((1, 0, 5), (1, 0.6, 5)))
    many_low, many_high = tension.interval(judged((1, 0, 500), (1, 0.6, 500)))
    assert many_high - many_low < (few_high - few_low) / 5


def test_no_article_has_no_index():
    assert math.isnan(tension.index(judged(), "conflict"))


PEACE, WAR = judged((1, 0, 40)), judged((1, 0.9, 40))
MIXED = judged((1, 0, 20), (1, 0.6, 20))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (PEACE, WAR, "hausse"),
        (WAR, PEACE, "baisse"),
        (MIXED, MIXED, "pas de preuve claire"),
        (PEACE, PEACE, "pas de preuve claire"),
        (judged((1, 0, 3), (1, 0.6, 2)), judged((1, 0, 2), (1, 0.6, 3)), "pas de preuve claire"),
        (judged((1, 0, 4)), WAR, "données insuffisantes (n = 4)"),
        (WAR, judged((1, 0.9, 3)), "données insuffisantes (n = 3)"),
        (judged(), judged(), "données insuffisantes (n = 0)"),
    ],
)
def test_the_verdict_in_words(before: pd.DataFrame, after: pd.DataFrame, words: str):
    found = tension.compared(before, after)
    assert found.words == words
    assert (found.n_before, found.n_after) == (len(before), len(after))


def test_the_verdict_compares_the_halves_of_the_days_shown(tmp_path: Path):
    quiet = [Told(names=BOTH, published=f"2024-01-{day:02}") for day in range(1, 11)]
    grave = [
        Told(names=BOTH, events=[("RUS", "FRA", "ASSAULT")], published=f"2024-01-{day:02}")
        for day in range(21, 31)
    ]
    corpus = told_corpus(tmp_path, [*quiet, *grave, Told(names=BOTH)])
    found = tension.verdict(corpus, ALL, PAIR)
    assert (found.words, found.n_before, found.n_after) == ("hausse", 10, 10)
    assert (found.before, found.after) == (0, pytest.approx(90))
    within = tension.verdict(corpus, Selection(since=date(2024, 1, 21)), PAIR)
    assert (within.words, within.n_before, within.n_after) == ("pas de preuve claire", 5, 5)
    aside = tuple(f"{number}.0" for number in range(11, 21))
    assert tension.verdict(corpus, ALL, PAIR, aside).words == "pas de preuve claire"


def test_the_verdict_on_no_day_at_all(tmp_path: Path):
    corpus = told_corpus(tmp_path, [Told(names=BOTH)])
    assert tension.verdict(corpus, ALL, PAIR).words == "données insuffisantes (n = 0)"
