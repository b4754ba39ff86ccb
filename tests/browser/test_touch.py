"""A phone in the hand: figures slide under the finger and answer to a tap."""

import pytest
from pictures import PHONE
from playwright.sync_api import Locator, Page

from conftest import Visit, Visits

pytestmark = pytest.mark.browser

SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.fixture
def phone(visits: Visits) -> Visit:
    return visits.open(size=PHONE, touch=True)


def swipe(page: Page, over: Locator, right: int, down: int) -> None:
    """Slide a finger from the middle of that element."""
    over.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = over.bounding_box()
    assert box
    finger = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 300)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 13):
        at = {"x": x + right * step / 12, "y": y + down * step / 12}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        page.wait_for_timeout(16)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(500)


def test_a_finger_that_slides_over_a_figure_moves_the_page(address: str, phone: Visit):
    phone.go(f"{address}/tensions")
    figure = phone.page.locator(".st-key-tension")
    figure.scroll_into_view_if_needed()
    before = phone.page.evaluate(SCROLLED)
    swipe(phone.page, figure, 0, -150)
    assert phone.page.evaluate(SCROLLED) > before + 50


def test_the_matrix_slides_sideways_while_the_page_stays_as_wide_as_the_phone(address: str, phone: Visit):
    phone.go(f"{address}/tensions?vue=Matrice")
    matrix = phone.page.locator(".st-key-matrice")
    swipe(phone.page, matrix, -150, 0)
    assert matrix.evaluate("element => element.scrollLeft") > 50
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_tap_on_the_matrix_opens_the_pair(address: str, phone: Visit):
    phone.go(f"{address}/tensions?vue=Matrice")
    matrix = phone.page.locator(".st-key-matrice")
    matrix.scroll_into_view_if_needed()
    # The second cell of the first row: the two countries that most articles name.
    box = matrix.locator(".nsewdrag").bounding_box()
    assert box
    phone.page.touchscreen.tap(box["x"] + box["width"] * 1.5 / 14, box["y"] + box["height"] * 0.5 / 14)
    phone.linked("paire", ["Russie – États-Unis"])
