"""Reading texts: laws that hold for any text, and what one phenomenon after another comes to."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.coding import reading
from dashboard.coding.plover import EVENT_TYPES
from dashboard.coding.reading import VERSION, read, read_many
from dashboard.coding.records import Event

VOCABULARY = (
    'Moscou Kiev la Russie l’Ukraine accuse frappe « » " . , : et de par contre avec ne pas Washington'
    " les deux Corées İstanbul œuvre Chine chinois menace rencontre 2014 ! ? - n° M. après si"
)
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join))


def events(text: str) -> list[Event]:
    return [event for sentence in read(text) for event in sentence.events]


def told(text: str) -> set[tuple[str, str, bool]]:
    return {(*sorted((event.source, event.target)), event.score < 0) for event in events(text)}


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_offsets_point_at_the_forms(text: str):
    for sentence in read(text):
        assert text[sentence.start : sentence.end] == sentence.text
        for mention in sentence.mentions:
            assert text[mention.start : mention.end] == mention.form
        for event in sentence.events:
            assert text[event.start : event.end] == event.trigger


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_sentences_and_mentions_never_overlap(text: str):
    read_now = read(text)
    assert all(a.end <= b.start for a, b in pairwise(read_now))
    mentions = [mention for sentence in read_now for mention in sentence.mentions]
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_the_same_text_reads_the_same_twice(text: str):
    assert read(text) == read(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_an_event_is_between_two_countries_that_its_sentence_names(text: str):
    for sentence in read(text):
        named = {mention.country for mention in sentence.mentions}
        for event in sentence.events:
            assert event.source != event.target
            assert {event.source, event.target} <= named
            assert event.score == EVENT_TYPES[event.type].score
            assert 0 <= event.confidence <= 1
            assert event.reasons


@pytest.mark.parametrize(
    ("text", "source", "target", "conflict"),
    [
        ("Moscou expulse deux diplomates britanniques.", "RUS", "GBR", True),
        ("La Chine condamne les sanctions américaines.", "CHN", "USA", True),
        ("L’ambassadeur de France a été convoqué par les autorités algériennes.", "DZA", "FRA", True),
        ("Téhéran menace Israël de représailles.", "IRN", "ISR", True),
        ("Berlin livre des chars à Kiev.", "DEU", "UKR", False),
        ("Le président français a reçu son homologue brésilien.", "FRA", "BRA", False),
        ("Des frappes israéliennes ont visé la Syrie.", "ISR", "SYR", True),
    ],
)
def test_an_act_runs_from_the_one_who_acts_to_the_other(text: str, source: str, target: str, conflict: bool):
    assert (source, target, conflict) in {
        (event.source, event.target, event.score < 0) for event in events(text)
    }


@pytest.mark.parametrize(
    "text",
    [
        "Chypre, le fromage et le vin : trois jours à Saint-Marin et Monaco pour les gourmets.",
        "Deux Belges sont morts dans une avalanche en Autriche.",
        "Le chômage recule en Espagne et au Portugal.",
        "L’actrice franco-tunisienne publie ses mémoires.",
        "Moscou menace.",
        "",
    ],
)
def test_countries_that_do_nothing_to_one_another_make_no_event(text: str):
    assert events(text) == []


def test_accusing_each_other_has_no_direction():
    found = events("Bangkok et Phnom Penh s’accusent mutuellement d’avoir violé la trêve.")
    assert [event.mutual for event in found if event.score < 0] == [True]


def test_lifting_an_embargo_is_not_a_sanction():
    assert told("La Chine lève l’embargo sur les vins australiens.") == {("AUS", "CHN", False)}


def test_a_title_glued_to_a_text_does_not_make_a_pair_across_the_two():
    assert told("Berlin accuse Pékin\nMadrid salue Lisbonne") <= {("CHN", "DEU", True), ("ESP", "PRT", False)}


def test_accents_and_apostrophes_do_not_change_what_is_read():
    curly = events("L’Égypte accuse l’Éthiopie.")
    straight = events("L'Egypte accuse l'Ethiopie.")
    assert (
        [(e.source, e.target, e.type) for e in curly]
        == [(e.source, e.target, e.type) for e in straight]
        != []
    )


def test_a_headline_is_one_sentence():
    assert len(read("Brexit. Paris et Londres. Fin", headline=True)) == 1
    assert len(read("Brexit. Paris et Londres. Fin")) == 3


def test_many_articles_are_read_in_order_on_several_cores():
    articles = [(f"Texte {number} : Paris accuse Moscou.", date(2024, 1, 1)) for number in range(5)]
    assert list(read_many(articles, processes=2)) == [read(text, on=day) for text, day in articles]
    assert list(read_many(iter(articles), processes=1)) == [read(text, on=day) for text, day in articles]


def test_the_version_names_the_lists_and_weights():
    assert reading._version() == VERSION
    assert VERSION.count("-") == 1
