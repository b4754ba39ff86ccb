"""Turning points written by hand in a small file."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def told(
    day: date, label: str = "", tags: tuple[str, ...] = (), countries: tuple[str, ...] = ()
) -> Milestone:
    return Milestone(day, label, countries, tags, "")


def test_a_turning_point_concerns_a_figure_by_one_tag_or_by_all_countries():
    one = told(date(2022, 2, 24), tags=("Russie", "ukraine"), countries=("RUS", "UKR"))
    assert milestones.concerning([one], ["russie"], []) == [one]
    assert milestones.concerning([one], [], ["UKR", "RUS"]) == [one]
    assert milestones.concerning([one], ["gaza"], ["RUS", "USA"]) == []
    assert milestones.concerning([one], [], []) == [], "no country is not every country"


def test_the_turning_points_kept_reach_back_to_the_beginning_of_the_time_shown():
    early = told(date(2022, 2, 24), "invasion")
    late = [told(date(2025, 12, day)) for day in range(1, 20)]
    kept = milestones.spread([early, *late], 9, [])
    assert kept[0] == early
    assert kept[1:] == tuple(late[-8:])


def test_of_two_turning_points_near_each_other_the_one_with_more_tags_of_the_figure_is_kept():
    summit = told(date(2022, 2, 4), "sommet", ("russie", "chine"))
    invasion = told(date(2022, 2, 24), "invasion", ("russie", "ukraine"))
    speech = told(date(2022, 2, 27), "discours", ("allemagne",))
    later = told(date(2024, 1, 1), "plus tard", ("russie",))
    kept = milestones.spread([summit, invasion, speech, later], 2, ["russie", "ukraine"])
    assert [one.label for one in kept] == ["invasion", "plus tard"]


@given(st.lists(st.dates(date(2020, 1, 1), date(2025, 12, 31)), unique=True), st.integers(1, 9))
def test_as_many_turning_points_are_kept_as_there_is_room_for_in_their_order(days: list[date], most: int):
    known = [told(day, str(day)) for day in sorted(days)]
    kept = milestones.spread(known, most, [])
    assert len(kept) == min(most, len(known))
    assert [one for one in known if one in kept] == list(kept)
