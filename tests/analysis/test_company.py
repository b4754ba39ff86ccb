"""What comes with what."""

from pathlib import Path

import pytest

from dashboard.analysis import company
from dashboard.analysis.timelines import Dimension
from dashboard.selection import Selection
from tiny_corpus import tiny_corpus

ARTICLES = [*[{"tags": ["gaz", "russie"]}] * 4, {"tags": ["gaz", "paix"]}, *[{"tags": ["paix"]}] * 5]


def test_companions_are_counted_and_compared_to_chance(tmp_path: Path):
    corpus = tiny_corpus(tmp_path, ARTICLES)
    found = company.companions(corpus, Selection(), Dimension.TAGS, "gaz", 10)
    assert found["value"].tolist() == ["russie"], "« paix » met it once only"
    row = found.iloc[0]
    assert (row.together, row.articles, row.of_value) == (4, 4, 5)
    assert row.lift == pytest.approx(4 * 10 / (4 * 5))


def test_a_value_that_nobody_bears_has_no_company(tmp_path: Path):
    assert company.companions(tiny_corpus(tmp_path, ARTICLES), Selection(), Dimension.TAGS, "x", 10).empty
