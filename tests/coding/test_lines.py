"""Coding JSON lines."""

import json

import pytest

from dashboard.coding.lines import code_lines
from dashboard.errors import InputRefused


def test_a_line_comes_back_with_its_countries_and_relations():
    given = json.dumps({"id": "a", "text": "Moscou expulse deux diplomates britanniques."})
    (line,) = code_lines([given])
    assert json.loads(line) == {
        "id": "a",
        "countries": ["GBR", "RUS"],
        "relations": [{"from": "RUS", "to": "GBR", "type": "SANCTION", "score": -6.0}],
    }


def test_the_day_decides_who_is_in_office():
    lines = [
        json.dumps({"id": n, "text": "Merkel", "date": day})
        for n, day in enumerate(("2019-01-01", "2024-01-01"))
    ]
    assert [json.loads(line)["countries"] for line in code_lines(lines)] == [["DEU"], []]


def test_blank_lines_are_passed_over():
    assert list(code_lines(["", "  \n"])) == []


@pytest.mark.parametrize("damaged", ["{", "[]", '{"id": 1}', '{"text": "x"}', '{"id": 1, "text": 3}'])
def test_a_damaged_line_is_named(damaged: str):
    with pytest.raises(InputRefused, match="Ligne 2"):
        list(code_lines(['{"id": 1, "text": "x"}', damaged]))


def test_a_damaged_date_is_named():
    with pytest.raises(InputRefused, match=r"Ligne 1.*hier"):
        list(code_lines(['{"id": 1, "text": "x", "date": "hier"}']))
