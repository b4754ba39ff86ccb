"""What a cell of a table says, and what its column is sorted by."""

import pandas as pd
from streamlit.testing.v1 import AppTest

from dashboard.ui.tables import written

FRAME = pd.DataFrame(
    {
        "Mot": ["gaz", "pétrole"],
        "Articles": [12345, 7],
        "Part (‰)": [12.34, None],
        "Jour": pd.to_datetime(["2024-03-01", None]),
        "Période complète": [True, False],
    }
)


def told(frame: pd.DataFrame) -> list[list[str]]:
    """The cells as the screen shows them, row by row."""
    rows = written(frame)._translate(False, False)["body"]
    return [[cell["display_value"] for cell in row if cell["type"] == "td"] for row in rows]


def test_numbers_days_and_answers_are_told_in_french():
    assert told(FRAME) == [
        ["gaz", "12\u202f345", "12,3", "1er mars 2024", "oui"],
        ["pétrole", "7", "–", "–", "non"],
    ]


def test_columns_are_sorted_by_numbers_never_by_their_letters():
    assert written(FRAME).data["Articles"].tolist() == [12345, 7]


def test_an_empty_table_is_still_a_table():
    assert told(FRAME.head(0)) == []


def long_table() -> None:
    import pandas as pd

    from dashboard.ui import tables

    tables.show(pd.DataFrame({"Articles": range(270_000)}), "Jour par jour")


def test_a_table_too_long_to_be_styled_is_shown_all_the_same():
    at = AppTest.from_function(long_table, default_timeout=30).run()
    assert not at.exception
    assert len(at.dataframe[0].value) == 270_000
