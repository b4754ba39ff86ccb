"""Harmless changes to a capture, such as lost blank lines or glued ones, leave its articles as they were."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.errors import InputRefused
from dashboard.ingest.article import Article
from dashboard.ingest.captures import read

CAPTURES = Path(__file__).parent / "captures"
ARCHIVES = ["archive.txt", "two_archives_glued.txt"]


def titles(text: str) -> list[str]:
    return [found.title for found in read(text) if isinstance(found, Article)]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def without_blank_lines(text: str) -> str:
    return "\n".join(lines(text))


def with_windows_ends(text: str) -> str:
    return text.replace("\n", "\r\n")


def with_plain_spaces(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


def indented(text: str) -> str:
    return "\n".join(f"   {line} \t" for line in text.split("\n"))


def without_its_first_line(text: str) -> str:
    return text.split("\n", 1)[1]


def twice(text: str) -> str:
    return f"{text}\n{text}"


def with_page_numbers(text: str) -> str:
    return f"{text}\n\n← Articles plus récents\nArticles plus anciens →\n1 2 3 … 9\n"


HARMLESS = [
    without_blank_lines, with_windows_ends, with_plain_spaces, indented, without_its_first_line, twice,
    with_page_numbers,
]  # fmt: skip


@pytest.mark.parametrize("name", ARCHIVES)
@pytest.mark.parametrize("change", HARMLESS)
def test_the_titles_survive_a_harmless_change(name: str, change: Callable[[str], str]) -> None:
    text = (CAPTURES / name).read_text("utf-8")
    assert titles(change(text)) == titles(text)


@pytest.mark.parametrize("name", ARCHIVES)
def test_the_bodies_do_not_depend_on_blank_lines(name: str) -> None:
    text = (CAPTURES / name).read_text("utf-8")
    assert bodies(without_blank_lines(text)) == bodies(text)


def bodies(text: str) -> list[tuple[str, str]]:
    return [(found.title, found.text) for found in read(text) if isinstance(found, Article)]


@given(st.sampled_from(ARCHIVES), st.integers(0, 10_000), st.floats(0.02, 0.3))
@settings(max_examples=60, deadline=None)
def test_lines_glued_at_random_after_a_link_leave_the_titles(name: str, seed: int, share: float) -> None:
    text = (CAPTURES / name).read_text("utf-8")
    chance = random.Random(seed)
    glued = [""]
    for before, line in zip(["", *lines(text)], lines(text), strict=False):
        if before.startswith("Lire la suite") and chance.random() < share * 3:
            glued[-1] += line
        else:
            glued.append(line)
    assert set(titles("\n".join(glued))) == set(titles(text))


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_archives_in_any_order_give_the_same_articles(seed: int) -> None:
    texts = [(CAPTURES / name).read_text("utf-8") for name in [*ARCHIVES, "article_page.txt"]]
    shuffled = random.Random(seed).sample(texts, len(texts))
    assert set(titles("\n".join(shuffled))) == {title for text in texts for title in titles(text)}


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(lines((CAPTURES / "archive.txt").read_text("utf-8")))).map("\n".join)
)
@settings(deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = [article for article in read(text) if isinstance(article, Article)]
    except InputRefused:
        return
    assert len({article.source_key for article in found}) == len(found)
    assert all(article.title for article in found)
