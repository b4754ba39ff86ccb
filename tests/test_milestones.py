"""Turning points written by hand in a small file."""

from datetime import date
from pathlib import Path

import pytest

from dashboard import milestones
from dashboard.errors import InputRefused
from dashboard.milestones import Milestone


def written(folder: Path, text: str) -> Path:
    path = folder / "evenements.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_turning_points_come_by_date_with_their_countries_and_tags(tmp_path: Path):
    path = written(
        tmp_path,
        "date,label,pays,etiquettes,lien\n"
        "2024-05-02,Traité de pêche,FRA | GBR,pêche,https://x.example/2\n"
        "2024-01-01,Entrée en vigueur,,,javascript:alert(1)\n",
    )
    assert milestones.read(path) == (
        Milestone(date(2024, 1, 1), "Entrée en vigueur", (), (), ""),
        Milestone(date(2024, 5, 2), "Traité de pêche", ("FRA", "GBR"), ("pêche",), "https://x.example/2"),
    )


def test_a_file_saved_by_a_french_spreadsheet_is_read_too(tmp_path: Path):
    path = written(tmp_path, "\ufeffdate;label\n2024-05-02;Traité\n")
    assert [one.label for one in milestones.read(path)] == ["Traité"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("jour,titre\n", "colonnes date et label"),
        ("date,label\n2024-13-01,x\n", "ligne 2"),
        ("date,label\n2024-01-01,\n", "manque le libellé"),
        (f"date,label\n2024-01-01,{'x' * 200_000}\n", "ligne 2.*pas une ligne de CSV"),
    ],
    ids=["no columns", "no such day", "no label", "a cell that never ends"],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, told: str):
    with pytest.raises(InputRefused, match=told):
        milestones.read(written(tmp_path, text))


def test_a_file_that_is_not_there_is_refused_in_french(tmp_path: Path):
    with pytest.raises(InputRefused, match="ne peut pas être lu"):
        milestones.read(tmp_path / "rien.csv")
