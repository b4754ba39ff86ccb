"""What analysts type is understood, told back, and refused with a finger on the mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import InputRefused
from dashboard.matching import describe, matching, matching_text
from dashboard.query import MOST_CHARACTERS, MOST_COMPARED, QuerySyntaxError, parse, split_compared
from dashboard.query_tree import And, Match, Not, Or, Word, Words


def one(text: str, *, title: bool = False) -> Words:
    return Words((Word(text),), title=title)


A, B, C = one("a"), one("b"), one("c")


@pytest.mark.parametrize("text", ["a ET b", "a et b", "a AND b", "a & b", "a&b", "a b", "a, b", "(a) (b)"])
def test_words_side_by_side_must_both_be_there(text: str) -> None:
    assert parse(text) == And((A, B))


@pytest.mark.parametrize("text", ["a OU b", "a ou b", "a OR b", "a | b", "a|b", "(a OU b)"])
def test_either_word(text: str) -> None:
    assert parse(text) == Or((A, B))


@pytest.mark.parametrize(
    "text", ["a SAUF b", "a sauf b", "a NOT b", "a PAS b", "a -b", "a - b", "a ET SAUF b"]
)
def test_a_word_without_the_other(text: str) -> None:
    assert parse(text) == And((A, Not(B)))


def test_et_binds_more_than_ou() -> None:
    assert parse("a OU b c") == Or((A, And((B, C))))
    assert parse("(a OU b) c") == And((Or((A, B)), C))
    assert parse("a -(b OU c)") == And((A, Not(Or((B, C)))))


def test_small_words_that_are_also_operators_elsewhere_are_words() -> None:
    assert parse("or") == one("or")
    assert parse("pas not") == And((one("pas"), one("not")))
    assert parse("où") == one("ou")
    assert parse('"et"') == one("et")


@pytest.mark.parametrize(
    "text", ["L’Élysée", "l'elysee", "ÉLYSÉE", "«\u00a0Élysée\u00a0»", '"elysee"', "“Élysée”"]
)
def test_writing_does_not_matter(text: str) -> None:
    assert parse(text) == one("elysee")


@pytest.mark.parametrize("text", ["cessez-le-feu", "Cessez‑le‑feu", '"cessez le feu"', "« cessez-le feu »"])
def test_a_compound_is_a_phrase(text: str) -> None:
    assert parse(text) == Words((Word("cessez"), Word("le"), Word("feu")))


def test_prefix_proximity_and_fields() -> None:
    assert parse("sanction*") == Words((Word("sanction", Match.PREFIX),))
    assert parse('"gaz sanction*"') == Words((Word("gaz"), Word("sanction", Match.PREFIX)))
    assert parse('"a b"~5') == parse('"a b" ~5') == Words((Word("a"), Word("b")), within=5)
    assert parse('"a a"~5') == A
    assert parse("titre:a") == parse("Titre : a") == parse("title:a") == one("a", title=True)
    assert parse("titre:(a OU b) c") == And((Or((one("a", title=True), one("b", title=True))), C))
    assert parse("flexion:sanction") == Words((Word("sanction", Match.FORMS),))
    assert parse("titre:flexion:a") == Words((Word("a", Match.FORMS),), title=True)


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("", 0, "aucun mot"),
        ("   ", 3, "aucun mot"),
        ("gaz OU", 6, "à la fin"),
        ("OU gaz", 0, "avant «\u00a0ou\u00a0»"),
        ("gaz ET OU russe", 7, "avant «\u00a0ou\u00a0»"),
        ("(gaz", 0, "pas refermée"),
        ("gaz OU (russe (otan)", 7, "pas refermée"),
        ("gaz)", 3, "pas été ouverte"),
        ("gaz ()", 5, "avant cette parenthèse"),
        ('gaz "russe', 4, "guillemet"),
        ("gaz « russe", 4, "guillemet"),
        ("gaz » russe", 4, "guillemet"),
        ("ga*", 0, "3 lettres"),
        ("gaz *", 4, "astérisque"),
        ("ga*z", 3, "astérisque"),
        ("gaz~5", 3, "guillemets"),
        ('"gaz russe"~', 11, "nombre"),
        ('"gaz russe"~21', 11, "nombre"),
        ('"gaz russe"~999999999999', 11, "nombre"),
        ('"a b c d e f g h i"~3', 19, "8 mots"),
        ("auteur:durand", 0, "«\u00a0auteur\u00a0»"),
        ("titre:", 6, "à la fin"),
        ('gaz "…"', 4, "pas de mot"),
        (" ".join("a" * 51), 100, "trop de mots"),
        ("gaz " * 200, MOST_CHARACTERS, "trop longue"),
        ("(" * 100 + "gaz" + ")" * 100, 20, "emboîte"),
        ("-" + " -" * 100 + "gaz", 40, "emboîte"),
    ],
)
def test_a_mistake_is_told_in_french_at_its_character(text: str, position: int, says: str) -> None:
    with pytest.raises(QuerySyntaxError, match=says) as caught:
        parse(text)
    assert caught.value.position == position
    assert isinstance(caught.value, InputRefused)


def test_the_pointer_stands_under_the_character() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse("gaz ET (russe OU otan")
    assert caught.value.pointer() == "gaz ET (russe OU otan\n       ^"


def test_the_pointer_of_a_long_query_shows_the_part_that_matters() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse("mot " * 40 + ")")
    line, arrow = caught.value.pointer().split("\n")
    assert len(line) <= 80
    assert line[len(arrow) - 1] == ")"


def test_compared_queries_are_split_outside_of_quotation_marks() -> None:
    assert split_compared("gaz; russe\n  otan ;; gaz") == ("gaz", "russe", "otan")
    assert split_compared('"gaz; russe"; « a ; b »') == ('"gaz; russe"', "« a ; b »")
    assert split_compared(" ;\n; ") == ()


def test_more_queries_than_colours_are_refused_at_the_first_too_many() -> None:
    assert len(split_compared("; ".join("abcdefgh"))) == MOST_COMPARED
    with pytest.raises(QuerySyntaxError, match="8 requêtes") as caught:
        split_compared("a;b;c;d;e;f;g;h; zut")
    assert caught.value.position == 17


def test_a_query_is_told_back_in_french() -> None:
    assert describe(parse("russie (gaz OU pétrole) -otan")) == (
        "«\u00a0russie\u00a0» et («\u00a0gaz\u00a0» ou «\u00a0petrole\u00a0»), sans «\u00a0otan\u00a0»"
    )
    assert describe(parse('titre:"cessez le feu"')) == "«\u00a0cessez le feu\u00a0» dans le titre"
    assert describe(parse("sanction*")) == "un mot en «\u00a0sanction…\u00a0»"
    assert describe(parse("flexion:sanction")) == "«\u00a0sanction\u00a0» et ses formes"
    assert "5 autres mots au plus" in describe(parse('"gaz russe"~5'))
    assert describe(parse("SAUF gaz")) == "sans «\u00a0gaz\u00a0»"


def test_what_is_typed_is_never_part_of_the_sql() -> None:
    found = matching(parse('"hunter2; drop table article --" OU hunter2* OU titre:flexion:hunter2'))
    assert "hunter2" not in found.sql
    assert "hunter2" in found.parameters.values()


def test_parameters_can_have_another_name_to_stand_beside_those_of_the_selection() -> None:
    found = matching_text("gaz; otan", name="t")
    assert found.parameters == {"t0": "gaz", "t1": "otan"}


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("ab\"«»“()|&*~:;-'’ \n57")), max_size=80))
def test_any_text_is_read_or_refused_at_one_of_its_characters(text: str) -> None:
    try:
        tree = parse(text)
    except QuerySyntaxError as mistake:
        assert 0 <= mistake.position <= len(text)
        assert str(mistake).endswith(".")
        assert mistake.pointer().count("\n") == 1
    else:
        assert describe(tree)
        assert len(matching(tree).parameters) >= 1


@pytest.mark.parametrize(
    "text", ["(" * 10_000, "a" * 10_000, "a*" * 5_000, '"' * 10_001, "(a|" * 3_000, "~" * 10_000]
)
def test_ten_thousand_characters_are_refused_at_once(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        parse(text)
