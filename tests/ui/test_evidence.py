"""Words marked inside a text of others: the text stays what it was, and stays text."""

import re
from html import unescape

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui.evidence import highlighted, marked, summary

KINDS = ("country", "conflict", "cooperation")
spans = st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40), st.sampled_from(KINDS)), max_size=6)


def stripped(html: str) -> str:
    return unescape(re.sub(r"</?mark[^>]*>", "", html))


def test_a_text_without_marks_is_only_escaped():
    assert highlighted("Paris & Moscou <b>", []) == "Paris &amp; Moscou &lt;b&gt;"


def test_actors_and_trigger_are_marked_in_their_order():
    assert highlighted(
        "Moscou menace Kiev", [(14, 18, "country"), (7, 13, "conflict"), (0, 6, "country")]
    ) == (
        '<mark class="country">Moscou</mark> <mark class="conflict">menace</mark> '
        '<mark class="country">Kiev</mark>'
    )


def test_of_two_marks_that_overlap_the_first_is_kept_whole():
    assert highlighted("frappe russe", [(0, 12, "conflict"), (7, 12, "country")]) == (
        '<mark class="conflict">frappe russe</mark>'
    )


def test_marks_that_touch_are_both_kept():
    assert highlighted("ab", [(0, 1, "country"), (1, 2, "conflict")]) == (
        '<mark class="country">a</mark><mark class="conflict">b</mark>'
    )


def test_a_mark_that_lies_outside_the_text_or_is_empty_is_left_out():
    assert highlighted("Kiev", [(-2, 2, "country"), (2, 9, "country"), (3, 3, "conflict")]) == "Kiev"


def test_hostile_text_is_escaped_inside_and_outside_of_marks():
    html = highlighted('<script>alert("x")</script> & fin', [(0, 8, "country")])
    assert html.startswith('<mark class="country">&lt;script&gt;</mark>')
    assert "<script" not in html
    assert '"x"' not in html


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40), spans)
def test_the_text_is_what_remains_when_the_marks_are_taken_off(text, chosen):
    assert stripped(highlighted(text, chosen)) == text


@given(st.text(alphabet="<>&\"'/=markcls ", max_size=40), spans)
def test_no_tag_but_our_own_is_ever_written(text, chosen):
    html = highlighted(text, chosen)
    tags = re.findall(r"<[^>]*>", html)
    assert set(tags) <= {"</mark>", *(f'<mark class="{kind}">' for kind in KINDS)}
    assert html.count("<") == len(tags)
    assert tags.count("</mark>") * 2 == len(tags)


def test_a_sentence_is_marked_where_it_stands_in_its_article():
    row = pd.Series(
        {
            "sentence_text": "Ankara accuse Athènes.",
            "sentence_start": 100,
            "trigger_start": 107,
            "trigger_end": 113,
            "kind": "conflict",
        }
    )
    actors = [{"starts": 100, "ends": 106}, {"starts": 114, "ends": 121}]
    assert marked(row, actors) == (
        '<mark class="country">Ankara</mark> <mark class="conflict">accuse</mark> '
        '<mark class="country">Athènes</mark>.'
    )


def test_sentences_are_counted_with_those_that_were_set_aside():
    assert summary(pd.DataFrame({"aside": [False]})) == "1\u00a0phrase"
    assert summary(pd.DataFrame({"aside": [False, True, True]})) == "3\u00a0phrases, 2\u00a0écartées"
