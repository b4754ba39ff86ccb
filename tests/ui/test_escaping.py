"""Text of others where Streamlit reads Markdown: it is shown as it was written, and does nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui.escaping import md

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


@pytest.mark.parametrize("text", HOSTILE)
def test_every_mark_of_punctuation_is_made_plain(text):
    assert re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", md(text)).replace("\\", "") == text.replace("\\", "")
    assert not re.search(r"(?<!\\)(?:\\\\)*[!-/:-@\[\]-`{-~]", md(text))


def test_a_line_break_cannot_begin_a_heading_or_a_list():
    assert md("Sommet\n# Titre\r\n\n- point") == r"Sommet \# Titre \- point"


def test_letters_digits_and_french_marks_stay_as_they_are():
    assert md("L’été à Žilina, 1 234 « œufs » – 北京") == "L’été à Žilina\\, 1 234 « œufs » – 北京"


def test_nothing_stays_nothing():
    assert md("") == md(" \n\t ") == ""


@given(st.text())
def test_taking_the_backslashes_off_gives_the_text_back_on_one_line(text):
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", md(text)) == " ".join(text.split())
