"""Tables in a real browser: their numbers are French and sorted as numbers, whatever its language."""

import re

import pytest

from conftest import Visits

pytestmark = pytest.mark.browser

NAMED = "Nomment les deux pays"
TABLE = '[data-testid="stDataFrame"]'
# A table is a drawing; what it tells is what its ink writes.
NOTE_WHAT_IS_DRAWN = """
  const write = CanvasRenderingContext2D.prototype.fillText;
  window.drawn = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
    window.drawn.push({ text, x, y });
    return write.call(this, text, x, y, ...more);
  };
"""


def test_numbers_are_french_in_an_english_browser_and_sorted_as_numbers(address: str, visits: Visits):
    visit = visits.open(locale="en-US")
    visit.page.add_init_script(NOTE_WHAT_IS_DRAWN)
    visit.go(f"{address}/tensions?paire=Russie+–+Ukraine&maille=trimestre")
    visit.page.get_by_role("tab", name="Données").first.click()
    table = visit.page.locator(TABLE).first
    table.locator("canvas th").filter(has_text=NAMED).wait_for(state="attached")
    visit.page.wait_for_function("window.drawn.some(({ text }) => /^[0-9]+,[0-9]$/.test(text))")
    drawn = visit.page.evaluate("window.drawn")
    assert not [one["text"] for one in drawn if re.fullmatch(r"-?\d+\.\d+|\d+,\d{3}", one["text"])]

    assert "None" not in [one["text"] for one in drawn]

    head = next(one for one in drawn if one["text"] == NAMED)
    column = table.locator("canvas th").all_text_contents().index(NAMED)
    table.click(position={"x": head["x"] + 5, "y": head["y"]})
    visit.page.wait_for_timeout(500)  # the rows are drawn again, which nothing announces
    rows = table.locator("canvas tbody tr").all()
    told = [int(row.locator("td").nth(column).text_content() or "0") for row in rows]
    assert told in (sorted(told), sorted(told, reverse=True))
    assert min(told) < 10 <= max(told)
