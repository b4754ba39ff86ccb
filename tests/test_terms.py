"""Words are the same however they are written: case, accents, ligatures, apostrophes, hyphens."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.terms import fold, located, paragraphs, parts, stem, words


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("L’Élysée", ["elysee"]),
        ("l'Elysee", ["elysee"]),
        ("ÉLYSÉE", ["elysee"]),
        ("e\u0301lyse\u0301e", ["elysee"]),
        ("l’œuvre de l’Œuvre", ["oeuvre", "de", "oeuvre"]),
        ("ex æquo", ["ex", "aequo"]),
        ("jusqu’à Kiev, lorsqu’elle puisqu’il quoiqu’on", ["a", "kiev", "elle", "il", "on"]),
        ("cessez-le-feu", ["cessez", "le", "feu"]),
        ("cessez‑le–feu", ["cessez", "le", "feu"]),
        ("États-Unis", ["etats", "unis"]),
        ("le G7 du 24/02/2022", ["le", "g7", "du", "24", "02", "2022"]),
        ("Aujourd’hui, qu'aujourd'hui", ["aujourd'hui", "aujourd'hui"]),
        ("quelqu’un, prud’homme, presqu’île", ["quelqu'un", "prud'homme", "presqu'ile"]),
        ("Côte d’Ivoire, O’Brien, Trump's", ["cote", "ivoire", "o", "brien", "trump", "s"]),
        ("« l’ » d' '", ["l", "d"]),
        ("Łódź, Erdoğan, Ørsted, Reykjavík", ["lodz", "erdogan", "orsted", "reykjavik"]),
        ("Росси́я", ["россия"]),
        ("co\u00adopé\u00adration", ["cooperation"]),
        ("un_mot", ["un", "mot"]),
        ("… – ! \u202f«»", []),
        ("", []),
    ],
)
def test_words(text: str, terms: list[str]) -> None:
    assert words(text) == terms


def test_an_accent_or_a_cedilla_makes_no_other_term() -> None:
    assert words("ou où") == ["ou", "ou"]
    assert words("sa ça") == ["sa", "ca"]


def test_the_written_form_loses_its_elision_and_nothing_else() -> None:
    assert parts("l’Élysée") == (("elysee", "Élysée"),)
    assert parts("d’OTAN") == (("otan", "OTAN"),)


def test_a_blank_line_is_told_apart_from_a_line_end() -> None:
    assert paragraphs("un\ndeux\n \ntrois") == [["un", "deux"], ["trois"]]


def test_words_are_located_in_the_readable_text() -> None:
    text, found = located("L’été.\n\nPrud’homme d'OTAN, O’Brien")
    assert [[(term, text[start:end]) for term, start, end in places] for places in found] == [
        [("ete", "été")],
        [("prud'homme", "Prud’homme"), ("otan", "OTAN"), ("o", "O"), ("brien", "Brien")],
    ]


@pytest.mark.parametrize(
    "forms",
    [
        ["sanction", "sanctions", "sanctionne", "sanctionnee", "sanctionnees", "sanctionner"],
        ["election", "elections"],
        ["russe", "russes"],
        ["armee", "armees"],
    ],
)
def test_inflected_forms_share_their_stem(forms: list[str]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_different_words_keep_different_stems() -> None:
    assert len({stem(word) for word in ["sanction", "election", "russe", "gaz", "paix", "guerre"]}) == 6


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_are_the_same_before_and_after_folding(text: str) -> None:
    assert words(text) == words(fold(text))


@given(st.text())
def test_the_form_of_unicode_does_not_matter(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@given(st.text(alphabet="aàâéèêëïôœæçÉÀÇŒ’' lLdDqu-\n", max_size=60))
def test_every_term_is_found_again_by_itself(text: str) -> None:
    assert all(words(term) == [term] for term in words(text))


@given(st.text(), st.text())
def test_paragraphs_do_not_change_each_other_s_words(first: str, second: str) -> None:
    assert words(f"{first}\n\n{second}") == words(first) + words(second)


@given(st.text() | st.text(alphabet="lLdD'’é œ.\n-_\u00ad\u0301"))
def test_words_are_located_as_they_are_counted(text: str) -> None:
    whole, found = located(text)
    assert [term for places in found for term, _, _ in places] == words(text)
    assert all(fold(whole[start:end]) == term for places in found for term, start, end in places)
