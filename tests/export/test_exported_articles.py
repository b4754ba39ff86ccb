"""Articles to take away: JSON lines and a feed."""

import json

from lxml import etree

from dashboard.export import articles

RECORD = {
    "key": "site/1", "source": "site", "url": "https://site.example/1", "title": "Gaz & pétrole <b>",
    "author": None, "section": "Russie", "regions": ["Russie"], "tags": ["gaz", "énergie"],
    "published": "2024-03-01", "date_precision": "jour", "date_basis": "",
    "text": "Un texte\u0085avec un saut.",
}  # fmt: skip
UNDATED = {**RECORD, "key": "site/2", "published": None, "url": None}


def test_json_lines_are_one_object_a_line_whatever_the_text_holds():
    lines = articles.jsonl([RECORD, UNDATED]).decode().split("\n")
    assert [json.loads(line)["key"] for line in lines if line] == ["site/1", "site/2"]


def test_a_feed_holds_title_link_day_and_tags_and_escapes_what_others_wrote():
    feed = etree.fromstring(articles.rss([RECORD, UNDATED], title="Vigie : Russie", link="http://127.0.0.1"))
    first, second = feed.findall(".//item")
    assert first.findtext("title") == "Gaz & pétrole <b>"
    assert first.findtext("link") == "https://site.example/1"
    assert first.findtext("pubDate") == "Fri, 01 Mar 2024 12:00:00 +0000"
    assert [tag.text for tag in first.findall("category")] == ["gaz", "énergie"]
    assert second.find("link") is None and second.find("pubDate") is None


def test_a_feed_stays_a_feed_for_a_hundred_thousand_articles():
    feed = etree.fromstring(articles.rss([RECORD] * 300, title="t", link=""))
    assert len(feed.findall(".//item")) == articles.MOST_IN_FEED


def test_a_feed_survives_what_no_xml_may_hold():
    hostile = {**RECORD, "title": "Gaz\x00 et\x1b pétrole\ufffe", "key": "site/\x01", "tags": ["gaz\x0b"]}
    feed = etree.fromstring(articles.rss([hostile], title="requête « \x01 »", link="http://127.0.0.1"))
    assert feed.findtext(".//item/title") == "Gaz\ufffd et\ufffd pétrole\ufffd"
    assert feed.findtext("channel/title") == "requête « \ufffd »"
