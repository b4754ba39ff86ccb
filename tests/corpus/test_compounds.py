"""Words that belong together are found by how they are written, and counted as the search counts them."""

import random
from itertools import repeat
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.vocabulary import frequent, keyness
from dashboard.corpus import compounds, index
from dashboard.corpus.places import Places
from dashboard.matching import matching_text
from dashboard.selection import Selection
from tiny_corpus import add, empty_corpus, tiny_corpus


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return empty_corpus()


def found(connection: duckdb.DuckDBPyConnection, *texts: str) -> dict[str, str]:
    """The compounds of a corpus in which every text stands in five articles."""
    add(connection, [{"text": text} for text in texts for _ in range(5)])
    return compounds.found(connection)


def absorbed(connection: duckdb.DuckDBPyConnection) -> list[str]:
    sql = (
        "SELECT DISTINCT term FROM term WHERE term_id IN (SELECT unnest(absorbed) FROM compound) ORDER BY ALL"
    )
    return [term for (term,) in connection.execute(sql).fetchall()]


def articles(connection: duckdb.DuckDBPyConnection, query: str) -> list[int]:
    matching = matching_text(query)
    return sorted(row[0] for row in connection.execute(matching.sql, matching.parameters).fetchall())


@pytest.mark.parametrize(
    ("text", "compound", "shown"),
    [
        ("Les États-Unis hésitent", "etats unis", "États-Unis"),
        ("un cessez-le-feu fragile", "cessez le feu", "cessez-le-feu"),
        ("hier Donald Trump parlait", "donald trump", "Donald Trump"),
        ("en Côte d'Ivoire, on vote", "cote ivoire", "Côte d’Ivoire"),
        ("l'Arabie saoudite refuse", "arabie saoudite", "Arabie saoudite"),
        ("puis Ursula von der Leyen parle", "ursula von der leyen", "Ursula von der Leyen"),
        ("de Bachar al-Assad aussi", "bachar al assad", "Bachar al-Assad"),
    ],
)
def test_what_belongs_together_is_found_and_shown_as_it_is_written(
    connection, text: str, compound: str, shown: str
) -> None:
    assert found(connection, text)[compound] == shown


@pytest.mark.parametrize(
    "text",
    ["dit-il", "peut-être là-bas", "la guerre froide", "Moscou\n\nKiev", "11-Septembre", "voit Donald. Là"],
)
def test_grammar_common_words_and_neighbours_across_paragraphs_are_no_compound(connection, text: str) -> None:
    assert found(connection, text) == {}


def test_names_that_only_happen_to_meet_are_no_compound(connection) -> None:
    assert found(connection, "Moscou Kiev", "Moscou seul", "Kiev seul") == {}


def test_four_articles_are_too_few(connection) -> None:
    add(connection, repeat({"text": "les États-Unis"}, 4))
    assert compounds.found(connection) == {}


def test_a_name_with_several_seconds_is_a_family(connection) -> None:
    texts = [
        "la Corée du Nord",
        "la Corée du Sud",
        "le Nord vote",
        "le Sud vote",
        "le Nord brûle",
        "le Sud brûle",
    ]
    assert set(found(connection, *texts)) == {"coree du nord", "coree du sud"}
    index.update(connection)
    assert absorbed(connection) == ["coree"], "the north and the south stand elsewhere too"


def test_a_compound_is_counted_however_it_is_hyphenated(connection) -> None:
    add(
        connection,
        [*repeat({"text": "les États-Unis"}, 6), {"title": "ETATS UNIS"}, {"text": "les états désunis"}],
    )
    index.update(connection)
    row = "SELECT shown, articles, occurrences FROM term WHERE term = 'etats unis'"
    assert connection.execute(row).fetchall() == [("États-Unis", 7, 7)]
    assert articles(connection, "etats-unis") == [1, 2, 3, 4, 5, 6, 7]
    assert articles(connection, "etats") == [1, 2, 3, 4, 5, 6, 7, 8]
    assert articles(connection, "etat*") == [1, 2, 3, 4, 5, 6, 7, 8]
    assert articles(connection, '"etat* unis"') == [1, 2, 3, 4, 5, 6, 7]
    assert absorbed(connection) == ["etats", "unis"]
    assert index.check(connection) == []


def test_a_compound_of_today_is_counted_in_the_articles_of_yesterday(connection) -> None:
    add(connection, repeat({"text": "le cessez-le-feu"}, 3))
    index.update(connection)
    add(connection, repeat({"text": "un cessez-le-feu"}, 3), first=10)
    index.update(connection)
    count = "SELECT articles FROM term WHERE term = 'cessez le feu'"
    assert connection.execute(count).fetchall() == [(6,)]
    connection.execute("DELETE FROM article WHERE article_id < 3")
    index.update(connection)
    assert connection.execute(count).fetchall() == [(0,)]
    assert connection.execute("FROM compound").fetchall() == []
    assert index.check(connection) == []


WORDS = [
    "États-Unis",
    "Unis",
    "états",
    "Donald Trump",
    "Trump",
    "Donald",
    "cessez-le-feu",
    "feu",
    "le",
    "vote.",
]


@settings(max_examples=25, deadline=None)
@given(st.integers())
def test_a_compound_stands_where_the_search_finds_its_words_in_a_row(seed: int) -> None:
    rng = random.Random(seed)
    connection = empty_corpus()
    texts = [
        "\n\n".join(" ".join(rng.choices(WORDS, k=3)) for _ in range(rng.randint(0, 3))) for _ in range(30)
    ]
    add(connection, [{"title": " ".join(rng.choices(WORDS, k=2)), "text": text} for text in texts])
    index.update(connection)
    for (compound,) in connection.execute("SELECT term FROM compound JOIN term USING (term_id)").fetchall():
        assert articles(connection, f'"{compound}"') == [
            row[0]
            for row in connection.execute(
                "SELECT article_id FROM posting JOIN term USING (term_id) WHERE term = ? ORDER BY ALL",
                [compound],
            ).fetchall()
        ]


def test_lists_of_words_name_a_compound_once(tmp_path: Path) -> None:
    here = repeat({"text": "les États-Unis et Donald Trump ont du gaz", "regions": ["Amériques"]}, 8)
    there = repeat({"text": "les Unis votent", "regions": ["Asie"]}, 2)
    corpus = tiny_corpus(tmp_path, [*here, *there])
    americas = Selection(regions=("Amériques",))
    assert frequent(corpus, americas, 10)[["shown", "articles"]].values.tolist() == [
        ["Donald Trump", 8],
        ["États-Unis", 8],
        ["gaz", 8],
    ]
    marking = keyness(corpus, americas)
    assert marking[marking["g2"] > 0]["shown"].tolist() == ["Donald Trump", "États-Unis", "gaz"]


@given(
    st.lists(st.integers(0, 3), max_size=40), st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=4))
)
def test_sequences_are_found_wherever_they_stand(stream: list[int], wanted: list[list[int]]) -> None:
    sequences = sorted({tuple(terms) for terms in wanted})
    cut = len(stream) // 2  # two articles, each of them counting its positions
    article = [int(at >= cut) for at in range(len(stream))]
    position = [at - cut * article[at] for at in range(len(stream))]
    numbers, starts = Places(enumerate(sequences)).among(
        *(np.array(a, np.int64) for a in (stream, article, position))
    )
    assert sorted(zip(numbers.tolist(), starts.tolist(), strict=True)) == sorted(
        (number, at)
        for number, terms in enumerate(sequences)
        for at in range(len(stream) - len(terms) + 1)
        if tuple(stream[at : at + len(terms)]) == terms and article[at] == article[at + len(terms) - 1]
    )
