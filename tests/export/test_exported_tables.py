"""Tables to take away."""

import csv
import io

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.export import tables


def cells(exported: bytes) -> list[list[str]]:
    lines = exported.decode("utf-8-sig").split("\n")
    return list(
        csv.reader(io.StringIO("\n".join(line for line in lines if not line.startswith("# "))), delimiter=";")
    )


def test_a_french_spreadsheet_reads_accents_and_decimal_commas():
    exported = tables.csv(pd.DataFrame({"Étiquette": ["élections"], "Part": [12.5]}))
    assert exported.startswith(b"\xef\xbb\xbf")
    assert cells(exported) == [["Étiquette", "Part"], ["élections", "12,5"]]


def test_where_a_table_comes_from_stands_on_top_of_it():
    exported = tables.csv(pd.DataFrame({"a": [1]}), ["12 articles · Russie", "état\n1-abc"]).decode(
        "utf-8-sig"
    )
    assert exported.split("\n")[:2] == ["# 12 articles · Russie", "# état 1-abc"]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=20))
def test_no_text_of_others_becomes_a_formula(text: str):
    exported = tables.csv(pd.DataFrame({"Titre": ["x", text, "y"]}))
    for row in cells(exported)[1:]:
        assert not row or not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_below_zero_stay_numbers():
    assert cells(tables.csv(pd.DataFrame({"Note": [-9.0]})))[1] == ["-9,0"]
