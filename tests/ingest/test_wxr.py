from collections import Counter
from datetime import UTC, date, datetime

import pytest

from dashboard.errors import InputRefused
from dashboard.ingest import wxr_items
from dashboard.ingest.article import Article, Refused
from dashboard.ingest.pieces import NotPublic
from dashboard.ingest.wxr import read_wxr

HEAD = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:author><wp:author_login>cr7</wp:author_login><wp:author_email>c@presse.example</wp:author_email>
<wp:author_display_name><![CDATA[Camille Roussel]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>admin</wp:author_login><wp:author_display_name>admin</wp:author_display_name></wp:author>
"""


def item(number=1, content="Texte.", status="publish", password="", kind="post", login="cr7", **changes):
    title = changes.get("title", f"Titre {number}")
    return f"""<item><title><![CDATA[{title}]]></title><link>http://site.example/{number}/</link>
<dc:creator><![CDATA[{login}]]></dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[{changes.get("excerpt", "")}]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date>2024-03-01 00:30:00</wp:post_date><wp:post_date_gmt>2024-02-29 23:30:00</wp:post_date_gmt>
<wp:post_modified_gmt>2024-03-02 09:00:00</wp:post_modified_gmt><wp:status>{status}</wp:status>
<wp:post_type>{kind}</wp:post_type><wp:post_password><![CDATA[{password}]]></wp:post_password>
<category domain="post_tag" nicename="x"><![CDATA[défense &amp; sécurité]]></category>
<category domain="category" nicename="c"><![CDATA[En Continu]]></category>
<category domain="category" nicename="r"><![CDATA[Russie]]></category>
<wp:comment><wp:comment_author_email>lecteur@presse.example</wp:comment_author_email></wp:comment></item>
"""


def read(folder, *items, head=HEAD, tail="</channel></rss>"):
    path = folder / "export.xml"
    text = head + "".join(items) + tail
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_wxr(path, source="essai"))


def test_a_published_post_is_an_article_signed_by_the_name_its_readers_know(tmp_path):
    [piece] = read(tmp_path, item(excerpt="Un chapô à part."))
    assert piece == Article(
        source="essai",
        source_key="1",
        title="Titre 1",
        text="Texte.",
        lead="Un chapô à part.",
        url="http://site.example/1/",
        author="Camille Roussel",
        section="Russie",
        tags=("défense & sécurité",),
        published=piece.published,
        instant=datetime(2024, 2, 29, 23, 30, tzinfo=UTC),
        modified=datetime(2024, 3, 2, 9, 0, tzinfo=UTC),
    )
    assert piece.published.day == date(2024, 3, 1)


def test_no_login_is_ever_a_name(tmp_path):
    pieces = read(tmp_path, item(1, login="admin"), item(2, login="inconnu"))
    assert [piece.author for piece in pieces] == [None, None]


def test_drafts_and_protected_posts_are_counted_and_nothing_of_them_is_told(tmp_path):
    hidden = [
        item(number, "CANARI", status, password, title="CANARI")
        for number, (status, password) in enumerate(
            [
                ("draft", ""),
                ("private", ""),
                ("pending", ""),
                ("future", ""),
                ("trash", ""),
                ("publish", "CANARI"),
            ],
            2,
        )
    ]
    pieces = read(tmp_path, item(1), *hidden, item(9, kind="page"), item(10, kind="attachment"))
    assert Counter(type(piece) for piece in pieces) == {Article: 1, NotPublic: 6}
    assert "CANARI" not in repr(pieces)
    assert "@" not in repr(pieces)


@pytest.mark.parametrize(
    "broken",
    [
        item(2).replace("Titre 2]]>", "Titre 2").replace("</item>", "]]></item>"),
        item(2).replace("<wp:status>", "<wp:statut>"),
        item(2).replace("<wp:post_id>2</wp:post_id>", ""),
        "<item><title>Coupé & perdu</item>\n",
        "<item>" + "<a>" * 5_000 + "</item>\n",
    ],
)
def test_a_broken_item_is_refused_and_tells_nothing_private_and_the_next_is_read(tmp_path, broken):
    pieces = read(tmp_path, item(1), broken, item(3))
    assert [piece.source_key for piece in pieces if isinstance(piece, Article)] == ["1", "3"]
    [refused] = [piece for piece in pieces if isinstance(piece, Refused)]
    assert "@" not in repr(refused)
    assert "export.xml, élément 2" in refused.where


@pytest.mark.parametrize(
    "awkward",
    [
        item(2, content="Un \x0b deux \x00 trois."),
        item(2, content="On écrit </item> dans un texte."),
        item(2).replace("<link>", "<link>?a=1&b=2"),
        item(2).replace("<dc:creator>", "<autre:chose>x</autre:chose><dc:creator>"),
    ],
)
def test_an_awkward_item_is_read_all_the_same(tmp_path, awkward):
    assert [piece.source_key for piece in read(tmp_path, item(1), awkward, item(3))] == ["1", "2", "3"]


def test_noise_before_the_export_and_a_missing_end_do_not_matter(tmp_path):
    head = "\ufeff\n<br />\n<b>Notice</b>: x\n" + HEAD
    pieces = read(tmp_path, item(1), item(2), item(3)[:600], head=head, tail="")
    assert [type(piece) for piece in pieces] == [Article, Article, Refused]


def test_an_enormous_item_costs_itself_only(tmp_path):
    pieces = read(tmp_path, item(1), item(2, "x" * 8_000_000), item(3, "y " * 400_000), item(4))
    assert [type(piece) for piece in pieces] == [Article, Refused, Refused, Article]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_entities_are_refused(tmp_path, declaration):
    head = HEAD.replace("?>", f"?>{declaration}", 1)
    with pytest.raises(InputRefused, match="entités"):
        read(tmp_path, item(1, "&x;&b;"), head=head)


def test_another_kind_of_file_is_refused_by_name(tmp_path):
    with pytest.raises(InputRefused, match=r"export\.xml"):
        read(tmp_path, head="<rss version='2.0'><channel>")


def test_items_are_cut_the_same_way_however_the_file_is_read(tmp_path, monkeypatch):
    items = [item(n, f"Texte {n} " * n) for n in range(1, 30)]
    whole = read(tmp_path, *items)
    for size in (7, 100, 1_001):
        monkeypatch.setattr(wxr_items, "_BLOCK", size)
        assert read(tmp_path, *items) == whole


def test_the_export_of_a_real_wordpress_gives_its_public_posts(shared):
    pieces = list(read_wxr(shared / "wordpress" / "wxr-export.xml", source="essai"))
    assert Counter(type(piece) for piece in pieces) == {Article: 357, NotPublic: 17}
    assert "CANARI" not in repr(pieces)
    assert "example.invalid" not in repr(pieces)
