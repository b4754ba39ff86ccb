"""Pictures of every page of the running dashboard: `python tests/browser/pictures.py FOLDER`."""

import argparse
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUMS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@contextmanager
def serving(corpus: Path) -> Iterator[str]:
    """A dashboard over that corpus on a free port; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dashboard.cli", "serve", "--corpus", str(corpus), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server left with code {process.returncode}")
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not answer")


@contextmanager
def browsing() -> Iterator[Browser]:
    """A headless Chromium: an installed one, else Playwright's own."""
    installed = next((path for path in CHROMIUMS if Path(path).exists()), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=installed,
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        yield browser
        browser.close()


# Charts draw themselves when their own script has come, and move when fonts or neighbours have.
STILL = """() => {
  const charts = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
  if (charts.some((chart) => !chart.querySelector('.main-svg'))) return false;
  const boxes = [...document.querySelectorAll('[data-testid=stPlotlyChart], .points path, .vigie-selection')];
  const now = JSON.stringify(boxes.map((box) => box.getBoundingClientRect()));
  const still = window.vigieBoxes === now;
  if (!still) window.vigieMoved = performance.timeOrigin + performance.now();
  window.vigieBoxes = now;
  return still;
}"""


def settle(page: Page) -> float:
    """Wait until the script has run, nothing on the screen is stale and no chart moves any more.

    Since when (`time.time()`): the wait itself takes a little longer, to see that nothing moves.
    """
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)
    page.wait_for_function("!document.querySelector('[data-stale=true], [data-testid=stSkeleton]')")
    answered = time.time()
    page.wait_for_function(STILL, polling=100)
    moved: float = page.evaluate("window.vigieMoved")
    return max(answered, moved / 1000)


def take(
    browser: Browser, url: str, path: Path, *, size: dict[str, int], dark: bool = False, full: bool = False
) -> None:
    """One picture of one address."""
    scheme = "dark" if dark else "light"
    context = browser.new_context(viewport=size, locale="fr-FR", color_scheme=scheme, device_scale_factor=1)
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector('[data-testid="stMain"] h1', timeout=30_000)
    settle(page)
    page.wait_for_timeout(700)  # the fonts and the drawing of the charts, which announce no end
    if full:
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size(
            {"width": size["width"], "height": min(max(int(height) + 20, size["height"]), 6000)}
        )
        page.wait_for_timeout(500)
    page.screenshot(path=path)
    context.close()


def main() -> None:
    """Desk, phone and dark pictures of every page."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--corpus", type=Path, default=ROOT / "data" / "corpus")
    arguments.add_argument("--pages", nargs="*", default=PAGES)
    arguments.add_argument("--link", default="", help="parameters of the link, for example region=Russie")
    arguments.add_argument("--first-screen", action="store_true", help="only what a desk screen shows, light")
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with serving(given.corpus) as address, browsing() as browser:
        for name in given.pages:
            url = f"{address}/{name}?{given.link}"
            if given.first_screen:
                take(browser, url, given.folder / f"{name}.png", size=DESK)
                continue
            take(browser, url, given.folder / f"{name}-desk.png", size=DESK, full=True)
            take(browser, url, given.folder / f"{name}-phone.png", size=PHONE, full=True)
            take(browser, url, given.folder / f"{name}-dark.png", size=DESK, dark=True)


if __name__ == "__main__":
    main()
