"""Which countries a text names, and which words only look like one."""

from datetime import date

import pytest

from dashboard.coding.gazetteer import gazetteer
from dashboard.errors import InputRefused


def codes(text: str, on: date | None = None) -> list[str]:
    return [mention.country for mention in gazetteer().mentions(text, on)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("L’Ukraine et la Russie", ["UKR", "RUS"]),
        ("Les Etats-Unis, l'Egypte et le Nigéria", ["USA", "EGY", "NGA"]),
        ("Kyiv ou Kiev", ["UKR", "UKR"]),
        ("des frappes israéliennes", ["ISR"]),
        ("le Kremlin, la Maison-Blanche et l’Élysée", ["RUS", "USA", "FRA"]),
        ("un accord russo-américain", ["RUS", "USA"]),
        ("la frontière sino-indienne", ["CHN", "IND"]),
        ("le conflit israélo-palestinien", ["ISR", "PSE"]),
        ("le Hezbollah, les houthistes, les talibans et le Hamas", ["LBN", "YEM", "AFG", "PSE"]),
        ("l’UE, l’Otan et l’ONU", ["EUU", "NAT", "UNO"]),
        ("les deux Corées", ["PRK", "KOR"]),
        ("TÉHÉRAN MENACE ISRAËL", ["IRN", "ISR"]),
    ],
)
def test_a_country_is_known_by_any_of_its_forms(text: str, named: list[str]):
    assert codes(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "Jordan Bardella et Michael Jordan",
        "une grenade a explosé",
        "l’équipe de France et le Tour de France",
        "l’océan Indien et la mer de Chine méridionale",
        "l’accord de Paris sur le climat",
        "la stratégie indo-pacifique, dans l’Indo-Pacifique",
        "le général Ali Mahmoud Abbas",
        "selon le Washington Post",
        "les romans et les omaniens",
        "le New Jersey et le Nouveau-Mexique",
        "elle parle en anglais",
        "Dominique Strauss-Kahn",
        "l’ancien diplomate Jean-Maurice Ripert",
        "Riad Salamé, Riad al-Malki et Sofia Bekatorou",
        "Dominique VOYNET et Maurice de Saxe",
        "les accords de Minsk",
        "le Real Madrid et l’AS Monaco",
        "le Credit Suisse et Qatar Airways",
    ],
)
def test_a_homonym_names_no_country(text: str):
    assert codes(text) == []


def test_hollande_is_the_french_president_while_he_is_in_office_and_the_country_with_its_article():
    in_office = date(2016, 5, 29)
    assert codes("Hollande et Merkel à Verdun", in_office) == ["FRA", "DEU"]
    assert codes("Les tulipes de la Hollande", in_office) == ["NLD"]
    assert codes("Hollande et Belgique", date(2024, 1, 1)) == ["NLD", "BEL"]


def test_a_president_who_left_office_is_not_taken_for_the_country_of_his_name():
    assert codes("François Hollande juge Moscou", date(2022, 3, 1)) == ["RUS"]
    assert codes("François Hollande reçoit Moscou", date(2016, 3, 1)) == ["FRA", "RUS"]
    assert codes("François Fillon accuse Hollande de céder à Moscou", date(2016, 3, 1)) == ["FRA", "RUS"]


def test_a_first_name_is_a_country_where_no_surname_follows():
    assert codes("Maurice et la Dominique votent, Sofia et Riad s’abstiennent.") == [
        "MUS", "DMA", "BGR", "SAU",
    ]  # fmt: skip
    assert codes("Le président du Salvador Untel parle.") == ["SLV"]


def test_the_state_of_georgia_is_not_the_country():
    assert codes("La Géorgie et la Floride attendent l’ouragan.") == []
    assert codes("La Géorgie candidate à l’Union européenne.") == ["GEO", "EUU"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("la Guinée", "GIN"),
        ("la Guinée-Bissau", "GNB"),
        ("la Guinée équatoriale", "GNQ"),
        ("la Papouasie-Nouvelle-Guinée", "PNG"),
        ("la RDC", "COD"),
        ("le Congo-Brazzaville", "COG"),
        ("le Niger", "NER"),
        ("le Nigeria", "NGA"),
        ("les nigérianes", "NGA"),
        ("les nigériennes", "NER"),
    ],
)
def test_neighbouring_names_are_kept_apart(text: str, named: str):
    assert codes(text) == [named]


def test_a_capital_that_is_only_the_scene_of_a_crime_does_not_count():
    assert codes("L’attentat de Bruxelles a fait trois morts.") == []
    assert codes("Bruxelles menace Budapest.") == ["EUU", "HUN"]


def test_a_leader_counts_only_while_in_office():
    assert codes("Merkel", date(2019, 5, 1)) == ["DEU"]
    assert codes("Merkel", date(2024, 5, 1)) == []
    assert codes("Merkel") == ["DEU"]


def test_a_leader_who_changed_office_stands_for_the_place_held_that_day():
    assert codes("Donald Tusk", date(2018, 1, 1)) == ["EUU"]
    assert codes("Donald Tusk", date(2024, 6, 1)) == ["POL"]


def test_a_user_adds_forms_and_masks_by_a_file(tmp_path, monkeypatch):
    own = tmp_path / "formes.tsv"
    own.write_text("form\tcode\tkind\nBercy\tFRA\tinstitution\nCuba libre\t-\t\n", encoding="utf-8")
    monkeypatch.setenv("VIGIE_FORMES", str(own))
    gazetteer.cache_clear()
    try:
        assert codes("Bercy attend ; un Cuba libre, puis Cuba") == ["FRA", "CUB"]
    finally:
        monkeypatch.delenv("VIGIE_FORMES")
        gazetteer.cache_clear()
    assert codes("Bercy") == []


def test_a_users_file_with_an_unknown_country_is_refused(tmp_path):
    own = tmp_path / "formes.tsv"
    own.write_text("form\tcode\tkind\nAtlantide\tATL\tnom\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="ATL"):
        gazetteer(own)


def test_a_users_file_that_is_missing_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="illisible"):
        gazetteer(tmp_path / "absent.tsv")
