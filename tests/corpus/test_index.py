"""The keyword index finds what a slow reading finds, and stays right whatever happens to the articles."""

import random
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dashboard.corpus import index
from dashboard.corpus.inversion import GAP
from dashboard.corpus.read import Corpus
from dashboard.matching import matching_text
from dashboard.selection import Selection
from dashboard.terms import paragraphs, words
from naive_search import WRITTEN, Text, Tree, folded, matches
from tiny_corpus import add, empty_corpus, tiny_corpus

OPERATORS = {"and": (" ET ", " AND ", " & ", " "), "or": (" OU ", " | ", " ou ", " OR ")}
NOT = ("SAUF ", "NOT ", "-", "PAS ")
IDS = "SELECT article.article_id FROM counted AS article WHERE {where} ORDER BY ALL"


def article(rng: random.Random) -> tuple[dict[str, object], Text]:
    """A random article in both readings."""

    def some(most: int) -> list[str]:
        return rng.choices(list(WRITTEN), k=rng.randint(0, most))

    title, lead, *text = some(4), some(5), *(some(9) for _ in range(rng.randint(0, 3)))
    glue = rng.choice([" ", ", ", "\n", " — ", "\u00a0"])
    columns = {"title": " ".join(title), "lead": glue.join(lead), "text": "\n\n".join(map(glue.join, text))}
    day = rng.choice([None, date(2024, rng.randint(1, 12), 3)])
    return {**columns, "published": day}, Text(folded(title), tuple(map(folded, [lead, *text])))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Corpus, dict[int, Text]]:
    rng = random.Random(20240224)
    written = [article(rng) for _ in range(250)]
    corpus = tiny_corpus(tmp_path_factory.mktemp("library"), [columns for columns, _ in written])
    return corpus, {number: text for number, (_, text) in enumerate(written, start=1)}


forms = st.lists(st.sampled_from(sorted(WRITTEN)), min_size=1, max_size=3).map(tuple)
leaves = st.one_of(
    st.builds(lambda f: ("words", f, None, "exact"), forms),
    st.builds(lambda f, n: ("words", f, n, "exact"), forms, st.integers(0, 8)),
    st.builds(
        lambda w: ("words", (w,), None, "prefix"), st.sampled_from(["sanction", "Élysée", "russe", "gaz"])
    ),
    st.builds(lambda f: ("words", (*f, "sanction"), None, "prefix"), forms),
    st.builds(lambda f, n: ("words", f, n, "forms"), forms, st.none() | st.integers(0, 8)),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda items: ("and", *items)),
        st.lists(inner, min_size=2, max_size=3).map(lambda items: ("or", *items)),
        inner.map(lambda item: ("not", item)),
        inner.map(lambda item: ("title", item)),
    ),
    max_leaves=5,
)


def typed(tree: Tree, rng: random.Random) -> str:
    """A way to type that query."""
    match tree:
        case ("words", (form,), None, "exact"):
            return rng.choice([form, f'"{form}"', f"«\u00a0{form}\u00a0»"])
        case ("words", forms, within, how):
            star = "*" if how == "prefix" else ""
            near = "" if within is None else f"~{within}"
            return f'{"flexion:" * (how == "forms")}"{" ".join(forms)}{star}"{near}'
        case ("not", one):
            return rng.choice(NOT) + f"({typed(one, rng)})"
        case ("title", one):
            return f"titre:({typed(one, rng)})"
        case (operator, *items):
            return rng.choice(OPERATORS[operator]).join(f"({typed(item, rng)})" for item in items)
    raise AssertionError(tree)


@pytest.mark.slow
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(trees, min_size=5, max_size=5), st.integers())
def test_every_kind_of_query_finds_what_a_slow_reading_finds(library, queries: list[Tree], seed: int) -> None:
    corpus, texts = library
    for tree in queries:
        text = typed(tree, random.Random(seed))
        expected = [number for number, read in texts.items() if matches(tree, read)]
        assert corpus.query(IDS, Selection(query=text))["article_id"].tolist() == expected, text


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return empty_corpus()


def found(connection: duckdb.DuckDBPyConnection, query: str) -> list[int]:
    matching = matching_text(query)
    return sorted(row[0] for row in connection.execute(matching.sql, matching.parameters).fetchall())


def contents(connection: duckdb.DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    """All that the index says, whatever numbers its terms bear."""
    return [
        connection.execute(sql).fetchall()
        for sql in (
            "SELECT term, stem, articles, occurrences FROM term WHERE articles > 0 ORDER BY ALL",
            "SELECT term, article_id, published, in_title, positions "
            "FROM posting JOIN term USING (term_id) ORDER BY ALL",
            "SELECT article_id, term, n FROM "
            "(SELECT article_id, unnest(terms) AS term_id, unnest(counts) AS n FROM article_terms) "
            "JOIN term USING (term_id) ORDER BY ALL",
            "SELECT whole.term, part.term FROM compound JOIN term AS whole USING (term_id) "
            "LEFT JOIN term AS part ON list_contains(absorbed, part.term_id) ORDER BY ALL",
            "FROM indexed_day ORDER BY ALL",
        )
    ]


def test_postings_counted_by_hand(connection) -> None:
    add(
        connection,
        [
            {
                "title": "L’Élysée",
                "lead": "Du gaz",
                "text": "gaz et gaz\n\nÉlysée",
                "published": date(2024, 2, 1),
            }
        ],
    )
    index.update(connection)
    postings = connection.execute(
        "SELECT term, in_title, positions FROM posting JOIN term USING (term_id) ORDER BY term"
    ).fetchall()
    assert postings == [
        ("du", False, [0]),
        ("elysee", True, [-33, 69]),
        ("et", False, [35]),
        ("gaz", False, [1, 34, 36]),
    ]
    terms = connection.execute("SELECT term, shown, articles, occurrences FROM term ORDER BY term").fetchall()
    assert terms == [("du", "Du", 1, 1), ("elysee", "Élysée", 1, 2), ("et", "et", 1, 1), ("gaz", "gaz", 1, 3)]
    assert index.check(connection) == []


def test_a_phrase_goes_neither_from_title_to_lead_nor_from_paragraph_to_paragraph(connection) -> None:
    add(connection, [{"title": "Le gaz", "lead": "russe monte", "text": "encore plus\n\nhaut\nque jamais"}])
    index.update(connection)
    assert found(connection, '"gaz russe"') == found(connection, '"monte encore"') == []
    assert found(connection, '"gaz russe"~20') == found(connection, '"plus haut"~20') == []
    assert found(connection, '"haut que jamais"') == found(connection, '"haut jamais"~1') == [1]


def test_a_phrase_needs_each_of_its_words_however_frequent_or_unknown(connection) -> None:
    add(connection, [{"text": "le gaz russe"}, {"text": "le gaz"}, {"text": "russe le gaz"}])
    index.update(connection)
    assert found(connection, '"le gaz russe"') == [1]
    assert found(connection, '"gaz russe" OU "russe le"') == [1, 3]
    assert found(connection, '"le gaz inconnu"') == found(connection, '"inconnu le"~3') == []
    assert found(connection, '"le gaz" SAUF "gaz russe"') == [2, 3]


def test_an_undated_article_is_indexed(connection) -> None:
    add(connection, [{"title": "gaz", "published": None}])
    index.update(connection)
    assert found(connection, "gaz") == [1]


def test_an_article_without_a_word_is_indexed_as_empty(connection) -> None:
    add(connection, [{"title": "…"}, {"title": ""}])
    index.update(connection)
    assert found(connection, "SAUF gaz") == [1, 2]
    assert index.check(connection) == []


def test_a_duplicate_never_counts(connection) -> None:
    add(connection, [{"title": "gaz"}, {"title": "gaz", "duplicate_of": 1}])
    index.update(connection)
    assert found(connection, "gaz") == [1]
    connection.execute("UPDATE article SET duplicate_of = 2 WHERE article_id = 1")
    connection.execute("UPDATE article SET duplicate_of = NULL WHERE article_id = 2")
    index.update(connection)
    assert found(connection, "gaz") == [2]
    assert index.check(connection) == []


def test_a_corrected_article_is_found_by_its_new_words_only(connection) -> None:
    add(connection, [{"title": "gaz"}, {"title": "gaz russe"}])
    index.update(connection)
    connection.execute("UPDATE article SET title = 'pétrole', published = '2024-05-01' WHERE article_id = 1")
    index.update(connection, [1])
    assert found(connection, "gaz") == [2]
    assert found(connection, "petrole") == [1]
    assert index.check(connection) == []


def test_a_removed_article_leaves_nothing_behind(connection) -> None:
    add(connection, [{"title": "gaz"}, {"title": "russe"}])
    index.update(connection)
    connection.execute("DELETE FROM article WHERE article_id = 1")
    index.update(connection, [1])
    assert found(connection, "gaz") == []
    assert connection.execute("SELECT articles, occurrences FROM term WHERE term = 'gaz'").fetchall() == [
        (0, 0)
    ]
    assert index.check(connection) == []


def test_nothing_to_do_changes_nothing(connection) -> None:
    index.update(connection)
    assert index.check(connection) == []
    add(connection, [{"title": "gaz"}])
    index.update(connection)
    before = contents(connection)
    index.update(connection)
    assert contents(connection) == before


def test_the_most_frequent_written_form_is_shown(connection) -> None:
    add(connection, [{"text": "L’Élysée, ELYSEE, Élysée"}, {"text": "OTAN Otan OTAN"}])
    index.update(connection)
    shown = dict(connection.execute("SELECT term, shown FROM term").fetchall())
    assert shown == {"elysee": "Élysée", "otan": "OTAN"}


@settings(max_examples=25, deadline=None)
@given(st.integers())
def test_an_index_kept_up_is_the_index_made_again(seed: int) -> None:
    rng = random.Random(seed)
    connection = empty_corpus()
    add(connection, [article(rng)[0] for _ in range(30)])
    index.update(connection)
    for step in range(4):
        changed = [rng.randint(1, 40) for _ in range(rng.randint(0, 6))]
        connection.execute("DELETE FROM article WHERE article_id = ANY(?)", [changed])
        kept = rng.sample(changed, len(changed) // 2)
        add(connection, [{**article(rng)[0], "article_id": number} for number in set(kept)])
        add(connection, [article(rng)[0] for _ in range(rng.randint(0, 3))], first=100 * (step + 1))
        index.update(connection, changed)
        assert index.check(connection) == []
    before = contents(connection)
    index.rebuild(connection)
    assert contents(connection) == before


def test_a_tenth_of_the_postings_may_lie_unsorted_and_no_more(connection) -> None:
    add(connection, [{"text": "un deux trois quatre cinq six sept huit neuf dix"} for _ in range(9)])
    index.update(connection)
    in_order = "SELECT sorted_postings, (SELECT count(*) FROM posting) FROM index_state"
    assert connection.execute(in_order).fetchall() == [(90, 90)]
    add(connection, [{"text": "un deux trois quatre cinq six sept huit neuf dix"}], first=10)
    index.update(connection)
    assert connection.execute(in_order).fetchall() == [(90, 100)]
    add(connection, [{"text": "un"}], first=11)
    index.update(connection)
    assert connection.execute(in_order).fetchall() == [(101, 101)]
    rows = connection.execute("SELECT term_id, article_id FROM posting").fetchall()
    assert rows == sorted(rows)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("DELETE FROM posting WHERE article_id = 1", "deux sens"),
        ("DELETE FROM article_terms WHERE article_id = 1", "manquent"),
        ("DELETE FROM article WHERE article_id = 1", "ne comptent plus"),
        ("UPDATE term SET articles = 7 WHERE term = 'gaz'", "inexact"),
        ("UPDATE article SET published = '2020-01-01'", "autre date"),
        ("UPDATE indexed_day SET articles = 9", "jour"),
    ],
)
def test_the_check_tells_what_does_not_agree(connection, damage: str, says: str) -> None:
    add(connection, [{"title": "gaz", "published": date(2024, 1, 1)}, {"title": "gaz"}])
    index.update(connection)
    connection.execute(damage)
    assert any(says in sentence for sentence in index.check(connection))


def test_texts_from_many_chunks_are_all_there(connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "CHUNK", 3)
    add(connection, [{"text": f"gaz numero{n}"} for n in range(1, 12)])
    index.update(connection)
    assert found(connection, "gaz") == list(range(1, 12))
    assert found(connection, "numero11") == [11]
    rows = connection.execute("SELECT term_id, article_id FROM posting").fetchall()
    assert rows == sorted(rows)


SIGNS = "aéŒ2 l’'-_.,«»\n\t\x00\x01\x02\x1c\u00a0\u202f\u0301\u00ad\u02bc—İß"
odd_texts = st.lists(
    st.tuples(*[st.one_of(st.text(SIGNS, max_size=12), st.text(max_size=5))] * 3), min_size=1, max_size=5
)


def read_slowly(articles: list[tuple[str, str, str]]) -> list[tuple[str, int, int]]:
    """Every occurrence as term, article and position, one word after another."""
    occurrences = []
    for number, (title, lead, text) in enumerate(articles, start=1):
        named, at = words(title), 0
        occurrences += [(term, number, i - len(named) - GAP) for i, term in enumerate(named)]
        for part in (lead, text):
            for paragraph in paragraphs(part):
                terms = [term for chunk in paragraph for term in words(chunk)]
                occurrences += [(term, number, at + i) for i, term in enumerate(terms)]
                at += len(terms) + GAP
    return occurrences


@settings(max_examples=60, deadline=None)
@given(odd_texts)
@example([("", "", "\n\x02\n2")])  # a sign that no text should hold makes no blank line
def test_texts_read_together_are_read_as_one_by_one(articles: list[tuple[str, str, str]]) -> None:
    connection = empty_corpus()
    add(connection, [dict(zip(("title", "lead", "text"), one, strict=True)) for one in articles])
    index.update(connection)
    expected = read_slowly(articles)
    stored = connection.execute(
        "SELECT term, article_id, unnest(positions) FROM posting JOIN term USING (term_id) ORDER BY ALL"
    ).fetchall()
    assert stored == sorted(expected)
    in_order = connection.execute("SELECT term FROM term ORDER BY term_id").fetchall()
    assert [term for (term,) in in_order] == list(dict.fromkeys(term for term, _, _ in expected))


def test_the_numbers_of_the_terms_do_not_depend_on_the_chunks(
    connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(5)
    add(connection, [article(rng)[0] for _ in range(40)])
    tables = ("term", "posting", "article_terms")
    found = []
    for chunk in (1, 7, 1_000):
        monkeypatch.setattr(index, "CHUNK", chunk)
        index.rebuild(connection)
        found.append([connection.execute(f"FROM {table}").fetchall() for table in tables])
    assert found[0] == found[1] == found[2]


def test_an_index_lives_in_a_published_file(tmp_path: Path) -> None:
    corpus = tiny_corpus(tmp_path, [{"title": "gaz"}, {"title": "pétrole"}])
    assert corpus.query(IDS, Selection(query="petrole"))["article_id"].tolist() == [2]
