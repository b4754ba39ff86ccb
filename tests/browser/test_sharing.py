"""A view is shared by its link, and a quoted one says whether the corpus still tells the same."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pictures import serving

from conftest import Visit

pytestmark = pytest.mark.browser

CAPTURE = """Archives du mot-clé pêche

{title}

Les deux gouvernements ont annoncé lundi 4 mars 2024 un accord sur la pêche au large de leurs côtes.

Lire la suite {title}
"""


def links(visit: Visit) -> list[str]:
    """The living and the frozen link of what is on the screen."""
    visit.page.get_by_role("button", name="Partager cette vue").click()
    visit.page.wait_for_selector("[data-testid=stPopoverBody] code")
    return visit.page.locator("[data-testid=stPopoverBody] code").all_inner_texts()


def test_a_frozen_link_writes_days_settings_and_snapshot_and_finds_the_same_view(visit: Visit, address: str):
    visit.go(f"{address}/chronologies?region=Asie&periode=12 mois")
    living, frozen = links(visit)
    assert parse_qs(urlsplit(living).query)["periode"] == ["12 mois"]
    written = parse_qs(urlsplit(frozen).query)
    assert "periode" not in written, "« 12 mois » would be other months next year"
    assert written["region"] == ["Asie"]
    assert {"du", "au", "maille", "par", "serie", "etat"} <= set(written)
    sentence = visit.page.locator(".vigie-selection").inner_text()
    visit.go(frozen)
    assert visit.page.locator(".vigie-selection").inner_text() == sentence
    assert "identique" in visit.page.locator("[data-testid=stMain]").inner_text()


def ingest(corpus: Path, folder: Path, title: str) -> None:
    capture = folder / "capture.txt"
    capture.write_text(CAPTURE.format(title=title), encoding="utf-8")
    command = [sys.executable, "-m", "dashboard.cli", "ingest", str(capture), "--corpus", str(corpus)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def test_a_quoted_link_and_a_returning_visitor_are_told_what_came_since(visit: Visit, tmp_path: Path):
    corpus = tmp_path / "corpus"
    ingest(corpus, tmp_path, "Pêche : Paris et Londres trouvent un accord")
    with serving(corpus) as served:
        visit.go(f"{served}/panorama")
        frozen = links(visit)[1]
        ingest(corpus, tmp_path, "Pêche : Oslo et Reykjavik trouvent un accord")
        visit.go(frozen)
        told = visit.page.locator("[data-testid=stMain]").inner_text()
        assert "1\u00a0article ajouté" in told
        visit.go(f"{served}/panorama")
        assert "2\u00a0articles" in visit.page.locator(".vigie-selection").inner_text()


@pytest.mark.parametrize(
    "link",
    [
        "panorama?q=zzzz",
        "chronologies?q=zzzz",
        "tensions?q=zzzz",
        "tensions?pays=Vanuatu",
        "articles?article=1",
    ],
)
def test_a_view_without_figures_can_be_shared_like_any_other(address, visit, link):
    visit.go(f"{address}/{link}")
    assert visit.page.get_by_role("button", name="Partager cette vue").is_visible()
