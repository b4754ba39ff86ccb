"""The title of a figure is what it shows, and never more than it shows."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import pytest

from dashboard.analysis.shares import with_shares
from dashboard.french import findings
from dashboard.periods import Grain

NBSP = "\u00a0"


def curve(*rows: tuple[str, int, int, int, bool]) -> pd.DataFrame:
    """Rows of value, month, k, n, complete."""
    frame = pd.DataFrame(rows, columns=["value", "month", "k", "n", "complete"])
    return with_shares(frame.assign(start=[date(2022, month, 1) for month in frame["month"]]))


def test_the_summit_is_told_with_its_numbers():
    frame = curve(("russie", 2, 4, 40, True), ("russie", 3, 12, 15, True), ("gaz", 3, 3, 15, True))
    assert findings.summit(frame, Grain.MONTH, "value") == (
        f"«{NBSP}russie{NBSP}» culmine en mars 2022{NBSP}: 12{NBSP}articles sur 15"
    )


def test_three_of_three_are_less_of_a_summit_than_forty_of_fifty():
    frame = curve(("russie", 2, 40, 50, True), ("gaz", 3, 3, 3, True))
    assert "russie" in findings.summit(frame, Grain.MONTH, "value")


def test_an_unfinished_period_is_no_summit():
    frame = curve(("russie", 2, 5, 40, True), ("russie", 3, 9, 9, False))
    assert "février 2022" in findings.summit(frame, Grain.MONTH, "value")


@pytest.mark.parametrize(
    "rows", [[], [("gaz", 1, 2, 2, True)], [("gaz", 1, 9, 9, False)], [("gaz", 1, 0, 0, True)]]
)
def test_too_little_is_said_to_be_too_little(rows):
    assert findings.summit(curve(*rows), Grain.MONTH, "value") == "Trop peu d’articles pour dire une tendance"


@pytest.mark.parametrize(
    ("grain", "when"),
    [
        (Grain.DAY, "le 1er mars 2022"),
        (Grain.WEEK, "la semaine du 1er mars 2022"),
        (Grain.MONTH, "en mars 2022"),
        (Grain.QUARTER, "au 1er trimestre 2022"),
    ],
)
def test_the_moment_stands_in_good_french(grain: Grain, when: str):
    assert f"culmine {when}" in findings.summit(curve(("gaz", 3, 9, 10, True)), grain, "value")


def test_curves_in_words_for_who_does_not_see_them():
    frame = curve(("russie", 2, 4, 40, True), ("gaz", 3, 3, 15, True), ("blé", 3, 0, 15, True))
    told = findings.summit_in_words(frame, Grain.MONTH, "value", ["russie", "gaz", "blé"])
    assert told == (
        f"Points hauts{NBSP}: «{NBSP}russie{NBSP}» en février 2022 (100{NBSP}‰) et "
        f"«{NBSP}gaz{NBSP}» en mars 2022 (200{NBSP}‰)."
    )
    assert "Aucune série" in findings.summit_in_words(frame, Grain.MONTH, "value", ["blé"])


@dataclass(frozen=True)
class Compared:
    words: str
    before: float = 52.4
    after: float = 66.6
    n_before: int = 1
    n_after: int = 1200


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("hausse", f"Russie – Ukraine{NBSP}: hausse de la tension, de 52 à 67 sur 100"),
        (
            "pas de preuve claire",
            f"Russie – Ukraine{NBSP}: pas de preuve claire d’un changement (52, puis 67 sur 100)",
        ),
        ("données insuffisantes (n = 3)", f"Russie – Ukraine{NBSP}: données insuffisantes (n = 3)"),
    ],
)
def test_the_title_of_a_pair_is_its_verdict(words: str, title: str):
    assert findings.tension("Russie", "Ukraine", Compared(words)) == title


def test_how_the_verdict_was_found():
    told = findings.tension_in_words(Compared("hausse", before=float("nan"), n_before=0), 5)
    assert f"indice – (0{NBSP}article nommant" in told
    assert f"1\u202f200{NBSP}articles" in told
    assert "sous 5 articles" in told


RANKED = pd.DataFrame(
    {
        "name_a": ["Inde", "Iran", "Chine"],
        "name_b": ["Pakistan", "Israël", "Iran"],
        "tension": [71.0, 35.0, 0.0],
        "low": [40.0, 24.0, 0.0],
        "high": [90.0, 46.0, 0.0],
    }
)


def test_the_most_tense_pair_is_told_with_its_interval():
    told = "Inde – Pakistan\u00a0: la paire la plus tendue, 71 sur 100 (de 40 à 90)"
    assert findings.most_tense(RANKED) == told


def test_of_pairs_within_the_interval_of_the_first_none_is_the_most_tense():
    close = RANKED.assign(tension=[71.0, 45.0, 0.0])
    told = "Inde – Pakistan\u00a0: parmi les paires les plus tendues, 71 sur 100 (de 40 à 90)"
    assert findings.most_tense(close) == told


def test_where_nothing_is_tense_no_pair_is_named_the_most_tense():
    assert findings.most_tense(RANKED[2:]) == "Aucun conflit entre les paires de cette sélection"
    assert findings.most_tense(RANKED[:0]) == "Aucun conflit entre les paires de cette sélection"


def test_the_title_of_a_matrix_names_a_pair_that_stands_in_it():
    told = findings.highest_between(RANKED, ["Iran", "Israël", "Chine"])
    assert told == "Iran – Israël\u00a0: l’indice le plus haut entre ces 3 pays, 35 sur 100"
    assert findings.highest_between(RANKED, ["Chine", "Iran"]).startswith("Aucun conflit")


def test_the_summit_of_small_multiples_is_no_unfinished_period_and_no_missing_point():
    curves = pd.DataFrame(
        {
            "pair": ["Iran – Israël"] * 3,
            "start": [date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1)],
            "complete": [True, True, False],
            "tension": [50.0, float("nan"), 90.0],
            "named": [8, 3, 6],
        }
    )
    assert (
        findings.tension_summit(curves, Grain.MONTH)
        == "Iran – Israël au plus haut en avril 2024\u00a0: 50 sur 100"
    )
    assert findings.tension_summit(curves[1:], Grain.MONTH) == "Trop peu d’articles pour dire une tension"


def test_a_map_of_tiles_says_what_its_strongest_colour_stands_for():
    frame = pd.DataFrame({"value": ["Russie", "Mali"], "articles": [250, 28]})
    assert "jusqu’à 250\u00a0articles" in findings.tiles(frame)
    assert "jusqu’à" not in findings.tiles(frame.head(0))


def volume(**counts: int) -> pd.DataFrame:
    return pd.DataFrame({"value": list(counts), "k": list(counts.values())})


def test_the_regions_named_in_a_title_are_ahead_of_all_others():
    told = findings.largest(volume(Russie=20, Asie=30, Afrique=5, Monde=90), "value")
    assert told == "Asie et Russie\u00a0: les régions dont il est le plus question"
    told = findings.largest(volume(Asie=30, Afrique=5, Russie=5), "value")
    assert told == "Asie\u00a0: la région dont il est le plus question"


def test_equals_and_a_handful_of_articles_make_no_leader():
    assert findings.largest(volume(Asie=9, Russie=9, Afrique=9), "value").endswith("aucune ne domine")
    assert findings.largest(volume(Asie=2, Russie=1), "value").endswith("aucune ne domine")
    assert findings.largest(volume(Monde=9), "value") == "Aucune région dans cette sélection"


def test_a_country_leads_only_when_no_other_is_named_as_often():
    frame = pd.DataFrame({"value": ["Mali", "Niger"], "articles": [4, 3]})
    assert findings.most_named(frame, 8) == "Mali\u00a0: le pays le plus présent, dans 50\u00a0% des articles"
    assert findings.most_named(frame.assign(articles=4), 8).endswith("aucun ne domine")
    assert findings.most_named(frame.assign(articles=[2, 1]), 3).endswith("aucun ne domine")
