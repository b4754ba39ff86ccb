"""Every column that a page shows has a French heading of its own."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis import articles, keywords, tension, timelines, vocabulary
from dashboard.analysis import pairs as all_pairs
from dashboard.analysis.timelines import Dimension
from dashboard.corpus.read import Corpus, open_current
from dashboard.french import labels
from dashboard.ingest import run
from dashboard.ingest.article import Article, Published
from dashboard.ingest.readings import Input, Reading
from dashboard.periods import Grain
from dashboard.selection import Selection

ALL = Selection()
NEWS = [
    Article(
        source="site",
        source_key=str(number),
        title="Moscou expulse des diplomates britanniques",
        text=f"Moscou accuse Londres. Le gaz russe manque à {city}, dit le Royaume-Uni. Numéro {number}.",
        tags=("russie", "gaz") if number % 2 else ("russie",),
        section="Russie",
        published=Published(day=date(2024, 1 + number % 3, 2 * number + 1)),
    )
    for number, city in enumerate(["Paris", "Rome", "Oslo", "Vienne", "Prague", "Riga", "Athènes"])
]
# What serves to find a row again; readers see names and titles instead.
NEVER_SHOWN = {"country_a", "country_b", "term", "n_before", "n_after"}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder: Path = tmp_path_factory.mktemp("labels")
    run.ingest(folder, [Input("a", lambda: Reading("capture", NEWS))], reason="essai")
    return open_current(folder)


@pytest.fixture(scope="module")
def shown(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The frames that pages hand to readers as tables."""
    gas = Selection(tags=("gaz",))
    pair = tension.Pair("GBR", "RUS")
    return {
        "chronologies": timelines.per_period(corpus, ALL, Dimension.TAGS, ["russie"], Grain.MONTH),
        "most frequent": timelines.most_frequent(corpus, ALL, Dimension.TAGS, 5),
        "keywords": keywords.trend(corpus, ALL, ("gaz",), Grain.MONTH),
        "marking words": vocabulary.keyness(corpus, gas, None, 10),
        "frequent words": vocabulary.frequent(corpus, ALL, 10),
        "pair": tension.over_time(corpus, ALL, pair, Grain.MONTH),
        "pairs": tension.ranking(corpus, ALL, least=1),
        "pairs ranked": all_pairs.ranked_pairs(corpus, ALL, 10),
        "pairs compared": all_pairs.changes(corpus, ALL, 10),
    }


@pytest.mark.parametrize(
    "name",
    [
        "chronologies",
        "most frequent",
        "keywords",
        "marking words",
        "frequent words",
        "pair",
        "pairs",
        "pairs ranked",
        "pairs compared",
    ],
)
def test_every_column_shown_has_a_french_heading(shown: dict[str, pd.DataFrame], name: str):
    frame = shown[name]
    assert len(frame.columns)
    assert set(frame) - set(labels.COLUMNS) <= NEVER_SHOWN
    headings = labels.named(frame).columns
    assert headings.is_unique


def test_what_serves_to_find_a_row_is_not_shown(corpus: Corpus):
    headings = set(labels.named(articles.page(corpus, ALL, first=0, size=5)))
    assert headings == {"Date", "Titre", "Source", "Rubrique", "Adresse"}


def test_a_table_names_its_periods_and_rounds_its_shares(shown: dict[str, pd.DataFrame]):
    table = labels.table(shown["chronologies"], Grain.MONTH)
    assert table["Période"].tolist() == ["janvier 2024", "février 2024", "mars 2024"]
    assert (table["Borne basse (‰)"] == table["Borne basse (‰)"].round(1)).all()


def test_a_table_leaves_the_frame_as_it_was(shown: dict[str, pd.DataFrame]):
    before = shown["pair"].copy()
    labels.table(shown["pair"], Grain.MONTH)
    pd.testing.assert_frame_equal(shown["pair"], before)


@pytest.mark.parametrize("grain", Grain)
@pytest.mark.parametrize("measure", labels.Measure)
def test_the_unit_of_a_timeline_names_its_grain(measure: labels.Measure, grain: Grain):
    assert labels.unit(measure, grain).endswith(f", par {grain}")


def test_the_unit_of_a_share_names_what_it_is_a_part_of():
    told = labels.unit(labels.Measure.SHARE, Grain.MONTH)
    assert told == "part des articles de la sélection, en ‰, par mois"


def test_headings_are_french_and_begin_like_headings():
    assert all(heading == heading.strip() and heading for heading in labels.COLUMNS.values())
    assert not [heading for heading in labels.COLUMNS.values() if "_" in heading]


def test_a_table_begins_with_what_its_rows_are_of_and_ends_with_what_qualifies_them():
    frame = pd.DataFrame(
        {"complete": [True], "n": [15], "share": [800.0], "value": ["russie"], "k": [12]}
    ).assign(start=[date(2022, 2, 1)])
    told = list(labels.table(frame, Grain.MONTH))
    assert told == [
        "Période",
        "Série",
        "Articles",
        "Articles de la sélection",
        "Part (‰)",
        "Période complète",
    ]
