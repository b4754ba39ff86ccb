from collections import Counter
from datetime import date

import pytest

from dashboard.errors import InputRefused
from dashboard.ingest.article import Article, Refused
from dashboard.ingest.feeds import FeedLink, read_feed, read_opml
from dashboard.ingest.isolation import Isolated, Limits
from dashboard.ingest.pieces import MAX_FEED_BYTES, NotPublic

NS = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {NS}><channel><link>http://site.example</link>'
)
END = "</channel></rss>"


def item(number=1, more="", content=None):
    full = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return f"<item><title>Titre {number}</title><link>http://site.example/{number}/</link>{full}{more}</item>"


def read(*items, head=HEAD, end=END, **options):
    data = head + "".join(items) + end
    encoded = data if isinstance(data, bytes) else data.encode()
    return list(read_feed(encoded, source="essai", where="flux", **options))


def test_an_entry_with_its_whole_text_is_an_article():
    more = """<guid isPermaLink="false">http://site.example/?p=12</guid>
    <dc:creator>Anne d’Arcy</dc:creator>
    <pubDate>Thu, 29 Feb 2024 23:30:00 +0000</pubDate>
    <category>Amériques</category><category>russie</category>
    <category>En Continu</category><description>Un chapô à part.</description>"""
    [piece] = read(item(1, more, "<p>Un.</p><p>Deux.</p>"))
    assert (piece.source_key, piece.title, piece.text) == ("12", "Titre 1", "Un.\n\nDeux.")
    assert (piece.author, piece.section) == ("Anne d’Arcy", "Amériques")
    assert piece.tags == ("russie", "En Continu")
    assert (piece.lead, piece.partial) == ("Un chapô à part.", False)
    assert piece.published.day == date(2024, 3, 1)


def test_an_entry_with_a_summary_only_is_an_excerpt():
    assert [p.partial for p in read(item(1, "<description>Le début […]</description>"))] == [True]
    assert [p.partial for p in read(item(1, content="<p>Le début [&hellip;]</p>"))] == [True]


def test_the_key_is_the_number_then_the_address_then_the_guid():
    keys = [
        read(item(1, "<guid>http://site.example/?p=7</guid>"))[0].source_key,
        read(item(1, "<guid>http://autre.example/?p=7</guid>"))[0].source_key,
        read(item(1).replace("/1/", "/1/?utm_source=rss#suite"))[0].source_key,
        read("<item><title>Sans lien</title><guid>abc</guid></item>")[0].source_key,
    ]
    assert keys == ["7", "site.example/1", "site.example/1", "abc"]
    [unnamed] = read("<item><title>Sans rien</title></item>")
    assert len(unnamed.source_key) == 16


def test_atom_rdf_and_old_rss_are_read():
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://site.example"/><entry>
    <title type="html">L&amp;rsquo;Iran</title><link href="http://site.example/1/"/>
    <id>http://site.example/?p=1</id>
    <published>2024-02-29T23:30:00Z</published><updated>2024-03-05T10:00:00Z</updated>
    <author><name>Anne</name></author><category term="iran"/>
    <content type="html">&lt;p&gt;Texte.&lt;/p&gt;</content>
    </entry></feed>"""
    rdf = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" {NS}
    xmlns="http://purl.org/rss/1.0/">
    <item rdf:about="http://site.example/1/"><title>L’Iran</title><link>http://site.example/1/</link>
    <dc:date>2024-03-01T00:30:00+01:00</dc:date><dc:subject>iran</dc:subject></item></rdf:RDF>"""
    plain = "<item><title>L’Iran</title><link>http://site.example/1/</link></item>"
    old = f'<rss version="0.91"><channel>{plain}</channel></rss>'
    [a], [r], [o] = (read(head=text, end="") for text in (atom, rdf, old))
    assert a.title == r.title == o.title == "L’Iran"
    assert a.published.day == r.published.day == date(2024, 3, 1)
    assert (a.tags, r.tags) == (("iran",), ("iran",))
    assert (a.source_key, a.text, a.author) == ("1", "Texte.", "Anne")
    assert a.modified.isoformat().startswith("2024-03-05")


@pytest.mark.parametrize(
    "spoiled",
    [
        item(2).replace("Titre", "Ti\x0btre"),
        item(2).replace("Titre", "Ti&#11;tre"),
        item(2).replace("Titre", "Ti & tre <"),
        item(2).replace("Titre", "Ti&nbsp;tre&inconnu;"),
        item(2).replace("</title>", ""),
        "<item/>",
        "<item><title></title></item>",
        item(2, "<pubDate>jamais</pubDate>"),
        item(2).replace("http://site.example/2/", "javascript:alert(1)"),
    ],
)
def test_a_spoiled_item_never_loses_the_others(spoiled):
    keys = {piece.source_key for piece in read(item(1), spoiled, item(3)) if isinstance(piece, Article)}
    assert keys >= {"site.example/1", "site.example/3"}


@pytest.mark.parametrize("noise", ["\ufeff", "\n\n  ", "<br />\n<b>Notice</b>: rss in <b>/x.php</b>\n"])
def test_noise_before_the_feed_does_not_matter(noise):
    assert len(read(item(1), head=noise + HEAD)) == 1


def test_a_feed_that_is_cut_gives_what_came_and_takes_the_last_for_an_excerpt():
    whole = item(2, content="<p>Un.</p><p>Deux.</p>")
    pieces = read(item(1, content="<p>Un.</p>"), whole[: whole.index("Deux")], end="")
    assert [(piece.source_key, piece.partial) for piece in pieces] == [
        ("site.example/1", False),
        ("site.example/2", True),
    ]


def test_protected_entries_are_counted_and_nothing_of_them_is_told():
    form = '<form action="/wp-login.php?action=postpass" class="post-password-form">CANARI</form>'
    hint = "<description>Il n’y a pas d’extrait, car cette publication est protégée.</description>"
    protected = [item(1, content=form), item(2, hint).replace("Titre 2", "Protégé : CANARI")]
    pieces = read(*protected, item(3).replace("Titre 3", "Protégé : un parc naturel"))
    assert [type(piece) for piece in pieces] == [NotPublic, NotPublic, Article]
    assert "CANARI" not in repr(pieces)


def test_readers_comments_are_no_articles():
    pieces = read(item(1, "<guid>http://site.example/?p=1#comment-41</guid>"))
    assert [type(piece) for piece in pieces] == [Refused]


def test_an_address_of_mail_is_no_author():
    assert read(item(1, "<author>a@b.example (Anne)</author>"))[0].author == "Anne"
    assert read(item(1, "<author>a@b.example</author>"))[0].author is None


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "served"),
    [
        ("été à Kiev", "utf-8", "UTF-8", ""),
        ("été à Kiev", "utf-8", "ISO-8859-1", "iso-8859-1"),
        ("été à Kiev – « oui »", "cp1252", "UTF-8", ""),
        ("été à Kiev", "iso-8859-1", "ISO-8859-1", ""),
        ("Київ і Москва", "windows-1251", "windows-1251", ""),
        ("القاهرة", "windows-1256", "windows-1256", ""),
        ("été à Kiev", "utf-16", "UTF-16", ""),
    ],
)
def test_characters_are_those_that_were_written(text, encoding, declared, served):
    feed = f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel>{item(1)}{END}'
    data = feed.replace("Titre 1", text).encode(encoding)
    [piece] = read_feed(data, source="essai", where="flux", charset=served)
    assert piece.title == text


def test_one_bad_byte_does_not_garble_the_whole_feed():
    data = (HEAD + item(1).replace("Titre", "Été") * 50 + END).encode().replace("É".encode(), b"\xff", 1)
    titles = {piece.title for piece in read_feed(data, source="essai", where="flux")}
    assert "Été 1" in titles


@pytest.mark.parametrize(
    "data", [b"", b"/dev/zero", b"/etc/hostname", b"<html><body>x", b"\x89PNG\r\n", b"{}", b"\x00"]
)
def test_what_is_no_feed_is_refused_by_name(data):
    with pytest.raises(InputRefused, match="flux"):
        list(read_feed(data, source="essai", where="flux"))


def test_entities_and_enormous_feeds_are_refused():
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(InputRefused, match="entités"):
        read(item(1), head=HEAD.replace("?>", f"?>{bomb}"))
    with pytest.raises(InputRefused, match="10 Mo"):
        list(read_feed(bytes(MAX_FEED_BYTES + 1), source="essai", where="flux"))


def test_an_item_that_makes_the_parser_toil_costs_itself_only():
    slow = "x<!-- -->" + "a" * 150_000
    evil = item(2, f"<dc:creator>{slow}</dc:creator>")
    parsers = Isolated(Limits(cpu_seconds=1, wall_seconds=6))
    try:
        pieces = read(item(1), evil, item(3), parsers=parsers)
    finally:
        parsers.close()
    assert [piece.source_key for piece in pieces if isinstance(piece, Article)] == [
        "site.example/1",
        "site.example/3",
    ]
    assert [type(piece) for piece in pieces if not isinstance(piece, Article)] == [Refused]


def test_a_name_of_enormous_length_is_left_out():
    [piece] = read(item(1, f"<dc:creator><![CDATA[{'a' * 100_000}@]]></dc:creator>"))
    assert piece.author is None


def test_a_list_of_feeds_gives_each_address_once():
    outlines = """<outline text="Groupe"><outline title="A" xmlUrl="http://a.example/feed"/>
    <outline text="B" xmlUrl="http://b.example/feed"/><outline text="A encore" xmlUrl="http://a.example/feed"/>
    <outline text="piège" xmlUrl="javascript:alert(1)"/></outline>"""
    links = read_opml(f"<?xml version='1.0'?><opml><body>{outlines}".encode(), where="liste")
    assert links == [FeedLink("A", "http://a.example/feed"), FeedLink("B", "http://b.example/feed")]
    with pytest.raises(InputRefused, match="liste"):
        read_opml(b"<html>", where="liste")


@pytest.mark.parametrize("name", ["rss-p1", "rss-p2", "atom", "tag-russie-p1"])
def test_captured_feeds_of_a_french_site_are_read_whole(shared, name):
    data = (shared / "wordpress" / "feeds" / f"{name}.xml").read_bytes()
    pieces = list(read_feed(data, source="essai", where=name))
    assert Counter(type(piece) for piece in pieces) == {Article: 10}
    assert all(piece.source_key.isdigit() and piece.published.day and not piece.partial for piece in pieces)
    assert all(piece.section for piece in pieces if piece.source_key != "378")


def test_the_feed_and_the_api_tell_the_same_text(shared):
    from dashboard.ingest.tables import read_table

    api = read_table(shared / "wordpress" / "rest" / "posts-100-p1.json", source="essai")
    texts = {piece.source_key: piece for piece in api if isinstance(piece, Article)}
    data = (shared / "wordpress" / "feeds" / "rss-p1.xml").read_bytes()
    for piece in read_feed(data, source="essai", where="flux"):
        same = texts[piece.source_key]
        assert (piece.text, piece.published.day, piece.url) == (same.text, same.published.day, same.url)
