"""Every page, run as the server runs it: on the built-in chronicle, on next to nothing, and on damage."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.corpus import snapshots
from dashboard.settings import APP, CORPUS_VARIABLE
from tiny_corpus import tiny_corpus

PAGES = sorted(path.name for path in (APP.parent / "pages").glob("*.py"))
WITH_FIGURES = [name for name in ("chronologies.py", "mots_cles.py", "tensions.py") if name in PAGES]
# What these two tell does not depend on the filters.
OF_A_SELECTION = [name for name in PAGES if name not in ("methode.py", "sources.py")]
FINDING = re.compile(r'<h3 class="vigie-title">(.*?)</h3>')
# Words that only an English screen would show; proper names that hold one would be let through here.
ENGLISH = re.compile(
    r"\b(the|and|of|with|from|by|no|loading|choose|select|search|error|none|nan|date range)\b"
)
ENGLISH_MONTHS = re.compile(
    r"\b(january|february|march|april|may|june|july|august|october|december|jan|feb|apr|aug|dec)\b", re.I
)


@pytest.fixture(scope="session")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chronicle")
    subprocess.run([sys.executable, "-m", "dashboard.cli", "demo", "--corpus", str(folder)], check=True)
    return folder


def opened(monkeypatch: pytest.MonkeyPatch, folder: Path, file: str, **link: list[str]) -> AppTest:
    """The page of that file over the corpus of that folder, as a link with these parameters opens it."""
    monkeypatch.setenv(CORPUS_VARIABLE, str(folder))
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.query_params.update(link)
    at.switch_page(f"pages/{file}")
    return at.run()


def findings(at: AppTest) -> list[str]:
    return [found for html in at.get("html") for found in FINDING.findall(html.proto.body)]


def figures(at: AppTest) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]


def all_words(at: AppTest) -> str:
    """What the page says, without the texts of articles."""
    kinds = ("title", "subheader", "caption", "info", "warning", "error", "success", "markdown")
    said = [element.value for kind in kinds for element in at.get(kind)]
    said += [element.label for kind in ("selectbox", "multiselect", "text_input") for element in at.get(kind)]
    told = [
        html.proto.body for html in at.get("html") if html.proto.body.startswith(('<p class="vigie-s', "<h3"))
    ]
    said += [re.sub(r"<[^>]+>", " ", html) for html in told]
    return " ".join(map(str, said))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_the_chronicle_and_says_that_it_is_one(monkeypatch, chronicle, page):
    at = opened(monkeypatch, chronicle, page)
    assert not at.exception
    assert not at.error
    assert at.title
    assert any("Chronique de démonstration" in caption.value for caption in at.caption)


@pytest.mark.parametrize("page", OF_A_SELECTION)
def test_a_page_without_any_article_in_the_selection_says_so(monkeypatch, chronicle, page):
    at = opened(monkeypatch, chronicle, page, du=["2050-01-01"])
    assert not at.exception
    assert not at.error
    assert any("Aucun article ne correspond" in info.value for info in at.info)
    assert not figures(at)


@pytest.mark.parametrize("articles", [0, 1, 3])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_next_to_nothing(monkeypatch, tmp_path, page, articles):
    written = [
        {
            "title": f"Paris accuse Moscou, {number}",
            "text": "Paris accuse Moscou d’espionnage.",
            "published": f"2024-0{number}-15" if number != 3 else None,
            "tags": ["russie"],
            "countries": ["FRA", "RUS"],
        }
        for number in range(1, articles + 1)
    ]
    tiny_corpus(tmp_path, written).close()
    at = opened(monkeypatch, tmp_path, page)
    assert not at.exception
    assert not at.error
    assert at.title or articles == 0
    assert at.info or articles > 0 or page not in OF_A_SELECTION


@pytest.mark.parametrize("dimension", ["étiquettes", "rubriques", "pays"])
def test_a_timeline_by_what_no_article_bears_says_so(monkeypatch, tmp_path, dimension):
    days = [f"2024-01-{day:02}" for day in range(1, 15)]
    tiny_corpus(tmp_path, [{"title": f"Brève du {day}", "published": day} for day in days]).close()
    at = opened(monkeypatch, tmp_path, "chronologies.py", par=[dimension])
    assert not at.exception
    assert not at.error
    assert [f"Rien à comparer par {dimension}" in info.value for info in at.info] == [True]
    assert not figures(at)


@pytest.mark.parametrize("typed", [";", " ; ; ", " "])
def test_queries_without_any_word_between_their_marks_are_as_none(monkeypatch, chronicle, typed):
    at = opened(monkeypatch, chronicle, "mots_cles.py", mots=[typed])
    assert not at.exception
    assert not at.error
    assert findings(at) == findings(opened(monkeypatch, chronicle, "mots_cles.py"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_a_corpus_says_how_to_make_one(monkeypatch, tmp_path, page):
    at = opened(monkeypatch, tmp_path / "nothing here", page)
    assert not at.exception
    assert [error.value for error in at.error] == [
        "Il n’y a pas encore de corpus ici\\. "
        "Créez\\-le avec «\u00a0vigie demo\u00a0» ou «\u00a0vigie ingest\u00a0»\\."
    ]


@pytest.mark.parametrize("damage", ["bytes", "empty", "cut", "gone"])
def test_a_damaged_corpus_is_named_and_never_traced(monkeypatch, tmp_path, chronicle, damage):
    folder = tmp_path / "damaged"
    shutil.copytree(chronicle, folder)
    published = snapshots.current(folder)
    whole = published.read_bytes()
    left = {"bytes": b"ceci n'est pas un corpus" * 500, "empty": b"", "cut": whole[: len(whole) // 3]}
    if damage == "gone":
        published.unlink()
    else:
        published.write_bytes(left[damage])
    for page in PAGES:
        at = opened(monkeypatch, folder, page)
        assert not at.exception
        assert len(at.error) == 1
        assert "corpus" in at.error[0].value
        assert "imprévue" not in at.error[0].value


@pytest.mark.parametrize("page", WITH_FIGURES)
def test_the_title_of_a_figure_is_its_finding(monkeypatch, chronicle, page):
    at = opened(monkeypatch, chronicle, page)
    assert findings(at)
    for finding in findings(at):
        assert len(finding) > 20
        assert finding not in ("Chronologies", "Tensions", "Mots-clés")
    assert re.search(r"\d", findings(at)[0])


@pytest.mark.parametrize("page", WITH_FIGURES)
def test_a_filter_changes_the_figures_and_their_sentences(monkeypatch, chronicle, page):
    whole = opened(monkeypatch, chronicle, page)
    asia = opened(monkeypatch, chronicle, page, region=["Asie"])
    assert not asia.exception
    assert not asia.error
    assert figures(whole)
    assert figures(asia)
    assert figures(asia)[0]["data"] != figures(whole)[0]["data"]
    assert findings(asia) != findings(whole)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_speaks_french_and_nothing_else(monkeypatch, chronicle, page):
    said = all_words(opened(monkeypatch, chronicle, page)).lower()
    assert not ENGLISH.search(said), ENGLISH.search(said)
    assert not ENGLISH_MONTHS.search(said), ENGLISH_MONTHS.search(said)


@pytest.mark.parametrize("page", WITH_FIGURES)
def test_a_figure_hands_french_months_to_the_browser(monkeypatch, chronicle, page):
    at = opened(monkeypatch, chronicle, page, maille=["mois"])
    chart = at.get("plotly_chart")[0].proto
    config = json.loads(chart.config)
    assert config["locale"] == "fr"
    assert config["locales"]["fr"]["format"]["months"][1] == "février"
    assert re.search(
        r"(janvier|février|août) 20\d\d", chart.spec.encode().decode("unicode_escape", "replace")
    ) or ("janvier" in json.dumps(json.loads(chart.spec), ensure_ascii=False))


def test_the_first_page_opens_from_the_bare_address(monkeypatch, chronicle):
    monkeypatch.setenv(CORPUS_VARIABLE, str(chronicle))
    at = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not at.exception
    assert not at.error
    assert at.title


def test_the_table_of_pairs_names_articles_and_bounds_for_what_they_are(monkeypatch, chronicle):
    at = opened(monkeypatch, chronicle, "tensions.py")
    at.session_state["classement_onglet"] = "Données"
    at.run()
    [columns] = [set(frame.value.columns) for frame in at.dataframe if "et pays" in frame.value.columns]
    assert {"Nomment les deux pays", "Indice, borne basse", "Indice, borne haute"} <= columns
    assert not {"Articles de la sélection", "Borne basse (‰)", "Borne haute (‰)"} & columns


@pytest.mark.parametrize(("switch", "lists"), [("true", 2), ("false", 0)])
def test_pairs_that_are_compared_bear_turning_points_as_the_one_above_them(
    monkeypatch, chronicle, switch, lists
):
    at = opened(monkeypatch, chronicle, "tensions.py", vue=["Comparer"], reperes=[switch])
    told = [piece.proto.body for piece in at.get("html") if "<b>1</b>" in piece.proto.body]
    assert len(told) == lists
    assert len(set(told)) == lists


def test_the_quality_of_the_coder_is_shown_for_papers_it_had_not_learned_from(monkeypatch, chronicle):
    at = opened(monkeypatch, chronicle, "methode.py")
    assert "**Journaux jugés sans être appris**\u00a0: 743 phrases réelles" in all_words(at)
    measured = [frame.value for frame in at.dataframe if "Mesure" in frame.value.columns]
    assert [len(table) for table in measured] == [7, 6, 7], "labels do not say which countries are named"


def test_a_damaged_link_is_mended_and_told_once(monkeypatch, chronicle):
    at = opened(monkeypatch, chronicle, "articles.py", region=["asie", "Mars"], pays=["rus"])
    assert at.session_state["region"] == ["Asie"]
    assert at.session_state["pays"] == ["Russie"]
    assert ["Mars" in warning.value for warning in at.warning] == [True]
    assert not at.run().warning


@pytest.mark.parametrize("query", ['"', "(", "gaz ET", "SAUF", "a" * 600, "*", "gaz OU (pétrole"])
def test_a_query_that_cannot_be_read_is_explained(monkeypatch, chronicle, query):
    at = opened(monkeypatch, chronicle, "articles.py", q=[query])
    assert not at.exception
    assert len(at.error) == 1
    assert "imprévue" not in at.error[0].value
    assert "Effacer les filtres" in [button.label for button in at.button]


@pytest.mark.parametrize("named", ["999999", "abc", "-1", "0", "9" * 40, "١٢"])
def test_a_link_to_an_article_that_is_not_there_shows_the_list(monkeypatch, chronicle, named):
    at = opened(monkeypatch, chronicle, "articles.py", article=[named])
    assert not at.exception
    assert not at.error
    assert [title.value for title in at.title] == ["Articles"]


def test_an_article_opens_with_its_text_and_the_events_read_in_it(monkeypatch, chronicle):
    for number in (1, 2, 3):
        at = opened(monkeypatch, chronicle, "articles.py", article=[str(number)])
        assert not at.exception
        assert not at.error
        assert any("vigie-headline" in html.proto.body for html in at.get("html"))
        assert "événement" in at.subheader[0].value


@pytest.mark.parametrize("page", WITH_FIGURES)
def test_settings_that_a_link_got_wrong_fall_back(monkeypatch, chronicle, page):
    wrong = {
        name: ["n’importe quoi"] for name in ("par", "maille", "mesure", "serie", "paire", "ecarte", "page")
    }
    at = opened(monkeypatch, chronicle, page, **wrong)
    assert not at.exception
    assert not at.error
    assert figures(at)
