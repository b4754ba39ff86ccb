"""The articles of a selection to take away: JSON lines, and a feed that a reader can follow."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from itertools import islice
from typing import Any

from lxml import etree

MOST_IN_FEED = 100
# What no XML 1.0 document may hold (production 2, Char), not even escaped.
NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def jsonl(records: Iterable[Mapping[str, Any]]) -> bytes:
    """One object a line, as `vigie list --jsonl` prints them."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def rss(records: Iterable[Mapping[str, Any]], *, title: str, link: str) -> bytes:
    """An RSS 2.0 feed of the first MOST_IN_FEED records; `link` is where the selection is shown."""
    feed = etree.Element("rss", version="2.0")
    channel = etree.SubElement(feed, "channel")
    for name, text in (("title", title), ("link", link), ("description", title), ("language", "fr")):
        _add(channel, name, text)
    for record in islice(records, MOST_IN_FEED):
        _item(channel, record)
    document: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return document


def _item(channel: etree._Element, record: Mapping[str, Any]) -> None:
    item = etree.SubElement(channel, "item")
    _add(item, "title", record["title"])
    if record["url"]:
        _add(item, "link", record["url"])
    _add(item, "guid", record["key"], isPermaLink="false")
    if record["published"]:
        noon = datetime.combine(date.fromisoformat(record["published"]), time(12), UTC)
        _add(item, "pubDate", format_datetime(noon))
    for tag in record["tags"]:
        _add(item, "category", tag)
    _add(item, "description", record["text"][:1_000])


def _add(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, name, attributes).text = NOT_XML.sub("\ufffd", text)
