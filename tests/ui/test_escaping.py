"""Text of others where Streamlit reads Markdown: it is shown as it was written, and does nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui.escaping import WORD_JOINER, md

HOSTILE = [
    "**gras** _italique_ ~~barré~~ `code`",
    "# Titre",
    "1. premier",
    "1) premier",
    "- point",
    "> citation",
    "| a | b |",
    "--- fin ---",
    "[clic](javascript:alert(1))",
    "![image](http://127.0.0.1:9/suivi.png)",
    "<img src=x onerror=alert(1)>",
    "<script>document.title='pris'</script>",
    "&lt;b&gt; &amp; &eacute;",
    ":red[rouge] :smile: :material/home: :streamlit:",
    ":blue-background[fond] :small[petit]",
    "www.exemple.fr et https://exemple.fr/page",
    "ecrire@exemple.fr ou mailto:ecrire@exemple.fr",
    "$x^2$ et $$y$$ et 5 $ contre 6 $",
    "a\\*b \\ fin\\",
    "-> <- => -- ---",
    "[^1]: note",
    "« L’UE — “oui” : 1 234,5 % »",
]


def read(escaped: str) -> str:
    """What Markdown makes of escaped marks of punctuation (CommonMark, section 2.4), less the joiners."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped).replace(WORD_JOINER, "")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_mark_of_punctuation_is_left_for_markdown_to_read(text):
    assert re.fullmatch(r"(?:[^!-/:-@\[-`{-~]|\\[!-/:-@\[-`{-~])*", md(text))
    assert read(md(text)) == text


@pytest.mark.parametrize(
    "address", ["www.exemple.fr", "HTTPS://exemple.fr", "http://exemple.fr", "nom@exemple.fr"]
)
def test_an_address_is_cut_so_that_no_link_is_made_of_it(address):
    assert WORD_JOINER in md(f"Voir {address}, ici")


@pytest.mark.parametrize("sign", ["->", "<-", "<->", "--", ">=", "<=", "~="])
def test_a_sign_that_would_become_an_arrow_is_cut_where_it_stands_alone(sign):
    assert WORD_JOINER in md(f"Kiev {sign} Moscou")
    assert WORD_JOINER not in md(f"Kiev{sign}Moscou")


def test_a_line_break_cannot_begin_a_heading_or_a_list():
    assert md("Sommet\n# Titre\r\n\n- point") == r"Sommet \# Titre \- point"


def test_letters_digits_french_marks_and_no_break_spaces_stay_as_they_are():
    text = "L’été à Žilina\u00a0: 1\u202f234 «\u00a0œufs\u00a0» – 北京"
    assert md(text) == text.replace(":", "\\:")


def test_nothing_stays_nothing():
    assert md("") == md(" \n\t ") == ""


@given(st.text())
def test_what_markdown_shows_is_the_text_on_one_line(text):
    text = text.replace(WORD_JOINER, "")
    assert read(md(text)).replace("\u00a0", " ").replace("\u202f", " ").split() == text.split()
    assert "\n" not in md(text)
