"""The articles of a selection to take away: JSON lines, and a feed that a reader can follow."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Any

from lxml import etree

MOST_IN_FEED = 100


def jsonl(records: Iterable[Mapping[str, Any]]) -> bytes:
    """One object a line, as `vigie list --jsonl` prints them."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def rss(records: Iterable[Mapping[str, Any]], *, title: str, link: str) -> bytes:
    """An RSS 2.0 feed of the first MOST_IN_FEED records; `link` is where the selection is shown."""
    feed = etree.Element("rss", version="2.0")
    channel = etree.SubElement(feed, "channel")
    for name, text in (("title", title), ("link", link), ("description", title), ("language", "fr")):
        etree.SubElement(channel, name).text = text
    for record in list(records)[:MOST_IN_FEED]:
        _item(channel, record)
    document: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return document


def _item(channel: etree._Element, record: Mapping[str, Any]) -> None:
    item = etree.SubElement(channel, "item")
    etree.SubElement(item, "title").text = record["title"]
    if record["url"]:
        etree.SubElement(item, "link").text = record["url"]
    etree.SubElement(item, "guid", isPermaLink="false").text = record["key"]
    if record["published"]:
        noon = datetime.combine(date.fromisoformat(record["published"]), time(12), UTC)
        etree.SubElement(item, "pubDate").text = format_datetime(noon)
    for tag in record["tags"]:
        etree.SubElement(item, "category").text = tag
    etree.SubElement(item, "description").text = record["text"][:1_000]
