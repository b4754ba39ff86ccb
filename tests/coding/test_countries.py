"""The list of countries."""

from dashboard.coding.countries import COUNTRIES, REGIONS, name_of


def test_every_country_lies_in_a_known_region():
    assert {country.region for country in COUNTRIES.values()} == set(REGIONS)


def test_russia_is_a_region_of_its_own():
    assert [code for code, country in COUNTRIES.items() if country.region == "Russie"] == ["RUS"]


def test_the_european_union_and_its_27_members_make_one_region_with_greenland():
    members = {code for code, country in COUNTRIES.items() if country.region == "Union européenne"}
    assert len(members - {"EUU", "GRL"}) == 27
    assert {"EUU", "GRL", "FRA"} <= members
    assert "GBR" not in members


def test_a_name_takes_its_article_in_a_sentence():
    assert COUNTRIES["USA"].of == "des États-Unis"
    assert COUNTRIES["MLI"].to == "au Mali"
    assert COUNTRIES["ISR"].of == "d’Israël"
    assert COUNTRIES["RUS"].of == "de la Russie"
    assert COUNTRIES["CUB"].to == "à Cuba"
    assert COUNTRIES["IRN"].of == "de l’Iran"


def test_an_unknown_code_is_its_own_name():
    assert name_of("ZZZ") == "ZZZ"
