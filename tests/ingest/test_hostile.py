"""Whatever comes, a reader answers with pieces or with one French sentence, and soon."""

import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_feeds import END, HEAD, item
from test_html_pages import article, html
from test_wxr import HEAD as WXR_HEAD
from test_wxr import item as wxr_item
from website import Answer, visitor, website
from wordpress_site import HTML, JSON, post

from dashboard.errors import InputRefused, VigieError
from dashboard.ingest import feed_entries
from dashboard.ingest.article import Article, Refused
from dashboard.ingest.feeds import read_feed, read_opml
from dashboard.ingest.html_pages import read_page
from dashboard.ingest.isolation import Isolated, Limits
from dashboard.ingest.kinds import read_file
from dashboard.ingest.pieces import MAX_PAGE_BYTES, MAX_RAW, NotPublic
from dashboard.ingest.wordpress import open_site

LD = (
    '<script type="application/ld+json">{"@type":"Article","author":[{"name":"A"}],"keywords":["x"]}</script>'
)


def parquet() -> bytes:
    sink = io.BytesIO()
    pq.write_table(
        pa.table({"titre": ["Un", "Deux"], "texte": ["a", None], "date": [1736157600, None]}), sink
    )
    return sink.getvalue()


SAMPLES = {
    "feed": (HEAD + item(1, "<guid>http://site.example/?p=1</guid>", "<p>Texte.</p>") * 2 + END).encode(),
    "atom": b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Un</title><id>x</id></entry></feed>',
    "page": html(article('<time datetime="2024-01-01">x</time>'), LD).encode(),
    "archive": html(
        '<article class="post"><h2><a href="/1">Un</a></h2><p>x</p></article>', "", "archive"
    ).encode(),
    "wxr": (WXR_HEAD + wxr_item(1) + wxr_item(2, status="draft") + "</channel></rss>").encode(),
    "csv": b'titre;texte;date\nUn;"a\nb";2024-01-01\nDeux;c;03/02/2024\n',
    "jsonl": b'{"titre": "Un", "texte": "a", "tags": ["x", 1, null]}\n{"titre": 3, "texte": {"a": 1}}\n',
    "api": json.dumps([post(1), post(2)]).encode(),
    "opml": b'<opml><body><outline xmlUrl="http://a.example/f"/></body></opml>',
    "parquet": parquet(),
    "gzip": gzip.compress(b'{"titre": "Un", "texte": "a"}\n'),
}


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """A good sample, cut, doubled and overwritten here and there; or any bytes at all."""
    data = draw(st.sampled_from([*SAMPLES.values(), b""]))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 60)))
        put = draw(
            st.sampled_from(
                [b"", b"<", b">", b'"', b"&", b"\x00", b"\xff", b"]]>", b"\n", data[start:end] * 3]
            )
        )
        data = data[:start] + put + data[end:]
    return data + draw(st.binary(max_size=20))


def check(pieces):
    for piece in pieces:
        assert isinstance(piece, Article | Refused | NotPublic)
        repr(piece).encode()
        if isinstance(piece, Article):
            assert piece.source_key
            assert piece.title or piece.text or piece.lead
            assert piece.url is None or piece.url.startswith(("http://", "https://"))
            (piece.title + piece.text + piece.lead + "".join(piece.tags)).encode()
        if isinstance(piece, Refused):
            assert piece.reason
            assert len(piece.raw) <= MAX_RAW
            piece.raw.encode()


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=spoiled())
def test_any_file_at_all_is_read_or_refused(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "fichier"
    path.write_bytes(data)
    try:
        check(read_file(path, source="essai"))
    except VigieError as refused:
        assert str(refused)


@settings(max_examples=150, deadline=None)
@given(data=spoiled())
def test_any_bytes_as_feed_page_or_list_are_read_or_refused(data):
    for read in (
        lambda: read_feed(data, source="essai", where="flux"),
        lambda: read_page(data, source="essai", where="page", url="http://a.example/").pieces,
        lambda: read_opml(data, where="liste") and [],
    ):
        try:
            check(read())
        except InputRefused as refused:
            assert str(refused)


# The same page of refusals whatever number is asked for.
ENTRY = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry'
REFUSED_EVERYWHERE = 3 * ENTRY + b"><title>Un</title><id>x</id></entry></feed>"


@settings(max_examples=25, deadline=None)
@given(
    body=st.one_of(
        spoiled(),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from([*post(1), "rendered", "code"]), inner, max_size=6)
            ),
            max_leaves=12,
        ).map(
            lambda value: json.dumps(
                [value, {**post(1), "title": value, "tags": value, "content": value}]
            ).encode()
        ),
    ),
    status=st.sampled_from([200, 200, 200, 301, 400, 401, 404, 500]),
)
@example(body=REFUSED_EVERYWHERE, status=200)
def test_any_answer_of_an_api_is_read_or_refused(body, status):
    with (
        website({"*": Answer(body, status, JSON), "/robots.txt": Answer(b"", 404)}) as site,
        visitor() as fetcher,
    ):
        try:
            check(open_site(site.url, fetcher, source="essai").articles())
        except VigieError as refused:
            assert str(refused)
        assert len(site.asked) < 60


@pytest.fixture(scope="module")
def hasty():
    """The child process, on a shorter leash than usual."""
    isolated = Isolated(Limits(cpu_seconds=1, wall_seconds=5))
    yield isolated
    isolated.close()


HEAVY_PAGES = {
    "nested elements": html("<div>" * 100_000),
    "nested in the article": html(article(content="<b>" * 100_000 + "x")),
    "many paragraphs": html(article(content="<p>x" * 20_000)),
    "endless paragraphs": html(article(content="<p>x" * 700_000)),
    "one paragraph": html(article(content="x" * 2_500_000)),
    "many breaks": html(article(content="<br> " * 10_000)),
    "many brackets": html(article(content="[a " * 50_000)),
    "many teasers": html("<article><h2><a href='/x'>x</a></h2></article>" * 1_000, "", "archive"),
    "deep JSON": html(article(), f'<script type="application/ld+json">{"[" * 200_000}</script>'),
    "many classes": html(f'<div class="{"related " * 20_000}">x</div>'),
    "many attributes": html("<p " + " ".join(f"a{n}=1" for n in range(2_000)) + ">x"),
    "no end": html(article())[:-40] + "<!--" + "x" * 1_000_000,
}


@pytest.mark.parametrize("text", HEAVY_PAGES.values(), ids=HEAVY_PAGES.keys())
def test_a_heavy_page_is_read_or_refused_within_its_limits(text, hasty):
    try:
        check(read_page(text.encode()[:MAX_PAGE_BYTES], source="essai", where="page", parsers=hasty).pieces)
    except InputRefused as refused:
        assert "page" in str(refused)


HEAVY_FEEDS = {
    "items": "<item>" * 1_000,
    "open items": "<item><title>x" * 300,
    "thousand": item(1) * 1_000,
    "tags": item(1, "<category>x</category>" * 2_000),
    "one tag": item(1, f"<category>{'x' * 1_000_000}</category>"),
    "paragraphs": item(1, content="<p>x" * 10_000),
    "entities": item(1, "<description>" + "&amp;" * 50_000 + "</description>"),
    "data": "<![CDATA[" * 10_000,
    "angles": "<" * 50_000,
    "references": "&#x41;" * 50_000,
}


@pytest.mark.parametrize("content", HEAVY_FEEDS.values(), ids=HEAVY_FEEDS.keys())
def test_a_heavy_feed_is_read_or_refused_within_its_limits(content, hasty):
    try:
        check(read_feed((HEAD + content + END).encode(), source="essai", where="flux", parsers=hasty))
    except InputRefused as refused:
        assert "flux" in str(refused)


def test_the_items_that_a_malformed_feed_has_too_many_of_are_counted(monkeypatch):
    monkeypatch.setattr(feed_entries, "MOST_ITEMS", 2)
    found = feed_entries.entries((HEAD + "<item><title>x" * 5 + END).encode())
    assert (len(found["entries"]), found["unread"]) == (2, 3)


@pytest.mark.parametrize(
    "body", [b"/dev/zero", b"/etc/hostname", b"file:///etc/hostname", b"http://127.0.0.1:1/"]
)
def test_a_body_that_is_a_path_or_an_address_is_never_opened(body):
    with website({"*": Answer(body, 200, HTML)}) as site, visitor() as fetcher:
        with pytest.raises(VigieError):
            list(open_site(site.url, fetcher, source="essai").articles())
        assert all(target.startswith("/") for target in site.asked)


def test_nothing_private_is_visited_while_a_public_site_is_read():
    with website({"/secret": Answer(b"secret")}) as inside:
        target = {"Location": f"{inside.url}/secret"}
        with website({"*": Answer(b"", 302, target), "/robots.txt": Answer(b"", 404)}) as site:
            with visitor(allow_private=False) as fetcher, pytest.raises(VigieError):
                open_site(site.url, fetcher, source="essai")
            assert site.asked == []
        assert inside.asked == []


def test_right_to_left_tricks_control_characters_and_accents_are_made_plain():
    text = "Mos\u202ecou\u200b e\u0301te\u0301 \x85 \ufeffKiev"
    [piece] = read_feed(
        (HEAD + item(1).replace("Titre 1", text) + END).encode(), source="essai", where="flux"
    )
    assert "\u202e" not in piece.title
    assert "\u200b" not in piece.title
    assert "été" in piece.title
