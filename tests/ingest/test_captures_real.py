"""The three real captures kept beside the repository, article by article."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.ingest.article import Article
from dashboard.ingest.captures import read
from dashboard.ingest.merge import merge

FOREIGN = (
    "Lire la suite", "Newsletter", "Détenteur d'un master", "Facebook", "Mentions légales",
    "Scroll to top", "Crédit photo",
    "lri-ipad", "Archives du mot-clé", "Tribune à la une", "Sur le même sujet", "Tous droits réservés",
    "Pourparlers Russie USA",
)  # fmt: skip


@pytest.fixture(scope="module")
def seeds(shared: Path) -> dict[str, list[Article]]:
    files = {path.name[:3]: path for path in sorted((shared / "seeds").glob("*.txt"))}
    return {name: [a for a in read(path) if isinstance(a, Article)] for name, path in files.items()}


def test_they_hold_ten_ten_and_one_with_seven_teasers(seeds: dict[str, list[Article]]) -> None:
    assert {name: len(found) for name, found in seeds.items()} == {"000": 10, "002": 10, "004": 8}
    assert [a.partial for a in seeds["004"]] == [False] + [True] * 7
    assert [sum(not a.partial for a in seeds[name]) for name in ("000", "002")] == [2, 3]


def test_every_title_is_a_line_of_the_page_and_every_link_is_a_title(
    seeds: dict[str, list[Article]], shared: Path
) -> None:
    for path in (shared / "seeds").glob("*.txt"):
        page = [line.strip() for line in path.read_text("utf-8").split("\n")]
        found = {article.title for article in seeds[path.name[:3]]}
        assert found <= set(page)
        linked = {line.rpartition("Lire la suite ")[2] for line in page if line.startswith("Lire la suite")}
        assert linked <= found


def test_no_body_holds_what_is_not_its_own(seeds: dict[str, list[Article]]) -> None:
    for article in (a for found in seeds.values() for a in found):
        assert not [words for words in FOREIGN if words in article.text]
        assert article.title not in article.text


def test_tags_sections_and_author_are_those_of_the_page(seeds: dict[str, list[Article]]) -> None:
    assert {a.tags for a in seeds["000"]} == {("relations internationales",)}
    assert {a.tags for a in seeds["002"]} == {("russie",)}
    assert (seeds["004"][0].author, seeds["004"][0].section) == ("Etienne Dhuit", "En Continu")
    assert [a.section for a in seeds["004"][1:]] == [
        "Idées", "Grand Angle", "En Continu", "Grand Angle", "En Continu", "En Continu", "En Continu",
    ]  # fmt: skip


def test_days_are_read_where_they_are_said_and_nowhere_else(seeds: dict[str, list[Article]]) -> None:
    assert [a.published.day for a in seeds["000"]] == [None] * 3 + [date(2026, 1, 19)] + [None] * 6
    assert [a.published.day for a in seeds["002"]] == [
        date(2025, 10, 22), None, None, date(2025, 7, 3), None, None, None, date(2025, 6, 27), None,
        date(2025, 6, 16),
    ]  # fmt: skip
    assert [a.published.day for a in seeds["004"]] == [
        date(2021, 12, 29), None, date(2022, 5, 18), date(2022, 5, 18), date(2022, 5, 16), date(2022,
        5, 16), date(2022, 5, 14),
        date(2022, 4, 30),
    ]  # fmt: skip


def test_sub_headings_stay_in_their_article(seeds: dict[str, list[Article]]) -> None:
    bodies = {a.title[:20]: a.text.split("\n\n") for found in seeds.values() for a in found}
    assert {"Chaos", "Soutien à l’Iran"} <= set(bodies["La Chine reçoit les "])
    assert "Situation à Sumy : l’Ukraine affirme avoir contenu les forces russes" in {
        line.replace("\u00a0", " ")
        for line in bodies["Guerre en Ukraine : "] + bodies.get("Guerre en Ukraine\u00a0: ", [])
    }
    assert "En résumé" in bodies["Le Kremlin salue la "]


def test_without_their_links_the_archives_still_give_the_same_titles(
    seeds: dict[str, list[Article]], shared: Path
) -> None:
    for path in sorted((shared / "seeds").glob("00[02]*.txt")):
        page = path.read_text("utf-8").split("\n")
        text = "\n".join(line for line in page if not line.startswith("Lire la suite"))
        assert [a.title for a in read(text) if isinstance(a, Article)] == [
            a.title for a in seeds[path.name[:3]]
        ]


def test_an_article_of_two_archives_is_stored_once_with_both_tags(shared: Path) -> None:
    page = next((shared / "seeds").glob("002*.txt")).read_text("utf-8")
    other = page.replace("Archives du mot-clé russie", "Archives du mot-clé kremlin")
    both = merge(a for text in (page, other) for a in read(text) if isinstance(a, Article))
    assert len(both) == 10
    assert {a.tags for a in both} == {("russie", "kremlin")}
