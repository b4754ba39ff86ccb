"""What follows from an article: the countries it is about, its regions, events with lasting names."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.coding.records import Event, Mention, MentionKind, Reason, Sentence
from dashboard.corpus.read import open_current
from dashboard.ingest import run
from dashboard.ingest.article import Article, Published
from dashboard.ingest.derive import LEAD, TEXT, TITLE, Readable, about, derived, regions
from dashboard.ingest.readings import Input, Reading


def mention(country: str, part: str = TEXT, sentence: int = 0) -> dict[str, object]:
    return {"country": country, "part": part, "sentence": sentence}


@pytest.mark.parametrize(
    ("mentions", "countries"),
    [
        ([], []),
        ([mention("RUS", TITLE)], ["RUS"]),
        ([mention("RUS", LEAD)], ["RUS"]),
        ([mention("RUS")], []),
        ([mention("RUS"), mention("RUS")], []),  # twice in one sentence is one sentence
        ([mention("RUS"), mention("RUS", sentence=1)], ["RUS"]),
        ([mention("RUS"), mention("UKR", sentence=1)], []),
        ([mention("UKR", TITLE), mention("FRA", TITLE), mention("USA")], ["FRA", "UKR"]),
    ],
)
def test_an_article_is_about_what_its_top_or_two_of_its_sentences_name(mentions, countries):
    assert about(mentions) == countries


@pytest.mark.parametrize(
    ("section", "countries", "expected"),
    [
        (None, [], ["Monde"]),
        ("Culture", [], ["Monde"]),
        ("Russie", [], ["Russie"]),
        (" UNION EUROPÉENNE ", [], ["Union européenne"]),
        ("Le monde de demain", [], ["Monde"]),
        ("Afrique", ["FRA", "RUS"], ["Afrique", "Russie", "Union européenne"]),
        (None, ["FRA", "DEU"], ["Union européenne"]),
        (None, ["XXX"], ["Monde"]),
    ],
)
def test_the_regions_of_an_article(section, countries, expected):
    assert regions(section, countries) == expected


READABLE = Readable(7, "site/1", "Russie", date(2024, 1, 5), ((TITLE, "…"), (TEXT, "…")))
FRA = Mention("FRA", MentionKind.NAME, "Paris", 0, 5)
RUS = Mention("RUS", MentionKind.CAPITAL, "Moscou", 14, 20)
SANCTION = Event(
    "RUS", "FRA", "SANCTION", -6.0, "sanctionne", 6, 16, 0.8, False, (Reason("« sanctionne »", 1.25),)
)
SENTENCE = Sentence("Moscou sanctionne Paris.", 0, 24, (FRA, RUS), (SANCTION,))


def test_an_event_becomes_a_row_with_its_pair_in_order():
    [row] = derived(READABLE, {TEXT: (SENTENCE,)}).events
    assert (row["source"], row["target"], row["country_a"], row["country_b"]) == ("RUS", "FRA", "FRA", "RUS")
    assert (row["class"], row["force"], row["score"], row["part"]) == ("conflict", "material", -6.0, "texte")
    assert (row["article_id"], row["sentence"], row["sentence_text"]) == (7, 0, SENTENCE.text)
    assert row["why"] == "« sanctionne » +1,2"


def test_a_naming_says_whether_the_top_names_the_country():
    ukraine = Sentence("L’Ukraine", 0, 9, (Mention("UKR", MentionKind.NAME, "Ukraine", 2, 9),))
    found = derived(READABLE, {TITLE: (ukraine,), TEXT: (SENTENCE, SENTENCE)})
    assert [(row["country"], row["at_top"]) for row in found.namings] == [
        ("FRA", False),
        ("RUS", False),
        ("UKR", True),
    ]
    assert found.countries == ["FRA", "RUS", "UKR"]
    assert found.regions == ["Monde", "Russie", "Union européenne"]


def test_an_article_without_a_sentence_is_about_nothing():
    found = derived(READABLE, {})
    assert (found.mentions, found.namings, found.events, found.countries) == ([], [], [], [])
    assert found.regions == ["Russie"]


@given(st.integers(1, 10_000))
def test_the_name_of_an_event_does_not_hang_on_the_number_of_its_article(article_id: int):
    other = Readable(article_id, READABLE.key, None, None, ())
    [here], [there] = (derived(one, {TEXT: (SENTENCE,)}).events for one in (READABLE, other))
    assert here["event_id"] == there["event_id"]


def test_what_is_another_event_has_another_name():
    def named(
        key: str = "site/1", part: str = TEXT, number: int = 0, sentence: Sentence = SENTENCE
    ) -> object:
        one = Readable(7, key, None, None, ())
        return derived(one, {part: (*[Sentence("", 0, 0)] * number, sentence)}).events[0]["event_id"]

    retold = Sentence("Moscou sanctionne bien Paris.", 0, 29, (FRA, RUS), (SANCTION,))
    back = Event("FRA", "RUS", "SANCTION", -6.0, "sanctionne", 6, 16, 0.8)
    names = [
        named(),
        named(key="site/2"),
        named(part=TITLE),
        named(number=1),
        named(sentence=retold),
        named(sentence=Sentence(SENTENCE.text, 0, 24, (FRA, RUS), (back,))),
    ]
    assert len(set(names)) == len(names)


NEWS = Article(
    source="site",
    source_key="1",
    title="Moscou expulse deux diplomates britanniques",
    text="La Russie a expulsé deux diplomates du Royaume-Uni. Londres dénonce une décision injustifiée.",
    published=Published(day=date(2024, 5, 3)),
)
OTHER = Article(source="site", source_key="2", title="Pékin et Tokyo signent un accord", text="La Chine.")
EVENTS = """
    SELECT event_id, sentence_text FROM event JOIN article USING (article_id)
    WHERE article.source_key = '1' ORDER BY ALL
"""


def read(folder: Path, *articles: Article) -> list[tuple[str, str]]:
    run.ingest(folder, [Input("a", lambda: Reading("capture", articles))], reason="essai")
    found = open_current(folder).query(EVENTS)
    return list(found.itertuples(index=False, name=None))


def test_an_event_keeps_its_name_between_snapshots_and_corpora(tmp_path: Path):
    first = read(tmp_path / "one", NEWS)
    assert first
    assert read(tmp_path / "one", OTHER) == first
    assert read(tmp_path / "other", OTHER, NEWS) == first
    run.code_again(tmp_path / "one")
    assert read(tmp_path / "one") == first


def test_no_two_events_of_a_corpus_share_a_name(tmp_path: Path):
    read(tmp_path, NEWS, OTHER)
    found = open_current(tmp_path).query("SELECT event_id FROM event")["event_id"]
    assert found.is_unique


def test_events_whose_short_names_come_out_the_same_are_told_apart_and_the_first_keeps_its_name(
    tmp_path: Path,
):
    """A name is short, so that two may be equal by chance; here they are because of how the keys are cut."""
    first = read(tmp_path, NEWS)
    others = [replace(NEWS, source="site/1", source_key="x"), replace(NEWS, source_key="1/x")]
    for text in (NEWS.text, NEWS.text + " Voilà tout."):
        read(tmp_path, *(replace(other, text=text) for other in others))
        named = open_current(tmp_path).query("SELECT event_id, article_id FROM event")
        assert named["event_id"].is_unique
        of_first = named[named["article_id"] == 1]["event_id"]
        assert sorted(of_first) == sorted(event_id for event_id, _ in first)
        of_second, of_third = (set(named[named["article_id"] == n]["event_id"]) for n in (2, 3))
        assert of_third == {f"{event_id}2" for event_id in of_second}
