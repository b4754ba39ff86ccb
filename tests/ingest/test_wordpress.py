import json
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from website import Answer, Website, visitor, website
from wordpress_site import HTML, JSON, WordPress, error, post

from dashboard.ingest.answers import FetchFailed
from dashboard.ingest.article import Article, Refused
from dashboard.ingest.pieces import NotPublic
from dashboard.ingest.wordpress import open_site


def read(site: Website, **options):
    with visitor() as fetcher:
        found = open_site(site.url, fetcher, source="essai")
        return found.road, list(found.articles(**options))


def articles(pieces):
    return [piece for piece in pieces if isinstance(piece, Article)]


def test_a_post_is_read_with_its_names_dates_and_number():
    with website(
        WordPress([post(7, content={"rendered": "<p>L&rsquo;Iran.</p><p>Fin.</p>"})]).routes()
    ) as site:
        road, [piece] = read(site)
    assert road.kind == "l’API WordPress"
    assert piece == Article(
        source="essai",
        source_key="7",
        title="Titre 7",
        text="L’Iran.\n\nFin.",
        url="http://site.example/titre-7/",
        author="Anne d’Arcy",
        section="Amériques",
        tags=("défense & sécurité",),
        published=piece.published,
        instant=datetime(2024, 2, 29, 23, 30, tzinfo=UTC),
        modified=datetime(2024, 3, 2, 9, 0, tzinfo=UTC),
    )


def test_the_day_is_the_one_of_the_site_not_the_one_of_greenwich():
    with website(WordPress([post(7)]).routes()) as site:
        _, [piece] = read(site)
    assert piece.published.day == date(2024, 3, 1)
    assert piece.published.basis == "API WordPress\u00a0: date du site"


def test_all_pages_are_read_once_whether_or_not_the_site_counts_them():
    for totals in (True, False):
        wordpress = WordPress([post(number) for number in range(1, 251)], totals=totals)
        with website(wordpress.routes()) as site:
            _, pieces = read(site)
        assert [piece.source_key for piece in pieces] == [str(number) for number in range(1, 251)]


def test_posts_that_are_not_public_are_counted_and_nothing_of_them_is_told():
    hidden = {"rendered": "", "protected": True}
    posts = [
        post(1),
        post(2, content=hidden, title={"rendered": "CANARI"}),
        post(3, status="private", title={"rendered": "CANARI"}),
        post(4, status="draft", title={"rendered": "CANARI"}),
        post(5, status="future", title={"rendered": "CANARI"}),
    ]
    with website(WordPress(posts).routes()) as site:
        _, pieces = read(site)
    assert Counter(type(piece) for piece in pieces) == {Article: 1, NotPublic: 4}
    assert "CANARI" not in repr(pieces)


def test_a_post_without_number_is_refused_and_the_others_are_read():
    class Broken(WordPress):
        def _all(self, kind, query):
            rows = super()._all(kind, query)
            return [*rows, {"title": "x"}, "y", None] if kind == "posts" else rows

    with website(Broken([post(1)]).routes()) as site:
        _, pieces = read(site)
    assert Counter(type(piece) for piece in pieces) == {Article: 1, Refused: 3}


def test_the_same_page_for_ever_is_read_once():
    rows = json.dumps([post(1), post(2)]).encode()
    endless = Answer(rows, 200, {**JSON, "X-WP-Total": "9999900", "X-WP-TotalPages": "99999"})
    with website({**WordPress().routes(), "/wp-json/wp/v2/posts": endless}) as site:
        _, pieces = read(site)
        assert len(pieces) == 2
        assert len(site.asked) < 15


def test_a_post_that_slips_between_two_pages_while_another_is_removed_is_still_read():
    wordpress = WordPress([post(number) for number in range(1, 151)])

    def shrinking(site, target, headers):
        answer = wordpress._rows(site, target, headers)
        if "per_page=100" in target and "page=1" in target and "content%2C" not in target:
            wordpress.posts = [row for row in wordpress.posts if row["id"] != 5]
        return answer

    routes = {**wordpress.routes(), "/wp-json/wp/v2/posts": shrinking}
    with website(routes) as site:
        _, pieces = read(site)
    keys = {piece.source_key for piece in pieces}
    assert keys >= {str(number) for number in range(1, 151) if number != 5}
    assert len(keys) == len(pieces)


def test_one_enormous_post_costs_itself_only():
    wordpress = WordPress([post(number) for number in range(1, 13)])
    wordpress.posts[3]["content"] = {"rendered": "x" * 31_000_000, "protected": False}
    with website(wordpress.routes()) as site:
        _, pieces = read(site)
    assert len(articles(pieces)) == 11
    assert [type(piece) for piece in pieces if not isinstance(piece, Article)] == [Refused]


def test_only_what_was_modified_since_is_read_when_asked():
    posts = [post(1), post(2, modified_gmt="2024-05-01T08:00:00")]
    with website(WordPress(posts).routes()) as site:
        _, pieces = read(site, modified_after=datetime(2024, 5, 1, 8, 0, tzinfo=UTC))
    assert [piece.source_key for piece in pieces] == ["2"]


def test_the_light_list_tells_what_is_public_now():
    hidden = post(3, content={"rendered": "", "protected": True})
    with website(WordPress([post(1), post(2), hidden]).routes()) as site, visitor() as fetcher:
        listed = open_site(site.url, fetcher, source="essai").ids_and_modified()
    assert listed == {
        "1": datetime(2024, 3, 2, 9, 0, tzinfo=UTC),
        "2": datetime(2024, 3, 2, 9, 0, tzinfo=UTC),
    }


def test_a_list_that_lacks_posts_is_no_ground_for_removing_any():
    rows = json.dumps([{"id": 1, "modified_gmt": "2024-03-02T09:00:00"}]).encode()
    with website(WordPress([post(1)]).routes()) as site, visitor() as fetcher:
        found = open_site(site.url, fetcher, source="essai")
        site.routes["/wp-json/wp/v2/posts"] = Answer(rows, 200, {**JSON, "X-WP-Total": "40"})
        with pytest.raises(FetchFailed, match="incomplète"):
            found.ids_and_modified()


def test_a_tag_given_after_the_names_were_read_has_its_name():
    wordpress = WordPress([post(1, tags=[10, 99])])

    def late(site, target, headers):
        if "include=99" in target:
            wordpress.tags = {99: "Kosovo"}
        return wordpress._rows(site, target, headers)

    with website({**wordpress.routes(), "/wp-json/wp/v2/tags": late}) as site:
        _, [piece] = read(site)
    assert piece.tags == ("défense & sécurité", "Kosovo")


def test_authors_that_the_site_does_not_list_are_read_inside_the_posts():
    embedded = {"author": [{"id": 1, "name": "Anne"}]}
    gone = {"author": [{"code": "rest_user_invalid_id", "message": "Identifiant invalide"}]}
    posts = [
        post(1, _embedded=embedded),
        post(2, _embedded=gone),
        post(3, _embedded={"author": [{"name": "a@b.fr"}]}),
    ]
    with website(WordPress(posts, users=None).routes()) as site:
        _, pieces = read(site)
    assert [piece.author for piece in pieces] == ["Anne", None, None]


@pytest.mark.parametrize("base", ["/wp-json", "/index.php?rest_route=", "/blog/wp-json"])
def test_the_api_is_found_by_what_the_home_page_announces(base):
    wordpress = WordPress([post(1)])

    def by_route(site, target, headers):
        return wordpress._rows(
            site, target.replace("/index.php?rest_route=", "").replace("&", "?", 1), headers
        )

    routes = wordpress.routes(base)
    if "rest_route" in base:
        routes = {"/": routes["/"], "/index.php": by_route}
    with website(routes) as site:
        road, pieces = read(site)
    assert len(pieces) == 1
    assert road.failures == ()


def test_the_api_is_looked_for_on_the_host_that_was_asked():
    link = {"Link": '<http://autre-nom.example/wp-json/>; rel="https://api.w.org/"', **HTML}
    with website({**WordPress([post(1)]).routes(), "/": Answer(b"<p>x", 200, link)}) as site:
        _, pieces = read(site)
    assert len(pieces) == 1


def test_json_behind_a_php_notice_is_read():
    notice = b"<br />\n<b>Notice</b>: Undefined index: [x] in {y}\n"

    class Noisy(WordPress):
        def _rows(self, site, target, headers):
            answer = super()._rows(site, target, headers)
            headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
            return Answer(notice + answer.body, answer.status, headers)

    with website(Noisy([post(1)]).routes()) as site:
        _, pieces = read(site)
    assert len(pieces) == 1


FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<link>http://site.example</link><generator>https://wordpress.org/?v=6.1</generator>
%s</channel></rss>"""
ITEM = """<item><title>Titre %d</title><link>http://site.example/%d/</link><guid>http://site.example/?p=%d</guid>
<content:encoded><![CDATA[<p>Texte %d.</p>]]></content:encoded></item>"""


def feed(*numbers: int) -> bytes:
    return (FEED % "".join(ITEM % ((number,) * 4) for number in numbers)).encode()


@pytest.mark.parametrize(
    "refusal",
    [
        error(401, "rest_disabled"),
        Answer(b"<html>Interdit</html>", 403, HTML),
        error(404, "rest_no_route"),
        Answer(b"<html>Un instant\xe2\x80\xa6</html>", 200, HTML),
        Answer(b"", 200, JSON),
        Answer(json.dumps([post(1)]).encode()[:-20], 200, JSON),
        Answer(b"", 302, {"Location": "/wp-login.php"}),
        Answer(b"[" * 100_000, 200, JSON),
        Answer(b'{"a":1}', 200, JSON),
        Answer(b"", 500),
    ],
    ids=["401", "403", "404", "challenge", "empty", "cut", "login", "deep", "object", "500"],
)
def test_when_the_api_is_closed_every_page_of_the_feed_is_read_and_the_road_says_why(refusal):
    routes = WordPress().routes()
    closed = {path: refusal for path in routes if path != "/"}
    feeds = {
        "/feed/": Answer(feed(5, 4)),
        "/feed/?paged=2": Answer(feed(4, 3)),
        "/feed/?paged=3": Answer(b"", 404),
    }
    with website(
        {"/": routes["/"], **closed, **feeds, "/wp-login.php": Answer(b"<form>", 200, HTML)}
    ) as site:
        road, pieces = read(site)
    assert road.kind == "ses flux"
    assert len(road.failures) == 1
    assert road.sentence.startswith("Lu par ses flux (API WordPress\u00a0: ")
    assert [piece.source_key for piece in pieces] == ["5", "4", "3"]


def test_a_site_that_asks_for_time_is_not_tried_otherwise():
    routes = {**WordPress().routes(), "/wp-json/wp/v2/posts": Answer(b"", 429, {"Retry-After": "3600"})}
    with website({**routes, "/feed/": Answer(feed(1))}) as site:
        with pytest.raises(FetchFailed) as raised:
            read(site)
        assert raised.value.retry_after == 3600
        assert "/feed/" not in site.asked


def test_what_was_read_before_a_failure_stays_read():
    wordpress = WordPress([post(number) for number in range(1, 151)])

    def failing(site, target, headers):
        return Answer(b"", 503) if target.endswith("page=2") else wordpress._rows(site, target, headers)

    kept = []
    with website({**wordpress.routes(), "/wp-json/wp/v2/posts": failing}) as site, visitor() as fetcher:
        found = open_site(site.url, fetcher, source="essai")
        with pytest.raises(FetchFailed):
            kept.extend(found.articles())
        kept = []
        with pytest.raises(FetchFailed):
            for piece in found.articles():
                kept.append(piece)
    assert len(kept) == 100


PAGE = """<html><body class="single postid-%d"><main><article id="post-%d"><h1>Titre %d</h1>
<div class="entry-content"><p>Texte %d.</p></div></article></main></body></html>"""


def page(number: int) -> Answer:
    return Answer((PAGE % ((number,) * 4)).encode(), 200, HTML)


def test_without_api_and_feed_the_pages_of_the_sitemap_are_read():
    index = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>http://autre.example/posts-post-1.xml</loc></sitemap>
    <sitemap><loc>http://autre.example/taxonomies-post_tag-1.xml</loc></sitemap></sitemapindex>"""
    urls = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://autre.example/a/</loc></url>
    <url><loc>http://autre.example/parti/</loc></url><url><loc>http://autre.example/b/</loc></url></urlset>"""
    routes = {
        "/": Answer(b"<html><body>accueil</body></html>", 200, HTML),
        "/robots.txt": Answer(b"User-agent: *\nDisallow:\nSitemap: http://autre.example/plan.xml\n"),
        "/sitemap.xml": Answer(index),
        "/posts-post-1.xml": Answer(urls),
        "/a/": page(1),
        "/b/": page(2),
    }
    with website(routes) as site:
        site.routes["/robots.txt"] = Answer(f"User-agent: *\nSitemap: {site.url}/sitemap.xml\n".encode())
        road, pieces = read(site)
    assert road.kind == "le plan du site et ses pages"
    assert [piece.source_key for piece in articles(pieces)] == ["1", "2"]
    assert [piece.reason for piece in pieces if isinstance(piece, Refused)] == [
        "127.0.0.1 n’a rien à cette adresse (404)."
    ]


def listing(numbers: list[int], following: str = "") -> Answer:
    boxes = "".join(
        f'<article id="post-{n}" class="post"><h2><a href="/{n}/">Titre {n}</a></h2>'
        f'<div class="entry-content"><p>Début {n}. <a class="more-link" href="/{n}/">Suite</a></p></div>'
        "</article>"
        for n in numbers
    )
    link = f'<a class="next" href="{following}">plus</a>' if following else ""
    title = "<h1>Archives du mot-clé Kosovo</h1>"
    body = f'<html><body class="archive tag"><main>{title}{boxes}{link}</main></body></html>'
    return Answer(body.encode(), 200, HTML)


def test_at_last_the_archives_are_walked_and_each_article_read_on_its_page():
    routes = {
        "/": listing([3, 2], "/page/2/"),
        "/page/2/": listing([2, 1], "/page/2/"),
        "/3/": page(3),
        "/1/": page(1),
    }
    with website(routes) as site:
        road, pieces = read(site)
    assert road.kind == "ses pages d’archives"
    assert len(road.failures) == 3
    assert [(p.source_key, p.text, p.partial) for p in pieces] == [
        ("3", "Texte 3.", False),
        ("2", "Début 2.", True),
        ("1", "Texte 1.", False),
    ]
    assert {piece.tags for piece in pieces} == {("Kosovo",)}


def test_archives_that_never_end_are_left():
    with website({"*": listing([1], "/encore/?n=1")}) as site:
        _, pieces = read(site)
        assert len(pieces) == 1
        assert len(site.asked) < 30


def test_a_site_with_nothing_to_read_says_what_was_tried():
    empty = Answer(b"<html><body>en travaux</body></html>", 200, HTML)
    with website({"/": empty}) as site, pytest.raises(FetchFailed) as raised:
        read(site)
    assert all(
        name in str(raised.value) for name in ("API WordPress", "flux", "plan du site", "pages d’archives")
    )


def test_the_address_of_a_feed_is_read_as_a_feed():
    with website({"/": Answer(feed(2, 1))}) as site:
        road, pieces = read(site)
    assert road.kind == "son flux"
    assert [piece.source_key for piece in pieces] == ["2", "1"]


def test_a_list_of_feeds_is_read_feed_by_feed_and_one_that_fails_is_told():
    with website({"/a": Answer(feed(1)), "/c": Answer(feed(2))}) as site:
        outlines = "".join(f'<outline xmlUrl="{site.url}/{name}" text="{name}"/>' for name in "abc")
        site.routes["/"] = Answer(f"<opml><body>{outlines}</body></opml>".encode())
        _, pieces = read(site)
    assert Counter(type(piece) for piece in pieces) == {Article: 2, Refused: 1}


def test_captured_answers_of_a_french_site_are_read(shared):
    captured = shared / "wordpress"

    def posts(site, target, headers):
        names = {"page=1": "posts-100-p1", "page=2": "posts-100-p4"}
        found = next((name for end, name in names.items() if target.endswith(end)), None)
        if found is None:
            return Answer((captured / "rest" / "posts-100-p5.json").read_bytes(), 400, JSON)
        return Answer((captured / "rest" / f"{found}.json").read_bytes(), 200, JSON)

    def tags(site, target, headers):
        number = target.rpartition("page=")[2]
        return Answer(
            (captured / "rest" / f"tags-p{number}.json").read_bytes(), 200, {**JSON, "X-WP-Total": "107"}
        )

    routes = {
        "/": Answer((captured / "html" / "archive-like-the-seeds" / "home.html").read_bytes(), 200, HTML),
        "/wp-json/wp/v2/posts": posts,
        "/wp-json/wp/v2/tags": tags,
        "/wp-json/wp/v2/categories": Answer((captured / "rest" / "categories.json").read_bytes(), 200, JSON),
        "/wp-json/wp/v2/users": Answer((captured / "rest" / "users.json").read_bytes(), 200, JSON),
    }
    with website(routes) as site:
        road, pieces = read(site)
    assert road.failures == ()
    assert Counter(type(piece) for piece in pieces) == {Article: 157, NotPublic: 3}
    assert "CANARI" not in repr(pieces)
    assert all(piece.section for piece in articles(pieces))
    assert all(piece.author for piece in articles(pieces))
    assert all(piece.published.day for piece in articles(pieces))
