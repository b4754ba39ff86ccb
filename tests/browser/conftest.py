"""A running dashboard and a real Chromium, started once; visits that keep account of what went wrong."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pictures import DESK, browsing, serving, settle
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request


@pytest.fixture(scope="session")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus folder that holds the built-in chronicle."""
    folder = tmp_path_factory.mktemp("chronicle")
    subprocess.run([sys.executable, "-m", "dashboard.cli", "demo", "--corpus", str(folder)], check=True)
    return folder


@pytest.fixture(scope="session")
def address(chronicle: Path) -> Iterator[str]:
    with serving(chronicle) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsing() as opened:
        yield opened


@dataclass
class Visit:
    """One visitor: a tab, and what happened in it that should not have."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def go(self, url: str) -> None:
        """Open an address and wait until its page is there."""
        self.page.goto(url)
        self.page.wait_for_selector('[data-testid="stMain"] :is(h1, h2, [role=alert])', timeout=30_000)
        self.settle()

    def settle(self) -> None:
        settle(self.page)

    def press(self, name: str) -> None:
        """Press the first button of that name; what it must bring is waited for by name.

        Between the click and the server's first word the old page stands still as if it had answered.
        """
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.settle()

    def pick(self, name: str) -> None:
        """Press one of the choices that stand side by side in the sidebar."""
        self.sidebar.locator('[data-variant="pills"]').filter(has_text=re.compile(f"^{name}$")).click()
        self.settle()

    def turn_to(self, name: str) -> None:
        """Go to another page by the navigation."""
        self.page.get_by_test_id("stSidebarNavLink").filter(has_text=name).click()
        self.titled(name)

    def titled(self, name: str) -> None:
        """Wait until the page bears that title."""
        self.page.wait_for_function(
            "name => document.querySelector('[data-testid=stMain] h1')?.innerText === name", arg=name
        )
        self.settle()

    def reload(self) -> None:
        self.go(self.page.url)

    @property
    def title(self) -> str:
        return self.page.locator('[data-testid="stMain"] h1').inner_text()

    @property
    def says(self) -> str:
        """The line under the title: what is being looked at."""
        return self.page.locator(".vigie-selection").inner_text()

    @property
    def link(self) -> dict[str, list[str]]:
        """The parameters of the address."""
        return parse_qs(urlsplit(self.page.url).query)

    @property
    def alerts(self) -> list[str]:
        return self.page.get_by_role("alert").all_inner_texts()

    @property
    def sidebar(self) -> Locator:
        return self.page.get_by_test_id("stSidebar")

    def linked(self, name: str, values: list[str] | None) -> None:
        """Wait until the address holds these values under that name, or none."""
        self.page.wait_for_function(
            "([name, values]) => JSON.stringify(new URLSearchParams(location.search).getAll(name))"
            " === JSON.stringify(values)",
            arg=[name, values or []],
        )

    def shows(self, text: str) -> None:
        """Wait until that text stands in the line under the title."""
        self.page.wait_for_function(
            "text => document.querySelector('.vigie-selection')?.innerText.includes(text)", arg=text
        )
        self.settle()


@pytest.fixture
def visits(browser: Browser) -> Iterator["Visits"]:
    opened = Visits(browser)
    yield opened
    opened.leave()
    assert opened.wrong == []


@pytest.fixture
def visit(visits: "Visits") -> Visit:
    """One visitor at a desk. The test fails when another machine was asked or an error was reported."""
    return visits.open()


class Visits:
    """Opens visits and keeps account of what went wrong in all of them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.wrong: list[str] = []

    def open(self, *, size: dict[str, int] = DESK, locale: str = "fr-FR", touch: bool = False) -> Visit:
        context = self._browser.new_context(viewport=size, locale=locale, has_touch=touch)
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.wrong.append(f"page error: {error}"))
        page.on("request", self._asked)
        return Visit(page, self.wrong)

    def leave(self) -> None:
        for context in self._contexts:
            context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        # On a deep link Streamlit's own script tries which part of the address is its root.
        looking_for_root = re.search(r"/_stcore/(health|host-config)$", message.location.get("url", ""))
        if message.type == "error" and not looking_for_root:
            self.wrong.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
            self.wrong.append(f"request: {request.url}")
