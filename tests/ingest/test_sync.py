"""Keeping in step: what changes at a source changes here, and nothing else ever does."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from website import HASTY, Answer, Website, website
from wordpress_site import WordPress, post

from dashboard.corpus import visits
from dashboard.corpus.index import check
from dashboard.corpus.read import open_current
from dashboard.corpus.write import staging
from dashboard.errors import CorpusMissing, InputRefused, WriterBusy
from dashboard.ingest import demo, page_changes, run, sync, visiting
from dashboard.ingest.article import Article
from dashboard.ingest.fetching import Fetcher
from dashboard.ingest.politeness import Manners
from dashboard.ingest.readings import Input, Reading, Report
from dashboard.ingest.sources_file import Source, SourcesFile

XML = {"Content-Type": "application/rss+xml"}
ITEM = "<item><guid>{key}</guid><title>{title}</title><link>https://a.example/{key}</link><pubDate>{day}</pubDate><description>{text}</description></item>"


@dataclass
class Silent:
    """Looks on and remembers."""

    parts: dict[str, Report] = field(default_factory=dict)
    pieces: int = 0

    def begins(self, name: str, position: int, total: int) -> None: ...

    def advances(self, name: str) -> None:
        self.pieces += 1

    def ends(self, name: str, part: Report) -> None:
        self.parts[name] = part

    def closes(self) -> None: ...


@dataclass
class Desk:
    """A corpus and its sources, visited round after round."""

    folder: Path
    sources: tuple[Source, ...] = ()
    last: Silent = field(default_factory=Silent)

    def watch(self, name: str, address: str, **options: Any) -> "Desk":
        source = Source(name, address, allow_private=True, **options)
        return replace(self, sources=(*self.sources, source))

    def round(self, only: tuple[str, ...] = (), manners: Manners = HASTY, **options: Any) -> sync.Round:
        self.last = Silent()
        given = SourcesFile(self.folder.parent / "sources.toml", self.sources)
        return sync.visit_all(self.folder, given, follower=self.last, only=only, manners=manners, **options)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        corpus = open_current(self.folder)
        found = [tuple(row) for row in corpus.query(sql).itertuples(index=False)]
        corpus.close()
        return found

    def titles(self) -> set[str]:
        return {title for (title,) in self.ask("SELECT title FROM article")}

    def health(self, name: str) -> visits.Visits:
        return visits.load(self.folder)[name]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "corpus")


def posts(*numbers: int, **changes: Any) -> list[dict[str, Any]]:
    return [post(n, slug=f"titre-{n}", content=shown(text(n)), **changes) for n in numbers]


def shown(body: str, *, protected: bool = False) -> dict[str, Any]:
    return {"rendered": f"<p>{body}</p>", "protected": protected}


def text(n: int) -> str:
    """Twenty words that no other number shares."""
    return " ".join(f"mot{n}x{i}" for i in range(20))


def counts(report: Report) -> dict[str, int]:
    named = ("new", "changed", "unchanged", "refused", "not_public", "removed")
    return {name: getattr(report, name) for name in named if getattr(report, name)}


def posts_asked(site: Website) -> list[str]:
    """The requests for whole posts since the last time, the light list aside."""
    found = [t for t in site.asked if "/posts?" in t and "excerpt" in t]
    site.asked.clear()
    return found


def feed(entries: Iterable[tuple[str, str, str]], day: str = "Mon, 04 Mar 2024 10:00:00 +0100") -> bytes:
    items = "".join(ITEM.format(key=key, title=title, text=body, day=day) for key, title, body in entries)
    head = "<title>x</title><generator>WordPress</generator>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


# A WordPress site by its API


@pytest.fixture
def wordpress() -> WordPress:
    return WordPress(posts(*range(1, 21)), tags={10: "Otan", 11: "gaz"}, users={1: "Anne d’Arcy", 2: "Paul"})


@pytest.fixture
def site(wordpress: WordPress) -> Iterator[Website]:
    with website(wordpress.routes()) as found:
        yield found


def test_the_first_visit_reads_everything_and_the_next_one_nothing(desk: Desk, site: Website):
    desk = desk.watch("Revue", site.url)
    assert counts(desk.round().report) == {"new": 20}
    posts_asked(site)
    assert counts(desk.round().report) == {"unchanged": 20}
    assert posts_asked(site) == []
    assert desk.ask("SELECT count(*) FROM snapshot") == [(1,)]


def test_every_change_at_the_source_is_followed(desk: Desk, site: Website, wordpress: WordPress):
    desk = desk.watch("Revue", site.url)
    desk.round()
    posts_asked(site)
    by_id = {row["id"]: row for row in wordpress.posts}
    by_id[1].update(modified_gmt="2024-05-01T00:00:00", content=shown(f"Corrigé. {text(99)}"))
    by_id[2]["tags"] = [11]  # retagged: modified stays as it was
    wordpress.posts.remove(by_id[3])
    by_id[4]["content"] = shown("", protected=True)
    long_ago = {"date_gmt": "2011-01-05T09:00:00", "modified_gmt": "2011-01-05T09:00:00"}
    wordpress.posts += posts(21, date="2011-01-05T10:00:00", **long_ago)
    wordpress.posts += posts(22, modified_gmt="2024-02-01T00:00:00")  # scheduled long ago, out today
    report = desk.round().report
    assert counts(report) == {"new": 2, "changed": 2, "unchanged": 16, "not_public": 1, "removed": 2}
    [asked] = posts_asked(site)
    assert "include=1,2,21,22" in asked
    assert {"Titre 21", "Titre 22"} <= desk.titles()
    assert not {"Titre 3", "Titre 4"} & desk.titles()
    assert desk.ask("SELECT tags FROM article WHERE source_key = '2'")[0][0].tolist() == ["gaz"]
    [(corrected,)] = desk.ask("SELECT text FROM article WHERE source_key = '1'")
    assert corrected.startswith("Corrigé.")
    assert desk.ask("SELECT published FROM article WHERE source_key = '21'")[0][0].date() == date(2011, 1, 5)
    assert desk.ask("SELECT source_key, reason FROM removal ORDER BY ALL") == [
        ("3", "absent de la liste du site"),
        ("4", "absent de la liste du site"),
    ]
    assert counts(desk.round().report) == {"unchanged": 20, "not_public": 1}


def test_a_renamed_tag_and_a_renamed_author_are_followed_though_no_post_was_modified(
    desk: Desk, site: Website, wordpress: WordPress
):
    desk = desk.watch("Revue", site.url)
    by_id = {row["id"]: row for row in wordpress.posts}
    for number in (5, 6):
        by_id[number]["tags"] = [10, 11]
    by_id[7]["author"] = 2
    desk.round()
    wordpress.tags[11] = "gaz naturel"
    assert counts(desk.round().report) == {"changed": 2, "unchanged": 18}
    assert wordpress.users
    wordpress.users[2] = "Paule"
    assert counts(desk.round().report) == {"changed": 1, "unchanged": 19}
    assert desk.ask("SELECT author FROM article WHERE source_key = '7'") == [("Paule",)]
    [(tags,)] = desk.ask("SELECT tags FROM article WHERE source_key = '6'")
    assert tags.tolist() == ["Otan", "gaz naturel"]


def test_a_renamed_author_is_followed_where_the_site_lists_no_users(desk: Desk, wordpress: WordPress):
    wordpress.users = None
    for row in wordpress.posts:
        row["_embedded"] = {"author": [{"name": "Anne"}]}
    with website(wordpress.routes()) as site:
        desk = desk.watch("Revue", site.url)
        desk.round()
        wordpress.posts[0]["_embedded"] = {"author": [{"name": "Anna"}]}
        assert counts(desk.round().report) == {"changed": 1, "unchanged": 19}
    assert desk.ask("SELECT author FROM article WHERE source_key = '1'") == [("Anna",)]


def test_a_protected_post_that_opens_and_a_removed_one_that_comes_back_are_read(
    desk: Desk, site: Website, wordpress: WordPress
):
    desk = desk.watch("Revue", site.url)
    removed = wordpress.posts.pop()
    wordpress.posts[0]["content"]["protected"] = True
    assert counts(desk.round().report) == {"new": 18, "not_public": 1}
    wordpress.posts[0]["content"]["protected"] = False
    wordpress.posts.append(removed)
    assert counts(desk.round().report) == {"new": 2, "unchanged": 18}


def test_when_more_than_half_changed_the_whole_is_read_page_by_page(
    desk: Desk, site: Website, wordpress: WordPress
):
    desk = desk.watch("Revue", site.url)
    desk.round()
    posts_asked(site)
    wordpress.tags[10] = "OTAN"
    assert counts(desk.round().report) == {"changed": 20}
    assert all("include" not in asked for asked in posts_asked(site))


@pytest.mark.parametrize("shown", [0, 5])
def test_a_broken_list_removes_nothing_and_is_told(
    desk: Desk, site: Website, wordpress: WordPress, shown: int
):
    desk = desk.watch("Revue", site.url)
    desk.round()
    everything = wordpress.posts
    wordpress.posts = everything[:shown]
    found = desk.round()
    assert "Par prudence, rien n’est retiré" in found.failed["Revue"]
    assert len(desk.titles()) == 20
    wordpress.posts = everything
    assert desk.round().failed == {}
    assert len(desk.titles()) == 20


def test_a_large_removal_that_is_confirmed_is_followed_and_the_source_fails_no_more(
    desk: Desk, site: Website, wordpress: WordPress
):
    desk = desk.watch("Revue", site.url)
    desk.round()
    wordpress.posts = wordpress.posts[:5]
    assert '--confirmer-les-retraits (et, pour vigie sync, --only "Revue")' in desk.round().failed["Revue"]
    found = desk.round(confirmed=True)
    assert (found.failed, counts(found.report)) == ({}, {"unchanged": 5, "removed": 15})
    assert len(desk.titles()) == 5
    assert desk.round().failed == {}


def test_a_list_shorter_than_the_site_counts_removes_nothing_yet_adds(desk: Desk, wordpress: WordPress):
    class Miscounting(WordPress):
        def _rows(self, site: Website, target: str, headers: dict[str, str]) -> Answer:
            answer = super()._rows(site, target, headers)
            if "/posts" in target and "excerpt" not in target:
                answer.headers["X-WP-Total"] = "99"
            return answer

    other = Miscounting(wordpress.posts, wordpress.tags, wordpress.categories, wordpress.users)
    with website(other.routes()) as site:
        desk = desk.watch("Revue", site.url)
        found = desk.round()
        assert "liste des articles est incomplète" in found.failed["Revue"]
        assert len(desk.titles()) == 20
        other.posts = [*other.posts[1:], *posts(30)]
        assert counts(desk.round().report) == {"new": 1, "unchanged": 19}
    assert {"Titre 1", "Titre 30"} <= desk.titles()


def test_an_article_published_while_the_site_is_read_is_not_taken_for_a_removed_one(
    desk: Desk, wordpress: WordPress
):
    class Lively(WordPress):
        def _rows(self, site: Website, target: str, headers: dict[str, str]) -> Answer:
            answer = super()._rows(site, target, headers)
            if "/posts" in target and "slug" in target and len(self.posts) == 20:
                self.posts += posts(21)
            return answer

    with website(Lively(wordpress.posts, wordpress.tags, users=wordpress.users).routes()) as site:
        desk = desk.watch("Revue", site.url)
        assert counts(desk.round().report) == {"new": 21}
        assert counts(desk.round().report) == {"unchanged": 21}


def test_a_corpus_put_back_to_an_older_state_mends_itself(desk: Desk, site: Website, wordpress: WordPress):
    desk = desk.watch("Revue", site.url)
    desk.round()
    pointer = desk.folder / "CURRENT"
    first = pointer.read_text()
    wordpress.posts += posts(21)
    desk.round()
    pointer.write_text(first)
    assert counts(desk.round().report) == {"new": 1, "unchanged": 20}


def test_a_damaged_memory_is_told_and_costs_nothing_but_a_full_reading(desk: Desk, site: Website):
    desk = desk.watch("Revue", site.url)
    desk.round()
    for damage in ("{", '{"sources": 3}', '{"sources": {"Revue": {"visited": "hier"}}}', "[]"):
        (desk.folder / visits.FILE_NAME).write_text(damage)
        found = desk.round()
        assert found.notices == [visits.NOT_READ]
        assert counts(found.report) == {"unchanged": 20}
        assert desk.round().notices == []


def test_what_was_read_before_a_failure_is_kept_and_the_next_round_goes_on(desk: Desk):
    class Tiring(WordPress):
        tired = True

        def _rows(self, site: Website, target: str, headers: dict[str, str]) -> Answer:
            if self.tired and "/posts" in target and "excerpt" in target and "page=2" in target:
                return Answer(b"", 503)
            return super()._rows(site, target, headers)

    tiring = Tiring(posts(*range(1, 151)))
    with website(tiring.routes()) as site:
        desk = desk.watch("Revue", site.url)
        found = desk.round()
        assert (counts(found.report), list(found.failed)) == ({"new": 100}, ["Revue"])
        tiring.tired = False
        assert counts(desk.round().report) == {"new": 50, "unchanged": 100}


# Feeds


@dataclass
class Wire:
    """A feed of pages of ten, newest first, with the marks that WordPress gives."""

    entries: list[tuple[str, str, str]]
    honest: bool = True

    def __call__(self, site: Website, target: str, headers: dict[str, str]) -> Answer:
        mark = f'"{hash(tuple(self.entries))}"'
        if headers.get("if-none-match") == mark:
            return Answer(b"", 304, {"ETag": mark})
        page = int(target.partition("paged=")[2] or 1)
        shown = self.entries[(page - 1) * 10 : page * 10]
        return Answer(feed(shown), 200 if shown else 404, {**XML, "ETag": mark})


def entry(n: int) -> tuple[str, str, str]:
    return (f"cle-{n}", f"Titre {n}", text(n))


def test_a_feed_is_walked_to_its_end_once_and_then_only_down_to_what_is_known(desk: Desk):
    wire = Wire([entry(n) for n in range(120, 0, -1)])
    with website({"/feed": wire}) as site:
        desk = desk.watch("Agence", f"{site.url}/feed")
        assert counts(desk.round().report) == {"new": 120}
        site.asked.clear()
        assert counts(desk.round().report) == {}
        assert site.pages_asked() == ["/feed"]
        wire.entries = [entry(122), entry(121), *wire.entries]
        site.asked.clear()
        assert counts(desk.round().report)["new"] == 2
        assert site.pages_asked() == ["/feed", "/feed?paged=2", "/feed?paged=3", "/feed?paged=4"]
    assert len(desk.titles()) == 122


def test_a_corrected_entry_is_corrected_and_one_that_leaves_the_feed_stays(desk: Desk):
    wire = Wire([entry(n) for n in range(8, 0, -1)])
    with website({"/feed": wire}) as site:
        desk = desk.watch("Agence", f"{site.url}/feed")
        desk.round()
        wire.entries = [("cle-8", "Titre corrigé", text(8)), *wire.entries[1:4]]
        assert counts(desk.round().report) == {"changed": 1, "unchanged": 3}
    assert desk.titles() == {"Titre corrigé", *(f"Titre {n}" for n in range(1, 8))}
    assert desk.ask("SELECT count(*) FROM removal") == [(0,)]


def test_a_feed_whose_first_walk_broke_off_is_walked_to_its_end_next_time(desk: Desk):
    wire = Wire([entry(n) for n in range(60, 0, -1)])
    broken = {"/feed": wire, "/feed?paged=4": Answer(b"", 503)}
    with website(broken) as site:
        desk = desk.watch("Agence", f"{site.url}/feed")
        found = desk.round()
        assert (counts(found.report), list(found.failed)) == ({"new": 30}, ["Agence"])
        del broken["/feed?paged=4"]
        site.routes.pop("/feed?paged=4", None)
        assert counts(desk.round().report) == {"new": 30, "unchanged": 30}


def test_a_list_of_feeds_is_followed_feed_by_feed(desk: Desk):
    one, two = Wire([entry(1), entry(2)]), Wire([entry(3)])
    outlines = "".join(f'<outline type="rss" xmlUrl="{{0}}/{name}"/>' for name in ("un", "deux", "trois"))
    opml = f'<?xml version="1.0"?><opml version="2.0"><body>{outlines}</body></opml>'
    with website({"/un": one, "/deux": two}) as site:
        site.routes["/liste.opml"] = Answer(
            opml.format(site.url).encode(), 200, {"Content-Type": "text/x-opml"}
        )
        desk = desk.watch("Liste", f"{site.url}/liste.opml")
        assert counts(desk.round().report) == {"new": 3, "refused": 1}
        two.entries = [entry(4), *two.entries]
        assert counts(desk.round().report) == {"new": 1, "unchanged": 1, "refused": 1}
    assert len(desk.titles()) == 4


@pytest.mark.slow
def test_a_year_of_daily_visits_to_the_same_feed_moves_no_count(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    """Every day the feed has another ETag and the entries in another order: a site that is never the same."""
    monkeypatch.setattr(os, "fsync", lambda _handle: None)
    entries = [entry(n) for n in range(12)]
    today = [date(2024, 1, 1)]

    def shuffled(site: Website, target: str, headers: dict[str, str]) -> Answer:
        turn = today[0].toordinal() % len(entries)
        shown = entries[turn:] + entries[:turn]
        return (
            Answer(feed(shown), 200, {**XML, "ETag": f'"{today[0]}"'})
            if "paged" not in target
            else Answer(b"", 404)
        )

    with website({"/feed": shuffled}) as site:
        desk = desk.watch("Agence", f"{site.url}/feed")
        desk.round()
        everything = "SELECT sum(hash(article)) AS h FROM article"
        before = (desk.folder / "CURRENT").read_text(), desk.ask(everything)
        for _ in range(365):
            today[0] += timedelta(days=1)
            report = desk.round().report
            assert counts(report) == {"unchanged": 12}
        assert ((desk.folder / "CURRENT").read_text(), desk.ask(everything)) == before


def test_a_site_whose_api_is_off_is_read_by_its_feed_and_anew_once_the_api_is_back(
    desk: Desk, wordpress: WordPress, monkeypatch: pytest.MonkeyPatch
):
    wordpress.posts = wordpress.posts[:5]
    entries = [
        (f"https://site.example/?p={n}", f"Titre {n}", f"{text(n)} par le flux") for n in range(5, 0, -1)
    ]
    off = {name: Answer(b"", 403) for name in wordpress.routes() if "wp/v2" in name}
    with website({**wordpress.routes(), **off, "/feed/": Wire(entries)}) as site:
        desk = desk.watch("Revue", site.url)
        assert counts(desk.round().report) == {"new": 5}
        assert desk.health("Revue").memory.road == "ses flux"
        site.routes.update(wordpress.routes())
        assert counts(desk.round().report) == {}
        monkeypatch.setattr(visiting, "LOOK_AROUND", timedelta(0))
        assert counts(desk.round().report) == {"changed": 5}
        assert desk.health("Revue").memory.road == "l’API WordPress"
        assert counts(desk.round().report) == {"unchanged": 5}


# Sites read by their pages


PAGE = """<html lang="fr"><head><title>{title}</title><meta property="og:type" content="article">
<meta property="article:published_time" content="2024-03-0{day}T10:00:00+01:00">
<link rel="canonical" href="{url}"></head>
<body><article><h1>{title}</h1><p>{text}.</p><p>{more}.</p></article></body></html>"""


@dataclass
class Pages:
    """A site with a sitemap and pages, nothing else."""

    shown: dict[str, str]

    def serve(self, site: Website) -> None:
        site.routes.clear()
        site.routes["/"] = Answer(b"<html><body>accueil</body></html>", 200, {"Content-Type": "text/html"})
        listed = "".join(f"<url><loc>{site.url}/{name}</loc></url>" for name in self.shown)
        body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
        site.routes["/sitemap.xml"] = Answer(body.encode(), 200, {"Content-Type": "application/xml"})
        for n, (name, title) in enumerate(self.shown.items()):
            page = PAGE.format(
                title=title, day=n % 9 + 1, url=f"{site.url}/{name}", text=text(n), more=text(n + 500)
            )
            site.routes[f"/{name}"] = Answer(page.encode(), 200, {"Content-Type": "text/html; charset=utf-8"})


def test_of_a_sitemap_only_unknown_pages_and_a_handful_of_known_ones_are_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(page_changes, "READ_AGAIN", 2)
    pages = Pages({f"a{n}": f"Le titre de l’article {n}" for n in range(6)})
    with website({}) as site:
        pages.serve(site)
        desk = desk.watch("Site", site.url)
        found = desk.round()
        assert found.failed == {}
        assert found.report.new == 6
        pages.shown["a6"] = "Le titre tout nouveau"
        pages.serve(site)
        read = []
        for _ in range(4):
            site.asked.clear()
            desk.round()
            read.append([t for t in site.pages_asked() if t.startswith("/a")])
        assert read[0] == ["/a6", "/a2", "/a3"]
        assert read[1:] == [["/a4", "/a5"], ["/a6", "/a0"], ["/a1", "/a2"]]
        assert len(desk.titles()) == 7


def test_a_corrected_page_is_found_in_its_turn(desk: Desk):
    pages = Pages({f"a{n}": f"Le titre de l’article {n}" for n in range(3)})
    with website({}) as site:
        pages.serve(site)
        desk = desk.watch("Site", site.url)
        desk.round()
        pages.shown["a1"] = "Court"
        pages.serve(site)
        assert counts(desk.round().report) == {"changed": 1, "unchanged": 2}
    assert "Court" in desk.titles()


def test_a_page_that_is_missing_three_visits_in_a_row_is_removed_with_the_reason(desk: Desk):
    pages = Pages({f"a{n}": f"Le titre de l’article {n}" for n in range(4)})
    with website({}) as site:
        pages.serve(site)
        desk = desk.watch("Site", site.url)
        desk.round()
        gone = site.routes.pop("/a2")
        assert [counts(desk.round().report) for _ in range(2)] == [{"unchanged": 3}] * 2
        site.routes["/a2"] = gone
        assert counts(desk.round().report) == {"unchanged": 4}  # it was only a bad day
        del site.routes["/a2"]
        assert [desk.round().report.removed for _ in range(4)] == [0, 0, 1, 0]
        assert desk.ask("SELECT title, reason FROM removal") == [
            ("Le titre de l’article 2", "page absente à 3 visites de suite (404)")
        ]
        site.routes["/a2"] = gone
        assert desk.round().report.new == 1


# Files


def test_a_file_is_read_again_only_when_it_changed(desk: Desk, tmp_path: Path):
    exports = tmp_path / "exports"
    exports.mkdir()
    for n in range(3):
        (exports / f"{n}.csv").write_text(f"id,title,text\n{n},Titre {n},{text(n)}\n", encoding="utf-8")
    desk = desk.watch("Exports", str(exports))
    assert counts(desk.round().report) == {"new": 3}
    assert counts(desk.round().report) == {}
    (exports / "1.csv").write_text(f"id,title,text\n1,Titre corrigé,{text(1)}\n", encoding="utf-8")
    assert counts(desk.round().report) == {"changed": 1}
    (exports / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (exports / "4.csv").write_text(f"id,title,text\n4,Titre 4,{text(4)}\n", encoding="utf-8")
    found = desk.round()
    assert counts(found.report) == {"new": 1}
    assert "image.png" in found.failed["Exports"]


def test_the_columns_and_the_time_zone_of_a_source_are_kept_to(desk: Desk, tmp_path: Path):
    path = tmp_path / "d.csv"
    path.write_text("num;accroche;quand\n1;Un titre;2024-03-01T23:30:00Z\n", encoding="utf-8")
    columns = {"id": "num", "title": "accroche", "published": "quand"}
    desk = desk.watch("Tokyo", str(path), timezone="Asia/Tokyo", columns=columns)
    desk.round()
    [(day, title)] = desk.ask("SELECT published, title FROM article")
    assert (day.date(), title) == (date(2024, 3, 2), "Un titre")


# Rounds


def test_a_source_that_fails_or_breaks_does_not_keep_the_others_out(
    desk: Desk, site: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    real = Fetcher.get

    def get(self: Fetcher, url: str, **options: Any) -> Any:
        if "imprevu" in url:
            raise ZeroDivisionError
        return real(self, url, **options)

    monkeypatch.setattr(Fetcher, "get", get)
    slow = Answer(b"<rss>" + b" " * 50, 200, XML, trickle=0.2)
    with website({"/feed": slow}) as sleepy:
        desk = (
            desk.watch("Lente", f"{sleepy.url}/feed")
            .watch("Absente", str(tmp_path / "rien.csv"))
            .watch("Cassée", f"{site.url}/imprevu")
            .watch("Revue", site.url)
        )
        found = desk.round(manners=Manners(pause=0, tries=1, deadline=0.5))
    assert list(found.failed) == ["Lente", "Absente", "Cassée"]
    assert "n’a pas répondu" in found.failed["Lente"]
    assert "erreur imprévue (ZeroDivisionError)" in found.failed["Cassée"]
    assert found.report.new == 20
    assert desk.health("Revue").error == ""
    assert desk.health("Absente").failures == 1


def test_the_health_of_a_source_tells_since_when_it_fails(desk: Desk, tmp_path: Path):
    path = tmp_path / "un.csv"
    desk = desk.watch("Exports", str(path))
    desk.round()
    first = desk.health("Exports")
    desk.round()
    second = desk.health("Exports")
    assert (second.failures, second.failing_since, second.succeeded) == (2, first.failing_since, "")
    assert "un.csv" in second.error
    path.write_text("id,title\n1,Un titre\n", encoding="utf-8")
    desk.round()
    third = desk.health("Exports")
    assert (third.failures, third.failing_since, third.error) == (0, "", "")
    assert third.succeeded == third.visited


def test_only_one_source_is_visited_when_it_is_named_and_the_others_stay_remembered(
    desk: Desk, site: Website, tmp_path: Path
):
    desk = desk.watch("Revue", site.url).watch("Absente", str(tmp_path / "rien.csv"))
    desk.round()
    found = desk.round(only=("Revue",))
    assert found.failed == {}
    assert desk.health("Absente").failures == 1
    with pytest.raises(InputRefused, match="Aucune source ne s’appelle «\u00a0Revu\u00a0»"):
        desk.round(only=("Revu",))


def test_a_source_taken_off_the_file_is_forgotten_and_its_articles_stay(
    desk: Desk, site: Website, tmp_path: Path
):
    desk = desk.watch("Revue", site.url).watch("Absente", str(tmp_path / "rien.csv"))
    desk.round()
    replace(desk, sources=desk.sources[1:]).round()
    assert set(visits.load(desk.folder)) == {"Absente"}
    assert len(desk.titles()) == 20


def test_a_source_that_moves_to_another_address_is_read_anew(desk: Desk, site: Website, wordpress: WordPress):
    desk.watch("Revue", site.url).round()
    with website(wordpress.routes()) as other:
        assert counts(desk.watch("Revue", other.url).round().report) == {"unchanged": 20}
        assert posts_asked(other)


def test_everything_read_is_accounted_for_and_a_round_is_one_snapshot(
    desk: Desk, site: Website, wordpress: WordPress
):
    protected, empty = {"rendered": "", "protected": True}, {"rendered": ""}
    wordpress.posts += [post(30, content=protected), post(31, title=empty, content=empty)]
    copies = [(f"c{n}", f"Titre {n}", text(n)) for n in range(1, 6)]
    with website({"/feed": Wire(copies)}) as agency:
        desk = desk.watch("Revue", site.url).watch("Agence", f"{agency.url}/feed")
        report = desk.round().report
        assert counts(report) == {"new": 25, "refused": 1, "not_public": 1}
        assert report.read == 27 == desk.last.pieces
        assert report.duplicates == 5
        assert desk.ask("SELECT count(*) FROM counted") == [(20,)]
        assert desk.ask("SELECT count(*) FROM snapshot") == [(1,)]
        again = desk.round().report
        assert again.read == again.unchanged + again.refused + again.not_public
    with staging(desk.folder, reason="contrôle", coder="0") as change:
        assert check(change.connection) == []


def test_a_round_that_is_told_to_stop_keeps_what_it_read_and_goes_on_later(desk: Desk, site: Website):
    desk = desk.watch("Revue", site.url)
    found = desk.round(stop=lambda: desk.last.pieces >= 7)
    assert (found.interrupted, counts(found.report)) == (True, {"new": 7})
    assert desk.health("Revue").visited == ""
    assert counts(desk.round().report) == {"new": 13, "unchanged": 7}


@pytest.mark.parametrize("after", range(0, 21, 5))
def test_a_stop_is_never_taken_for_a_removal(desk: Desk, site: Website, wordpress: WordPress, after: int):
    wordpress.posts = wordpress.posts[:8]
    desk = desk.watch("Revue", site.url)
    desk.round()
    desk.round(stop=lambda: desk.last.pieces >= after)
    assert len(desk.titles()) == 8


def test_a_source_that_takes_too_long_gives_way(desk: Desk, site: Website, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sync, "LONGEST_VISIT", -1.0)
    desk = desk.watch("Revue", site.url)
    assert "la visite dure trop" in desk.round().failed["Revue"]


def test_two_rounds_at_once_the_second_leaves(desk: Desk, site: Website):
    desk = desk.watch("Revue", site.url)
    with staging(desk.folder, reason="autre", coder="0"), pytest.raises(WriterBusy):
        desk.round()
    assert not (desk.folder / visits.FILE_NAME).exists()


def test_a_slow_site_keeps_nobody_from_reading_a_file_and_loses_nothing_by_it(desk: Desk, tmp_path: Path):
    """What happens while the site answers happens in its answer."""
    entry = Article(source="Exports", source_key="1", title="Lu entre-temps", text="")
    done = []

    def slow(site: Website, target: str, headers: dict[str, str]) -> Answer:
        if not done:
            done.append(target)
            run.ingest(desk.folder, [Input("a", lambda: Reading("tableau CSV", [entry]))], reason="essai")
            with pytest.raises(WriterBusy):
                desk.watch("Autre", str(tmp_path)).round()
        return Answer(feed([("1", "Venu de loin", text(1))]), headers=XML)

    with website({"/flux": slow}) as site:
        found = desk.watch("Lente", f"{site.url}/flux").round()
    assert done
    assert (found.failed, counts(found.report)) == ({}, {"new": 1})
    assert desk.titles() == {"Lu entre-temps", "Venu de loin"}
    assert desk.health("Lente").error == ""


def test_what_a_round_has_read_waits_for_who_writes_just_then(desk: Desk):
    writing, threads = threading.Event(), []

    def hold() -> None:
        with staging(desk.folder, reason="autre", coder="0"):
            writing.set()
            time.sleep(1)

    def slow(site: Website, target: str, headers: dict[str, str]) -> Answer:
        if not threads:
            threads.append(threading.Thread(target=hold))
            threads[0].start()
            writing.wait(30)
        return Answer(feed([("1", "Venu de loin", text(1))]), headers=XML)

    with website({"/flux": slow}) as site:
        desk.watch("Lente", f"{site.url}/flux").round()
    threads[0].join()
    assert desk.titles() == {"Venu de loin"}


# The command itself, in a process of its own


def command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "dashboard.cli", "sync", "--corpus", str(folder), *words]


def run_command(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(folder), capture_output=True, text=True, check=False, timeout=60)


def sources_toml(folder: Path, sources: Mapping[str, str]) -> Path:
    path = folder / "sources.toml"
    blocks = [
        f"[[source]]\nname = {json.dumps(n)}\naddress = {json.dumps(a)}\nallow_private = true\n"
        for n, a in sources.items()
    ]
    path.write_text("\n".join(blocks), encoding="utf-8")
    return path


def test_the_command_tells_each_source_and_leaves_with_one_when_a_source_failed(tmp_path: Path):
    (tmp_path / "un.csv").write_text("id,title\n1,Un titre\n", encoding="utf-8")
    sources_toml(tmp_path, {"Exports": "un.csv", "Absente": "rien.csv"})
    done = run_command(tmp_path / "corpus")
    assert done.returncode == 1, done.stderr
    assert "1/2 Exports\u00a0: 1 nouveau, 0\u00a0modifié, 0\u00a0inchangé." in done.stdout
    assert "En échec\u00a0: 1\u00a0source (Absente)." in done.stdout
    assert "\x1b" not in done.stdout + done.stderr


def test_a_round_of_which_nobody_reads_the_lines_is_finished_all_the_same(tmp_path: Path):
    (tmp_path / "un.csv").write_text("id,title\n1,Un titre\n", encoding="utf-8")
    (tmp_path / "deux.csv").write_text("id,title\n1,Un autre\n", encoding="utf-8")
    sources_toml(tmp_path, {"Un": "un.csv", "Deux": "deux.csv"})
    left, pipe = os.pipe()
    os.close(left)
    done = subprocess.run(
        command(tmp_path / "corpus"), stdout=pipe, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(pipe)
    assert (done.returncode, done.stderr) == (0, "")
    assert Desk(tmp_path / "corpus").titles() == {"Un titre", "Un autre"}


def test_the_command_confirms_removals_of_one_source_and_one_visit_only(tmp_path: Path, wordpress: WordPress):
    folder = tmp_path / "corpus"
    with website(wordpress.routes()) as site:
        sources_toml(tmp_path, {"Revue": site.url})
        desk = Desk(folder).watch("Revue", site.url)
        desk.round()
        wordpress.posts = wordpress.posts[:5]
        for words in ((), ("--only", "Revue", "--every", "1h")):
            asked = command(folder, "--confirmer-les-retraits", *words)
            assert subprocess.run(asked, capture_output=True, check=False, timeout=60).returncode == 2
        assert len(desk.titles()) == 20
        asked = command(folder, "--confirmer-les-retraits", "--only", "Revue")
        done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout
    assert "15\u00a0retirés" in done.stdout
    assert len(desk.titles()) == 5


def test_a_site_read_by_hand_keeps_what_it_misses_unless_the_removal_is_confirmed(
    tmp_path: Path, wordpress: WordPress
):
    with website(wordpress.routes()) as site:
        words = [sys.executable, "-m", "dashboard.cli", "ingest", site.url, "--allow-private"]
        words += ["--corpus", str(tmp_path)]
        for shown, told, code, held in (
            (20, [], 0, 20),
            (5, [], 1, 20),
            (5, ["--confirmer-les-retraits"], 0, 5),
        ):
            wordpress.posts = wordpress.posts[:shown]
            done = subprocess.run([*words, *told], capture_output=True, text=True, check=False, timeout=120)
            assert (done.returncode, len(Desk(tmp_path).titles())) == (code, held)
            assert ("--confirmer-les-retraits" in done.stderr) is bool(code)


def test_the_chronicle_gives_way_to_the_first_article_of_a_round(desk: Desk, tmp_path: Path):
    entry = Article(source=demo.SOURCE, source_key="1", title="Une entrée", text="")
    run.ingest(desk.folder, [Input("a", lambda: Reading("chronique", [entry]))], reason="essai")
    (tmp_path / "un.csv").write_text("id,title\n1,Un titre\n", encoding="utf-8")
    desk.watch("Exports", str(tmp_path / "un.csv")).round()
    assert desk.titles() == {"Un titre"}


def test_the_command_leaves_with_75_while_another_writer_is_at_work(tmp_path: Path):
    (tmp_path / "un.csv").write_text("id,title\n1,Un titre\n", encoding="utf-8")
    sources_toml(tmp_path, {"Exports": "un.csv"})
    with staging(tmp_path / "corpus", reason="autre", coder="0"):
        done = run_command(tmp_path / "corpus")
    assert done.returncode == 75
    assert "Une autre mise à jour" in done.stderr


def test_a_killed_round_leaves_the_snapshot_whole_and_the_next_one_goes_on(desk: Desk, tmp_path: Path):
    waiting, over = threading.Event(), threading.Event()

    def stuck(site: Website, target: str, headers: dict[str, str]) -> Answer:
        waiting.set()
        over.wait(30)
        return Answer(b"", 404)

    exports = tmp_path / "un.csv"
    exports.write_text("id,title\n1,Un titre\n", encoding="utf-8")
    desk = desk.watch("Exports", str(exports))
    desk.round()
    before = (desk.folder / "CURRENT").read_text()
    exports.write_text("id,title\n1,Un titre\n2,Un autre\n", encoding="utf-8")
    with website({"/lent": stuck}) as site:
        sources_toml(tmp_path, {"Exports": "un.csv", "Lente": f"{site.url}/lent"})
        process = subprocess.Popen(command(desk.folder), stdout=subprocess.DEVNULL)
        try:
            assert waiting.wait(60)
        finally:
            process.kill()
            process.wait(timeout=20)
            over.set()
    assert (desk.folder / "CURRENT").read_text() == before
    assert desk.titles() == {"Un titre"}
    assert counts(desk.round().report) == {"new": 1, "unchanged": 1}
    assert not list(desk.folder.glob("staging-*"))


def test_every_so_often_goes_on_through_failing_rounds_until_it_is_told_to_stop(tmp_path: Path):
    corpus = tmp_path / "corpus"
    process = subprocess.Popen(command(corpus, "--every", "1h"), stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("Prochaine visite"):
                break
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.wait(timeout=20)
        process.stdout.close()
    assert "Il n’y a pas de fichier de sources" in said
    with pytest.raises(CorpusMissing):
        open_current(corpus)
