"""The sentence that announces a selection."""

from datetime import date

import pytest

from dashboard.french import sentences
from dashboard.selection import Selection

NAMES = {"RUS": "Russie", "CHN": "Chine"}
NBSP = "\u00a0"


def said(chosen: Selection, articles: int = 12) -> str:
    return sentences.selection(chosen, articles=articles, names=NAMES)


def test_no_filter_is_the_whole_corpus():
    assert said(Selection()) == f"12{NBSP}articles · tout le corpus"
    assert said(Selection(), articles=1) == f"1{NBSP}article · tout le corpus"


def test_every_filter_is_told():
    chosen = Selection(
        regions=("Russie", "Asie"),
        tags=("gaz",),
        sections=("Asie", "Afrique"),
        countries=("RUS", "XYZ"),
        sources=("site",),
        query="blé",
        since=date(2025, 1, 1),
        until=date(2025, 6, 30),
    )
    assert said(chosen).split(" · ") == [
        f"12{NBSP}articles",
        "Russie et Asie",
        f"étiquette «{NBSP}gaz{NBSP}»",
        f"rubriques «{NBSP}Asie{NBSP}» ou «{NBSP}Afrique{NBSP}»",
        "Russie et XYZ",
        f"source «{NBSP}site{NBSP}»",
        f"requête «{NBSP}blé{NBSP}»",
        "1er janv. – 30 juin 2025",
    ]


@pytest.mark.parametrize(
    ("since", "until", "written"),
    [
        (None, None, ""),
        (date(2025, 1, 1), None, "depuis le 1er janv. 2025"),
        (None, date(2025, 6, 30), "jusqu’au 30 juin 2025"),
        (date(2025, 6, 30), date(2025, 6, 30), "30 juin 2025"),
    ],
)
def test_dates_may_be_open_on_one_side(since: date | None, until: date | None, written: str):
    assert sentences.dates(since, until) == written


def test_a_date_alone_is_no_whole_corpus():
    assert "tout le corpus" not in said(Selection(until=date(2025, 6, 30)))
