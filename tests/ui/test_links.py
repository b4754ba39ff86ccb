"""A link that is old, mistyped or damaged: what is mended, what is lost and said."""

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.analysis.facets import Facets
from dashboard.periods import Preset
from dashboard.selection import REGIONS, Selection
from dashboard.ui.links import canonical, whole

FACETS = Facets(
    tags=("états-unis", "coup d’état", "œuvres", "Climat", "climat"),
    sections=("Union européenne", "Le monde de demain"),
    countries={"USA": "États-Unis", "CIV": "Côte d’Ivoire", "UNO": "ONU", "RUS": "Russie"},
    sources=("Essai", "Autre essai"),
)

FILTERS = ("region", "periode", "du", "au", "etiquette", "rubrique", "pays", "source", "q")
KNOWN = [*REGIONS, *map(str, Preset), *FACETS.tags, *FACETS.sections, *FACETS.sources]
KNOWN += [*FACETS.countries, *FACETS.countries.values(), "RUSSIE", "amériques", "2023-01-01", "2021-12-31"]
values = st.one_of(st.sampled_from(KNOWN), st.dates().map(date.isoformat), st.text(max_size=30))
names = st.one_of(st.sampled_from(FILTERS), st.text(max_size=10))
parameters = st.dictionaries(names, st.lists(values, max_size=4), max_size=6)


def mended(**raw: list[str] | str) -> dict[str, list[str]]:
    return canonical({name: [v] if isinstance(v, str) else v for name, v in raw.items()}, FACETS)[0]


def notices(**raw: list[str] | str) -> list[str]:
    return canonical({name: [v] if isinstance(v, str) else v for name, v in raw.items()}, FACETS)[1]


def test_a_link_that_the_filters_wrote_is_left_as_it_is():
    link = {
        "q": ["cessez-le-feu"],
        "region": ["Asie", "Afrique"],
        "du": ["2023-01-01"],
        "au": ["2023-12-31"],
        "etiquette": ["climat"],
        "pays": ["États-Unis"],
    }
    assert canonical(link, FACETS) == (link, [])


def test_an_empty_link_stays_empty_without_a_word():
    assert canonical({}, FACETS) == ({}, [])


@pytest.mark.parametrize(
    "name, typed, meant",
    [
        ("region", "asie", "Asie"),
        ("region", "AMERIQUES", "Amériques"),
        ("region", "union europeenne", "Union européenne"),
        ("periode", "TOUT", "Tout"),
        ("periode", "12 Mois", "12 mois"),
        ("etiquette", "Etats-Unis", "états-unis"),
        ("etiquette", "coup d'état", "coup d’état"),
        ("etiquette", "oeuvres", "œuvres"),
        ("rubrique", "LE MONDE DE DEMAIN", "Le monde de demain"),
        ("pays", "USA", "États-Unis"),
        ("pays", "usa", "États-Unis"),
        ("pays", "cote d'ivoire", "Côte d’Ivoire"),
        ("pays", "onu", "ONU"),
        ("source", "essai", "Essai"),
    ],
)
def test_case_accents_and_country_codes_do_not_matter(name, typed, meant):
    assert canonical({name: [typed]}, FACETS) == ({name: [meant]}, [])


def test_two_tags_that_differ_by_case_alone_are_kept_apart():
    assert mended(etiquette=["climat"]) == {"etiquette": ["climat"]}
    assert mended(etiquette=["Climat"]) == {"etiquette": ["Climat"]}


def test_the_same_value_under_two_names_counts_once():
    assert mended(pays=["RUS", "russie", "Russie"]) == {"pays": ["Russie"]}


@pytest.mark.parametrize("name", [name for name in FILTERS if name != "q"])
def test_an_unknown_value_is_dropped_and_named(name):
    clean, said = canonical({name: ["Atlantide"]}, FACETS)
    assert clean == {}
    assert len(said) == 1
    assert "«\u00a0Atlantide\u00a0»" in said[0]
    assert "filtre ignoré" in said[0]


def test_what_is_known_stays_when_its_neighbour_is_unknown():
    clean, said = canonical({"region": ["Mars", "Asie"]}, FACETS)
    assert clean == {"region": ["Asie"]}
    assert len(said) == 1


def test_a_notice_quotes_no_more_than_the_beginning_of_a_long_value():
    (said,) = notices(region="x" * 5_000)
    assert len(said) < 200


@pytest.mark.parametrize("typed", ["2023-02-30", "hier", "01/02/2023", "0001-01-01", "9999-12-31"])
def test_a_day_that_no_calendar_of_ours_has_is_dropped_and_named(typed):
    clean, said = canonical({"du": [typed]}, FACETS)
    assert clean == {}
    assert len(said) == 1


def test_dates_the_wrong_way_round_are_turned_and_told():
    clean, said = canonical({"du": ["2023-06-30"], "au": ["2023-03-01"]}, FACETS)
    assert clean == {"du": ["2023-03-01"], "au": ["2023-06-30"]}
    assert said == [
        "Les dates de ce lien étaient inversées\u00a0: il est lu du 1er mars 2023 au 30 juin 2023."
    ]


def test_a_day_before_the_first_article_is_no_damage():
    assert canonical({"du": ["1995-01-01"]}, FACETS) == ({"du": ["1995-01-01"]}, [])


@pytest.mark.parametrize("side", ["du", "au"])
def test_dates_win_over_a_preset_beside_them(side):
    clean, said = canonical({"periode": ["3 mois"], side: ["2023-01-01"]}, FACETS)
    assert clean == {side: ["2023-01-01"]}
    assert len(said) == 1


def test_a_preset_beside_a_date_that_cannot_be_read_stays():
    clean, said = canonical({"periode": ["3 mois"], "du": ["hier"]}, FACETS)
    assert clean == {"periode": ["3 mois"]}
    assert len(said) == 1


@pytest.mark.parametrize(
    "name, given",
    [("q", ["gaz", "pétrole"]), ("periode", ["3 mois", "12 mois"]), ("du", ["2023-01-01", "2024-01-01"])],
)
def test_of_two_values_where_one_is_possible_the_first_is_kept_and_the_other_named(name, given):
    clean, said = canonical({name: given}, FACETS)
    assert clean == {name: given[:1]}
    assert len(said) == 1
    assert said[0].endswith(f"{given[1]}\u00a0» n’est pas retenu.")


def test_two_values_too_many_are_told_in_the_plural():
    (said,) = notices(q=["gaz", "pétrole", "blé"])
    assert said.endswith("«\u00a0pétrole\u00a0» et «\u00a0blé\u00a0» ne sont pas retenus.")


def test_what_is_no_filter_passes_through():
    link = {"article": ["12"], "serie": ["russie", "chine"], "utm_source": ["lettre"], "embed": ["true"]}
    assert canonical(link, FACETS) == (link, [])


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_left_blank_is_no_filter_and_no_damage(name):
    assert canonical({name: [""]}, FACETS) == ({}, [])
    assert canonical({name: ["  "]}, FACETS) == ({}, [])


def test_spaces_around_a_query_go_and_a_blank_query_is_none():
    assert canonical({"q": ["  gaz russe "]}, FACETS) == ({"q": ["gaz russe"]}, [])
    assert canonical({"q": ["   "]}, FACETS) == ({}, [])


@given(parameters)
def test_a_mended_link_needs_no_second_mending(raw):
    clean, _ = canonical(raw, FACETS)
    assert canonical(clean, FACETS) == (clean, [])


@given(parameters)
def test_a_mended_link_holds_only_what_the_filters_offer(raw):
    clean, _ = canonical(raw, FACETS)
    offered = {
        "region": REGIONS,
        "periode": list(Preset),
        "etiquette": FACETS.tags,
        "rubrique": FACETS.sections,
        "pays": FACETS.countries.values(),
        "source": FACETS.sources,
    }
    for name, possible in offered.items():
        assert set(clean.get(name, ())) <= set(possible)
    assert not ("periode" in clean and ("du" in clean or "au" in clean))


@given(parameters)
def test_a_link_does_not_lose_all_of_its_filters_in_silence(raw):
    clean, said = canonical(raw, FACETS)
    asked = any(value.strip() for name in FILTERS for value in raw.get(name, ()))
    assert said or not asked or any(name in clean for name in FILTERS)


def sidebar_alone(facets):  # its source alone is run, without the names of this module
    import streamlit

    from dashboard.ui import sidebar

    sidebar.show(facets)
    streamlit.session_state["read"] = sidebar.chosen(facets)


def link_of(chosen: Selection) -> dict[str, list[str]]:
    """The selection as the filters write it in the address: what is at its default is not there."""
    written = {
        "q": [chosen.query],
        "region": chosen.regions,
        "periode": [] if chosen.preset is Preset.ALL else [chosen.preset],
        "du": [chosen.since or ""],
        "au": [chosen.until or ""],
        "etiquette": chosen.tags,
        "rubrique": chosen.sections,
        "source": chosen.sources,
        "pays": [FACETS.countries[code] for code in chosen.countries],
    }
    return {name: [str(v) for v in values] for name, values in written.items() if any(values)}


regions = st.lists(st.sampled_from(REGIONS), unique=True, max_size=3)
days = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    since, until = sorted([draw(days), draw(days)], key=lambda day: day or date.min)
    chosen = draw(regions)
    return Selection(
        regions=tuple(region for region in REGIONS if region in chosen),
        since=since,
        until=until,
        preset=Preset.ALL if since or until else draw(st.sampled_from(list(Preset))),
        tags=tuple(draw(st.lists(st.sampled_from(FACETS.tags), unique=True, max_size=2))),
        countries=tuple(draw(st.lists(st.sampled_from(list(FACETS.countries)), unique=True, max_size=2))),
        sections=tuple(draw(st.lists(st.sampled_from(FACETS.sections), unique=True, max_size=2))),
        sources=tuple(draw(st.lists(st.sampled_from(FACETS.sources), unique=True, max_size=2))),
        query=draw(st.sampled_from(["", "gaz", '"droits de douane" & œuf #1'])),
    )


@given(selections())
def test_what_the_filters_write_in_the_address_needs_no_mending(selection):
    assert canonical(link_of(selection), FACETS) == (link_of(selection), [])


EVERY_FILTER = Selection(
    regions=("Asie",),
    since=date(2023, 1, 1),
    until=date(2023, 2, 1),
    tags=("climat",),
    sections=("Union européenne",),
    countries=("RUS",),
    sources=("Essai",),
    query="gaz",
)


def test_every_filter_of_a_selection_has_its_name_in_the_link():
    plain = Selection()
    changed = {f.name for f in fields(Selection) if getattr(EVERY_FILTER, f.name) != getattr(plain, f.name)}
    assert changed == {f.name for f in fields(Selection)} - {"preset"}  # which gives way to dates
    assert {*link_of(EVERY_FILTER), "periode"} == set(FILTERS)


@settings(max_examples=12, deadline=None)
@given(selections())
@example(EVERY_FILTER)
def test_a_link_fills_the_widgets_with_the_selection_that_wrote_it(selection):
    clean, said = canonical(link_of(selection), FACETS)
    at = AppTest.from_function(sidebar_alone, kwargs={"facets": FACETS})
    at.query_params.update(clean)
    at.run()
    assert not at.exception
    assert said == []
    assert at.session_state["read"] == selection


def test_dates_turned_round_by_hand_select_the_days_between_them():
    """Typed in the widgets, where no link is mended."""
    at = AppTest.from_function(sidebar_alone, kwargs={"facets": FACETS}).run()
    at.date_input(key="du").set_value(date(2023, 6, 30))
    at.date_input(key="au").set_value(date(2023, 3, 1)).run()
    assert not at.exception
    assert at.session_state["read"] == Selection(since=date(2023, 3, 1), until=date(2023, 6, 30))


def test_a_preset_and_a_day_take_each_other_s_place():
    at = AppTest.from_function(sidebar_alone, kwargs={"facets": FACETS}).run()
    at.date_input(key="du").set_value(date(2023, 6, 30)).run()
    at.pills(key="periode").set_value("3 mois").run()
    assert at.session_state["read"] == Selection(preset=Preset.MONTHS_3)
    at.date_input(key="au").set_value(date(2023, 6, 30)).run()
    assert at.session_state["read"] == Selection(until=date(2023, 6, 30))


def test_one_button_takes_every_filter_off():
    at = AppTest.from_function(sidebar_alone, kwargs={"facets": FACETS})
    given = Selection(
        regions=("Asie",), since=date(2023, 1, 1), tags=("climat",), countries=("RUS",), query="gaz"
    )
    at.query_params.update(canonical(link_of(given), FACETS)[0])
    at.run()
    assert at.session_state["read"] == given
    next(button for button in at.button if button.label == "Effacer les filtres").click().run()
    assert not at.exception
    assert at.session_state["read"] == Selection()


@pytest.mark.parametrize("written", ["", "-1", "1.5", "١٢", "9" * 10, "12-3fa9c1"])
def test_what_is_no_number_of_ours_is_none(written: str):
    assert whole(written) is None


def test_a_number_in_a_link_is_read():
    assert whole("12") == 12
