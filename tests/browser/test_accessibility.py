"""Nothing that readers with a screen reader, a keyboard or weak eyes would stumble over (axe-core)."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from pictures import DESK, PAGES, settle
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=DESK, locale="fr-FR", color_scheme=scheme)
    faults = []
    for name in PAGES:
        page = context.new_page()
        page.goto(f"{address}/{name}")
        page.wait_for_selector("h1")
        settle(page)
        found = Axe().run(page).response["violations"]
        faults += [
            (name, fault["id"], fault["nodes"][0]["html"][:200])
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]
        page.close()
    context.close()
    assert faults == []
