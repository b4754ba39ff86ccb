"""The page « Sources »: every source with its health, and the words of others shown as words."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.corpus import visits
from dashboard.corpus.visits import Visits
from dashboard.corpus.write import staging
from dashboard.french.visits import ago, short_state, state
from dashboard.ingest import run
from dashboard.ingest.article import Article, Published, Refused
from dashboard.ingest.readings import Input, Reading
from dashboard.ingest.store import remove
from dashboard.settings import APP, CORPUS_VARIABLE

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
HOSTILE = "**gras** <script>alert(1)</script> :red[x]"
ARTICLES = [
    Article("Revue", str(n), f"Titre {n}", f"Texte {n}.", published=Published(day=date(2024, 5, n)))
    for n in (1, 2)
]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    refused = Refused("Revue", f"élément {HOSTILE}", "ni titre ni texte", HOSTILE)
    reading = Reading("son flux", [*ARTICLES, refused])
    run.ingest(tmp_path, [Input("https://revue.example", lambda: reading)], reason="essai")
    with staging(tmp_path, reason="retrait", coder="0") as change:
        remove(change, "Revue", {"2": "page absente"})
    failing = Visits(address="/secret/exports")
    failing.fail(NOW, f"exports\u00a0: {HOSTILE}")
    visits.save(tmp_path, {f"Exports {HOSTILE}": failing})
    monkeypatch.setenv(CORPUS_VARIABLE, str(tmp_path))
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.switch_page("pages/sources.py")
    return at.run()


def test_every_source_is_there_with_its_health_and_no_path_of_the_server(page: AppTest):
    assert not page.exception
    table = page.dataframe[0].value
    assert table["Source"].tolist() == ["Revue", f"Exports {HOSTILE}"]
    assert table["État"].tolist() == ["lue à la demande", "en échec"]
    assert table["Articles"].tolist() == [1, 0]
    assert table["Adresse"].tolist() == ["https://revue.example", "exports"]
    assert "heure locale" in " ".join(each.value for each in page.markdown)


def test_words_of_others_are_shown_as_words(page: AppTest):
    [warning] = page.warning
    assert "<script>" not in warning.value
    assert "**gras**" not in warning.value
    assert HOSTILE in [code.value for code in page.code]
    [expander] = [each for each in page.expander if "élément" in each.label]
    assert "**gras**" not in expander.label
    assert page.dataframe[2].value["Raison"].tolist() == ["page absente"]


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=5), "à l’instant"),
        (timedelta(minutes=1), "il y a 1\u00a0minute"),
        (timedelta(minutes=59), "il y a 59\u00a0minutes"),
        (timedelta(hours=23), "il y a 23\u00a0heures"),
        (timedelta(days=2), "il y a 2\u00a0jours"),
        (timedelta(days=31), "le 2 févr. 2026"),
        (timedelta(seconds=-5), "à l’instant"),
    ],
)
def test_how_long_ago_is_said_in_the_largest_unit_that_fits(passed: timedelta, said: str):
    assert ago(NOW - passed, NOW) == said


def test_a_source_is_fresh_failing_stale_or_was_never_read():
    one = Visits()
    assert (ago(one.last_visit, NOW), short_state(one, NOW), state(one, NOW)) == (
        "jamais",
        "jamais lue",
        "jamais lue",
    )
    one.succeed(NOW)
    assert (short_state(one, NOW), state(one, NOW)) == ("à jour", "à jour")
    later = NOW + timedelta(days=4)
    assert short_state(one, later) == "sans nouvelles"
    one.fail(later, "panne")
    assert short_state(one, later) == "en échec"
