"""Words that mark a selection: counted in articles, with certainty and size of the difference apart."""

from datetime import date
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.keyness import log_ratio, signed_g2
from dashboard.analysis.vocabulary import frequent, keyness, rising_falling
from dashboard.corpus.read import Corpus
from dashboard.french.stopwords import says_something, stopwords
from dashboard.periods import Grain
from dashboard.selection import Selection
from dashboard.terms import words
from tiny_corpus import tiny_corpus

RUSSIA, ASIA = Selection(regions=("Russie",)), Selection(regions=("Asie",))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    articles = [
        *(
            {"text": "Le Kremlin et le gaz, gaz 2024", "regions": ["Russie"], "published": "2024-01-05"}
            for _ in range(8)
        ),
        *({"text": "La Diète et le gaz", "regions": ["Asie"], "published": "2024-02-05"} for _ in range(6)),
        *({"text": "Le scrutin", "regions": ["Afrique"], "published": "2024-03-05"} for _ in range(6)),
    ]
    return tiny_corpus(tmp_path_factory.mktemp("corpus"), articles)


def test_the_most_frequent_words_of_a_selection(corpus: Corpus) -> None:
    found = frequent(corpus, RUSSIA, 10)
    assert found[["term", "shown", "articles", "occurrences", "share"]].values.tolist() == [
        ["gaz", "gaz", 8, 16, 1000.0],
        ["kremlin", "Kremlin", 8, 8, 1000.0],
    ], "neither articles nor numbers are listed"


def test_the_most_frequent_words_of_the_whole_corpus(corpus: Corpus) -> None:
    found = frequent(corpus, Selection(), 2)
    assert found[["term", "articles", "occurrences", "share"]].values.tolist() == [
        ["gaz", 14, 22, 700.0],
        ["kremlin", 8, 8, 400.0],
    ]


def test_an_empty_selection_has_no_words(corpus: Corpus) -> None:
    nothing = Selection(regions=("Amériques",))
    assert frequent(corpus, nothing, 10).empty
    assert keyness(corpus, nothing).empty
    assert keyness(corpus, RUSSIA, nothing).empty


def test_what_marks_a_selection_off_from_the_rest(corpus: Corpus) -> None:
    found = keyness(corpus, RUSSIA).set_index("term")
    assert found.index[0] == "kremlin"
    assert found.loc["kremlin", ["articles_in", "n_in", "articles_out", "n_out"]].tolist() == [8, 8, 0, 12]
    assert found.loc["gaz", ["articles_in", "n_in", "articles_out", "n_out"]].tolist() == [8, 8, 6, 12]
    assert found.loc["gaz", "log_ratio"] == 1.0, "twice the share"
    assert found.loc["scrutin", "g2"] < 0


def test_the_rest_of_everything_is_empty(corpus: Corpus) -> None:
    assert keyness(corpus, Selection()).empty


def test_one_selection_against_another(corpus: Corpus) -> None:
    found = keyness(corpus, RUSSIA, ASIA).set_index("term")
    assert found.index.tolist() == ["kremlin", "diete"], "gaz is as frequent on both sides"
    assert found.loc["diete", "shown"] == "Diète"


def test_rising_and_falling_words_of_the_last_whole_period(corpus: Corpus) -> None:
    change = rising_falling(corpus, Selection(until=date(2024, 2, 29)), Grain.MONTH)
    assert change is not None
    assert (change.before, change.start, change.end) == (
        date(2024, 1, 1),
        date(2024, 2, 1),
        date(2024, 2, 29),
    )
    assert change.words["term"].iloc[0] == "diete"
    assert change.words["term"].iloc[-1] == "kremlin"


def test_one_period_has_nothing_to_rise_from(corpus: Corpus) -> None:
    assert rising_falling(corpus, Selection(since=date(2024, 3, 1)), Grain.MONTH) is None


def test_g2_by_hand() -> None:
    # 8 of 10 against 2 of 10: every expected count is 5.
    expected = 2 * 2 * (8 * log(8 / 5) + 2 * log(2 / 5))
    assert signed_g2(np.array([8.0, 2.0]), 10, np.array([2.0, 8.0]), 10) == pytest.approx(
        [expected, -expected]
    )
    assert log_ratio(np.array([8.0]), 10, np.array([2.0]), 10) == pytest.approx([2.0])


@given(st.integers(1, 50), st.integers(1, 50), st.data())
def test_g2_changes_its_sign_with_the_sides(n_in: int, n_out: int, data: st.DataObject) -> None:
    a, b = (np.array([float(data.draw(st.integers(0, n)))]) for n in (n_in, n_out))
    assert signed_g2(a, n_in, b, n_out) == pytest.approx(-signed_g2(b, n_out, a, n_in))


@given(st.integers(1, 50), st.integers(1, 50), st.data())
def test_the_same_share_on_both_sides_marks_nothing(n: int, times: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    assert abs(signed_g2(np.array([float(k)]), n, np.array([float(k * times)]), n * times)[0]) < 1e-6


def test_stop_words_are_written_as_the_index_writes_words() -> None:
    assert len(stopwords()) > 500
    assert [word for word in stopwords() if words(word) != [word]] == []


def test_what_is_never_listed() -> None:
    assert not any(map(says_something, ["le", "2024", "24h", "x", "selon", "article"]))
    assert all(map(says_something, ["g7", "otan", "ukraine", "aujourd'huis"]))


def test_a_written_form_is_shown_with_its_accents(tmp_path: Path) -> None:
    corpus = tiny_corpus(tmp_path, [{"text": "l’Élysée, Élysée, elysee"}])
    assert frequent(corpus, Selection(), 1)["shown"].tolist() == ["Élysée"]
