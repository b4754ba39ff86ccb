"""How long a reader waits in a real browser: first page, filter change, page change, on a large corpus.

    python tests/benchmarks/interaction.py [--articles 100000] [--corpus DIR] [--rounds 5]

Prints n, the machine, and for each action the median and the 95th percentile in milliseconds. A page is there
when its script has run and no chart moves any more.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "browser"))

from pictures import DESK, browsing, serving, settle
from playwright.sync_api import Page

PAGES = ("panorama", "chronologies", "tensions", "mots_cles", "articles")
REGIONS = ("Russie", "Asie", "Afrique", "Moyen-Orient")


SELECTION = "document.querySelector('.vigie-selection')?.innerText"
# The time begins with the click: finding what to click, and waiting until it stands still, is the robot's.
CLICK = "element => element.click()"
FIGURE = "document.querySelector('.vigie-subtitle')?.innerText"


def waited(page: Page, act: Callable[[], object], until: str) -> float:
    """Milliseconds from an action until what it asked for (JavaScript) is on the screen and at rest."""
    start = time.time()
    act()
    page.wait_for_function(until, timeout=60_000)
    return 1000 * (settle(page) - start)


def titled(name: str) -> str:
    """The page of that title is on the screen."""
    return f"document.querySelector('[data-testid=stMain] h1')?.innerText === {json.dumps(name)}"


def first_page(address: str, page: Page) -> float:
    """The first page of a fresh server for its first visitor."""
    return waited(page, lambda: page.goto(f"{address}/panorama"), titled("Panorama"))


def filter_changes(address: str, page: Page, name: str, rounds: int) -> tuple[list[float], list[float]]:
    """Regions taken into the selection and out of it, on one page; hardly any answer is known before.

    Until the first figure tells the new selection (none on a page without figures), and until all is drawn.
    """
    page.goto(f"{address}/{name}")
    page.wait_for_selector("[data-testid=stMain] h1")
    settle(page)
    first, whole = [], []
    for number in range(rounds):
        region = REGIONS[number % len(REGIONS)]
        button = page.get_by_role("button", name=region, exact=True).first.element_handle()
        before = {what: page.evaluate(what) for what in (SELECTION, FIGURE)}
        start = time.time()
        button.evaluate(CLICK)
        if before[FIGURE]:
            page.wait_for_function(f"{FIGURE} !== {json.dumps(before[FIGURE])}", timeout=60_000)
            first.append(1000 * (time.time() - start))
        page.wait_for_function(f"{SELECTION} !== {json.dumps(before[SELECTION])}", timeout=60_000)
        whole.append(1000 * (settle(page) - start))
    return first, whole


def page_changes(page: Page, rounds: int) -> dict[str, list[float]]:
    """Every page opened from the navigation, with the filters in force."""
    titles = {"panorama": "Panorama", "chronologies": "Chronologies", "tensions": "Tensions"}
    titles |= {"mots_cles": "Mots-clés", "articles": "Articles"}
    times: dict[str, list[float]] = {name: [] for name in PAGES}
    for _ in range(rounds):
        for name in PAGES:
            link = page.get_by_role("link", name=titles[name], exact=True).first.element_handle()
            times[name].append(waited(page, partial(link.evaluate, CLICK), titled(titles[name])))
    return times


def told(what: str, times: list[float]) -> str:
    """« filter change   median 420 ms   p95 700 ms   n = 20 »."""
    p95 = sorted(times)[max(0, round(0.95 * len(times)) - 1)]
    return f"{what:<38} median {statistics.median(times):6.0f} ms   p95 {p95:6.0f} ms   n = {len(times)}"


def measure(corpus: Path, rounds: int) -> None:
    """Serve the corpus and print what a visitor waits for."""
    with serving(corpus) as address, browsing() as browser:
        page = browser.new_page(viewport=DESK, locale="fr-FR")
        print(told("first page, cold server", [first_page(address, page)]))
        for name in PAGES:
            first, whole = filter_changes(address, page, name, 2 * rounds)
            if first:
                print(told(f"filter on {name}, first figure", first))
            print(told(f"filter on {name}, all", whole))
        for name, times in page_changes(page, rounds).items():
            print(told(f"to {name}", times))


def main() -> None:
    """Make the corpus when none is given, then measure."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--articles", type=int, default=100_000)
    arguments.add_argument("--corpus", type=Path)
    arguments.add_argument("--rounds", type=int, default=5)
    given = arguments.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        corpus = given.corpus or Path(folder)
        if not given.corpus:
            command = [sys.executable, "-m", "dashboard.cli", "demo", "--scale", str(given.articles)]
            subprocess.run([*command, "--corpus", str(corpus)], check=True)
        measure(corpus, given.rounds)


if __name__ == "__main__":
    main()
