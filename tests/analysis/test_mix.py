"""The share at a constant mix of sections: it does not move when only the mix moves."""

from datetime import date

import pytest

from dashboard.analysis import mix, timelines
from dashboard.analysis.timelines import Dimension
from dashboard.periods import Grain
from dashboard.selection import Selection
from tiny_corpus import tiny_corpus


def month(number: int, russie: int, asie: int) -> list[dict[str, object]]:
    """Half of the articles of « Russie » and none of « Asie » bear the tag."""
    day = f"2024-{number:02}-10"
    return [
        *({"published": day, "section": "Russie", "tags": ["gaz"] if n % 2 else []} for n in range(russie)),
        *({"published": day, "section": "Asie", "tags": []} for _ in range(asie)),
    ]


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> dict[date, float]:
    articles = [*month(1, 10, 10), *month(2, 30, 10), *month(3, 4, 0), {"published": "2024-04-30"}]
    corpus = tiny_corpus(tmp_path_factory.mktemp("mix"), articles)
    found = mix.standardised(corpus, Selection(), Dimension.TAGS, ["gaz"], Grain.MONTH)
    raw = timelines.per_period(corpus, Selection(), Dimension.TAGS, ["gaz"], Grain.MONTH)
    assert raw["share"].tolist()[:2] == [250.0, 375.0], "the raw share does move"
    return dict(zip(found["start"], found["standard"], strict=True))


def test_publishing_more_of_a_section_does_not_move_it(standard: dict[date, float]):
    assert standard[date(2024, 1, 1)] == pytest.approx(standard[date(2024, 2, 1)])
    assert standard[date(2024, 1, 1)] == pytest.approx(1000 * 0.5 * 44 / 64)


def test_a_section_without_article_leaves_the_average(standard: dict[date, float]):
    assert standard[date(2024, 3, 1)] == pytest.approx(500.0)
