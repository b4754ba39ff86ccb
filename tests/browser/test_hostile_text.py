"""Text of others as a browser shows it: every character there, and nothing made of it."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pictures import _wait

from dashboard.ui.escaping import WORD_JOINER

pytestmark = pytest.mark.browser

PAGE = Path(__file__).with_name("hostile_page.py")
PLACES = {
    "heading": '[data-testid="stHeading"]',
    "text": '[data-testid="stMarkdown"]',
    "caption": '[data-testid="stCaptionContainer"]',
    "button": '[data-testid="stButton"] button p',
}
MADE_OF_IT = "a, em, strong, del, code, img, script, ul, ol, blockquote, table, hr, .katex, [style*=color]"
HOSTILE = [
    "**gras** _italique_ ~~barré~~ `code`",
    "# Titre",
    "1. premier",
    "1) premier",
    "- point",
    "> citation",
    "| a | b |",
    "--- fin ---",
    "[clic](javascript:alert(1))",
    "![image](http://127.0.0.1:9/suivi.png)",
    "<img src=x onerror=alert(1)>",
    "<script>document.title='pris'</script>",
    "&lt;b&gt; &amp; &eacute;",
    ":red[rouge] :smile: :material/home: :streamlit:",
    ":blue-background[fond] :small[petit]",
    "www.exemple.fr et https://exemple.fr/page",
    "ecrire@exemple.fr ou mailto:ecrire@exemple.fr",
    "$x^2$ et $$y$$ et 5 $ contre 6 $",
    "a\\*b \\ fin\\",
    "-> <- => -- ---",
    "[^1]: note",
    "« L’UE — “oui” : 1 234,5 % »",
]


@pytest.fixture(scope="module")
def hostile_page() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(PAGE), "--server.port", str(port)],
        env={**os.environ, "HOSTILE_TEXTS": json.dumps(HOSTILE), "STREAMLIT_SERVER_HEADLESS": "true"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_text_of_others_is_shown_as_it_is_wherever_markdown_is_read(hostile_page, visit):
    visit.page.goto(hostile_page)
    visit.page.locator(f".st-key-case_{len(HOSTILE) - 1} button").wait_for()
    visit.settle()
    for number, text in enumerate(HOSTILE):
        for place, selector in PLACES.items():
            shown = visit.page.locator(f".st-key-case_{number}").locator(selector).first
            assert shown.inner_text().replace(WORD_JOINER, "") == text, place
            assert shown.locator(MADE_OF_IT).count() == 0, (place, text)
    assert "pris" not in visit.page.title()
