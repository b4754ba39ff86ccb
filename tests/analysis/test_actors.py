"""What of a sentence is shown as its actors, on a corpus that the coder has read."""

from pathlib import Path

from dashboard.analysis import evidence
from dashboard.analysis.tension import Pair
from dashboard.corpus.read import open_current
from dashboard.ingest import run
from dashboard.ingest.article import Article
from dashboard.ingest.readings import Input, Reading
from dashboard.selection import Selection

TEXT = "Le Japon regarde. Moscou expulse deux diplomates britanniques, selon Tokyo."


def test_the_actors_of_a_sentence_are_the_two_countries_and_no_third(tmp_path: Path):
    article = Article(source="essai", source_key="1", title="", text=TEXT)
    run.ingest(tmp_path, [Input("a", lambda: Reading("capture", [article]))], reason="essai")
    corpus = open_current(tmp_path)
    [event] = evidence.of_pair(corpus, Selection(), Pair("GBR", "RUS"))["event_id"]
    places = evidence.actors(corpus, (event, "inconnu"))
    assert list(places) == [event]
    assert [TEXT[place["starts"] : place["ends"]] for place in places[event]] == ["Moscou", "britanniques"]
    assert evidence.actors(corpus, ()) == {}
