"""What visitors do, in a real Chromium on a running dashboard over the built-in chronicle."""

import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pictures import PAGES, PHONE, ROOT, _wait, serving

pytestmark = pytest.mark.browser

TITLES = {
    "chronologies": "Chronologies",
    "tensions": "Tensions",
    "mots_cles": "Mots-clés",
    "articles": "Articles",
}
MARKER = ".js-plotly-plot .points path.point"


@contextmanager
def plainly_served(corpus: Path) -> Iterator[str]:
    """`streamlit run app.py`, as whoever knows Streamlit starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "VIGIE_CORPUS": str(corpus)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize("start", [serving, plainly_served], ids=["vigie serve", "streamlit run"])
def test_a_deep_link_is_right_as_the_very_first_request_to_a_fresh_server(start, chronicle, visits):
    with start(chronicle) as fresh:
        visit = visits.open()
        visit.go(f"{fresh}/tensions?region=Asie&du=2023-01-01")
        assert visit.title == "Tensions"
        assert "Asie" in visit.says
        assert "depuis le 1er janv. 2023" in visit.says
        assert visit.sidebar.get_by_role("button", name="Effacer les filtres").is_visible()
        assert visit.page.get_by_test_id("stSidebarNavLink").count() == len(PAGES)
        assert visit.link == {"region": ["Asie"], "du": ["2023-01-01"]}
        assert visit.alerts == []
        visits.leave()


def test_the_bare_address_leads_to_the_first_page(address, visit):
    visit.go(address)
    assert visit.title in visit.page.get_by_test_id("stSidebarNavLink").first.inner_text()


def test_a_filter_that_changes_is_in_the_link_and_survives_another_page_and_reloading(address, visit):
    visit.go(f"{address}/chronologies")
    whole = visit.says
    visit.pick("Asie")
    visit.shows("Asie")
    visit.linked("region", ["Asie"])
    filtered = visit.says
    assert filtered != whole
    visit.turn_to("Articles")
    assert visit.says == filtered
    assert visit.link == {"region": ["Asie"]}
    visit.reload()
    assert visit.says == filtered
    assert visit.link == {"region": ["Asie"]}


def test_a_preset_and_a_typed_date_take_each_other_s_place_in_the_link(address, visit):
    visit.go(f"{address}/articles")
    visit.pick("12 mois")
    visit.linked("periode", ["12 mois"])
    visit.sidebar.get_by_role("group", name="Du").get_by_role("spinbutton").first.click()
    visit.page.keyboard.type("01032024")
    visit.page.locator("h1").click()
    visit.linked("periode", None)
    visit.linked("du", ["2024-03-01"])
    visit.shows("depuis le 1er mars 2024")
    visit.pick("3 mois")
    visit.linked("periode", ["3 mois"])
    visit.linked("du", None)


def test_one_button_empties_the_link(address, visit):
    visit.go(
        f"{address}/articles?region=Russie&region=Asie&du=2023-01-01&pays=Ukraine&q=gaz&etiquette=russie"
    )
    assert len(visit.link) == 5
    visit.press("Effacer les filtres")
    visit.shows("tout le corpus")
    visit.page.wait_for_function("location.search === ''")


def test_a_click_on_a_point_opens_its_articles_and_a_click_on_a_title_opens_one(address, visit):
    visit.go(f"{address}/chronologies?serie=russie&maille=mois&mesure=nombre")
    visit.page.locator(MARKER).first.wait_for(state="attached")
    point = visit.page.locator(MARKER)
    boxes = [point.nth(number).bounding_box() for number in range(point.count())]
    of_the_curve = [box for box in boxes if box and box["width"] < 14]  # the larger ones are landmarks
    top = min(of_the_curve, key=lambda box: box["y"])
    visit.page.mouse.move(top["x"] + top["width"] / 2, top["y"] + top["height"] / 2)
    told = visit.page.locator(".hoverlayer .hovertext").text_content() or ""
    visit.page.mouse.click(top["x"] + top["width"] / 2, top["y"] + top["height"] / 2)
    heading = visit.page.locator("h3").filter(has_text=re.compile("^russie ·"))
    heading.wait_for()
    visit.settle()
    counted = re.search(r"(\d+)\sarticles?$", heading.inner_text())
    assert counted
    assert f"{counted[1]}\u00a0articles sur" in told.replace("\u202f", " ")
    titles = visit.page.locator('[data-testid="stMain"] [class*="st-key-open_"] button')
    assert titles.count() == int(counted[1])
    title = titles.first.inner_text()
    titles.first.click()
    visit.page.wait_for_url(re.compile(r"/articles\?.*article=\d+"))
    visit.page.locator(".vigie-headline").wait_for()
    visit.settle()
    assert visit.page.locator(".vigie-headline").inner_text() == title
    visit.reload()
    assert visit.page.locator(".vigie-headline").inner_text() == title
    visit.press("Retour à la liste")
    visit.titled("Articles")
    visit.linked("article", None)


def test_filters_stay_while_an_article_is_read(address, visit):
    visit.go(f"{address}/articles?region=Asie")
    before = visit.says
    visit.page.locator('[class*="st-key-open_"] button').first.click()
    visit.page.locator(".vigie-headline").wait_for()
    visit.settle()
    visit.linked("region", ["Asie"])
    visit.press("Retour à la liste")
    visit.titled("Articles")
    visit.linked("region", ["Asie"])
    assert visit.says == before


def test_a_damaged_link_shows_a_notice_and_the_page(address, visit):
    visit.go(f"{address}/tensions?region=Mars&region=asie&du=2024-12-31&au=2024-01-01&periode=3+mois&q=")
    assert visit.title == "Tensions"
    assert "Asie" in visit.says
    assert visit.link == {"region": ["Asie"], "du": ["2024-01-01"], "au": ["2024-12-31"]}
    alerts = " ".join(visit.alerts)
    assert "«\u00a0Mars\u00a0»" in alerts
    assert "inversées" in alerts
    assert "les dates l’emportent" in alerts


def test_a_query_that_cannot_be_read_is_explained_and_the_filters_stay(address, visit):
    visit.go(f"{address}/chronologies?q=%22droits+de&region=Asie")
    assert len(visit.alerts) == 1
    assert "imprévue" not in visit.alerts[0]
    assert visit.link == {"q": ['"droits de'], "region": ["Asie"]}
    assert visit.sidebar.get_by_role("button", name="Effacer les filtres").is_visible()


def test_the_page_before_any_script_is_french_whole_and_fetches_the_code_of_charts(address):
    as_browsers_ask = {"Accept": "text/html,*/*;q=0.8", "Accept-Encoding": "gzip, deflate, br"}
    asked = urllib.request.Request(f"{address}/tensions", headers=as_browsers_ask)
    with urllib.request.urlopen(asked) as answer:
        announced, page = int(answer.headers["content-length"]), answer.read()
    assert announced == len(page)
    assert page.count(b'<html lang="fr">') == page.count(b"<title>Vigie</title>") == 1
    assert page.rstrip().endswith(b"</html>")
    [code] = re.findall(
        r'<link rel="modulepreload" crossorigin href="\./(static/js/Plotly[^"]+)">', page.decode()
    )
    with urllib.request.urlopen(f"{address}/{code}") as answer:
        assert "javascript" in answer.headers["content-type"]
    headers = urllib.request.Request(f"{address}/tensions", method="HEAD")
    with urllib.request.urlopen(headers) as answer:
        assert answer.status == 200


def test_setting_a_sentence_aside_changes_the_index_and_stays_in_the_link(address, visit):
    visit.go(f"{address}/tensions?region=Russie&du=2022-01-01&au=2022-12-31&paire=Russie+%E2%80%93+Ukraine")
    first = visit.page.get_by_test_id("stMain").get_by_role("button", name="Écarter", exact=True).first
    card = visit.page.locator(".vigie-title").first
    before = (card.inner_text(), visit.page.get_by_test_id("stCaptionContainer").all_inner_texts())
    first.click()
    counted = visit.page.get_by_test_id("stCaptionContainer").filter(has_text="1\u00a0écartée")
    counted.wait_for()
    visit.settle()
    assert len(visit.link["ecarte"]) == 1
    after = (card.inner_text(), visit.page.get_by_test_id("stCaptionContainer").all_inner_texts())
    assert after != before
    visit.reload()
    again = (card.inner_text(), visit.page.get_by_test_id("stCaptionContainer").all_inner_texts())
    assert again == after
    left_out = visit.page.get_by_test_id("stExpander").filter(has_text="Phrases écartées de cette vue")
    left_out.get_by_text("Phrases écartées de cette vue").click()
    let_in = left_out.get_by_label(re.compile("^(Tout effacer|Clear all)")).first
    let_in.wait_for()
    visit.settle()
    let_in.click()
    counted.wait_for(state="detached")
    visit.linked("ecarte", None)
    visit.settle()
    assert (card.inner_text(), visit.page.get_by_test_id("stCaptionContainer").all_inner_texts()) == before


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_french_and_fits_a_phone_set_to_another_language(name, address, visits):
    """And, as in every walk: no request to another machine, nothing reported as an error."""
    visit = visits.open(size=PHONE, locale="en-US", touch=True)
    visit.go(f"{address}/{name}")
    assert visit.title == TITLES.get(name, visit.title)
    assert visit.page.locator("html").get_attribute("lang") == "fr"

    widths = visit.page.evaluate(
        """[document.documentElement.scrollWidth,
            document.querySelector('[data-testid=stMain]').scrollWidth, innerWidth]"""
    )
    assert max(widths[:2]) <= widths[2]

    ticks = " ".join(visit.page.locator(".xtick text, .ytick text, .x2tick text").all_text_contents())
    assert not re.search(r"\b(Jan|Feb|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b", ticks)
    if name in ("chronologies", "mots_cles", "tensions"):
        assert re.search(r"janv\.|juil\.", ticks)

    assert visit.sidebar.get_attribute("data-collapsed") == "true"
    visit.page.get_by_test_id("stExpandSidebarButton").click()
    visit.sidebar.get_by_role("button", name="Effacer les filtres").wait_for()
    assert visit.sidebar.get_attribute("data-collapsed") == "false"

    shown = visit.page.locator("body").inner_text()
    assert not re.search(
        r"\b(Search|Select all|Clear all|Choose|Options|Running|Close|Fullscreen|yyyy)\b", shown
    )
    heard = visit.page.evaluate("[...document.querySelectorAll('[aria-label]')].map(one => one.ariaLabel)")
    english = re.compile(
        r"^(App|Collapse|Download|Fullscreen|Help|Navigate|Next|Previous|Search|Show)\b|^(day|month|year), "
    )
    assert [label for label in heard if english.search(label)] == []
    assert "ReactError" not in visit.page.content()


def test_two_tabs_with_other_filters_do_not_disturb_each_other(address, visits):
    one, other = visits.open(), visits.open()
    one.go(f"{address}/articles?region=Asie")
    other.go(f"{address}/articles?region=Afrique")
    asia, africa = one.says, other.says
    assert "Asie" in asia
    assert "Afrique" in africa
    other.pick("Russie")
    other.shows("Russie")
    one.turn_to("Chronologies")
    assert one.says == asia
    one.reload()
    assert one.says == asia
    assert "Russie" in other.says
