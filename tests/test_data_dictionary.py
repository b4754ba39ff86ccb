"""The data dictionary names every table and every column, and none that is not there."""

import re
from pathlib import Path

import duckdb
import pytest

from dashboard.corpus.read import sql_of

DICTIONARY = (Path(__file__).resolve().parents[1] / "data" / "README.md").read_text(encoding="utf-8")
COLUMNS = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"


def columns() -> dict[str, set[str]]:
    """The columns of every table that schema.sql makes."""
    with duckdb.connect() as connection:
        connection.execute(sql_of("schema.sql"))
        found: dict[str, set[str]] = {}
        for table, column in connection.execute(COLUMNS).fetchall():
            found.setdefault(table, set()).add(column)
        return found


def told_of(table: str) -> str:
    """Where the dictionary speaks of a table: under its heading, or in a sentence or a row of its own."""
    sections = [part for part in DICTIONARY.split("\n## ") if re.search(rf"\b{table}\b", part.split("\n")[0])]
    lines = [line for line in DICTIONARY.split("\n") if line.startswith((f"`{table}`", f"| {table} |"))]
    return "\n".join(sections + lines)


@pytest.mark.parametrize("table", columns())
def test_a_table_and_each_of_its_columns_is_explained(table: str):
    told, names = told_of(table), columns()[table]
    assert told, f"data/README.md does not speak of the table {table}"
    assert sorted(name for name in names if not re.search(rf"\b{name}\b", told)) == []


def test_no_row_explains_a_column_that_is_gone():
    known = {name for names in columns().values() for name in names} | columns().keys()
    rows = re.findall(r"^\| ([a-z_., ]+) \| ", DICTIONARY, re.MULTILINE)
    named = {name for row in rows for name in re.split(r"[., ]+", row)}
    assert sorted(named - known - {"colonne", "table"}) == []
