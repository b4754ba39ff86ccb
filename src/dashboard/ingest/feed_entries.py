"""Entries of a feed as plain values, read by feedparser, in a child process, from text made parsable."""

import io
import re
from itertools import pairwise
from typing import Any

import feedparser

from dashboard.errors import InputRefused
from dashboard.ingest.charsets import characters
from dashboard.ingest.html_text import lead_of, text_of, title_of
from dashboard.ingest.pieces import MAX_PAGE_BYTES

_ROOT = re.compile(r"<\?xml|<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"\A<\?xml[^>]{0,300}\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding=[\"']([\w-]{1,40})")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_XML_REFERENCE = re.compile(
    r"&#(?:0{0,5}(?:[0-8]|1[124-9]|2\d|3[01])|x0{0,5}(?:[0-8bcef]|1[0-9a-f]));", re.I
)
# feedparser looks for an e-mail address in names in quadratic time: no author is that long.
_LONG_NAME = re.compile(
    r"(<(?:\w{1,20}:)?(?:author|name|email|managingEditor|webMaster|creator|publisher|owner)\b[^>]{0,200}>)"
    r"(?:<!\[CDATA\[)?[^<]{400,}"
)
_END = re.compile(
    r"</(?:\w{1,20}:)?(?:rss|feed|rdf|channel)\s*>\s*(?:<!--.{0,2000}-->\s*)?\Z", re.IGNORECASE | re.DOTALL
)
_CUT_TEXT = re.compile(r"(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.)\W*\Z")
_ITEM = re.compile(r"<(?:item|entry)[\s>/]")
_ITEM_END = re.compile(r"</(?:item|entry)\s*>")
_ADDRESS = re.compile(r"[^\s()<>]{1,200}@[^\s()<>]{0,200}")
_HEAD = 20_000
MOST_ITEMS = 2_000


def entries(data: bytes, charset: str = "") -> dict[str, Any]:
    """The feed's own address and generator, and its entries; raises InputRefused when it is no feed.

    An entry has: title, link, guid, published, updated, author, categories, text, lead, full (is the text the
    whole article as far as the feed says?), protected. The entries of a feed that is no well-formed XML are
    parsed one by one, so that a spoiled one does not swallow the next; `unread` counts those beyond
    `MOST_ITEMS`.
    """
    text = parsable(data, charset)
    found = _parsed(text)
    feed, read, unread = found.feed, found.entries, 0
    if found.bozo:
        head, items = split_items(text)
        unread = max(0, len(items) - MOST_ITEMS)
        read = [
            entry for item in items[:MOST_ITEMS] for entry in _parsed(head + item + _ending(head)).entries
        ]
    values = [_entry(entry) for entry in read]
    if values and _is_cut(text):
        values[-1]["full"] = False
    known = {"link": feed.get("link", ""), "generator": feed.get("generator", "")}
    return {**known, "entries": values, "unread": unread}


def split_items(text: str) -> tuple[str, list[str]]:
    """What precedes the first item or entry, and each of them up to its end tag or to the next one."""
    starts = [found.start() for found in _ITEM.finditer(text)]
    items: list[str] = []
    for start, following in pairwise([*starts, len(text)]):
        end = _ITEM_END.search(text, start, following)
        items.append(text[start : end.end() if end else following])
    return text[: starts[0]] if starts else text, items


def _parsed(text: str) -> Any:
    return feedparser.parse(
        io.BytesIO(text.encode("utf-8")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _ending(head: str) -> str:
    """The end tags of a feed that begins like this."""
    if "<feed" in head:
        return "</feed>"
    return "</rdf:RDF>" if "<rdf:RDF" in head else "</channel></rss>"


def parsable(data: bytes, charset: str = "") -> str:
    """The feed as text that an XML parser accepts as far as possible, from its first element on."""
    declared = _ENCODING.search(data[:_HEAD])
    text = characters(data, declared[1].decode("ascii") if declared else charset)
    start = _ROOT.search(text[:_HEAD])
    if start is None:
        raise InputRefused("Ce n’est pas un flux RSS ou Atom.")
    if "<!ENTITY" in text[:_HEAD]:
        raise InputRefused("Le flux déclare des entités XML\u00a0: refusé par prudence.")
    body = _DECLARATION.sub("", text[start.start() :])
    shortened = _LONG_NAME.sub(r"\1", _NO_XML_REFERENCE.sub("", _NO_XML.sub("", body)))
    return f'<?xml version="1.0" encoding="utf-8"?>{shortened}'


def _is_cut(text: str) -> bool:
    """Does the feed end inside its last entry?"""
    opened = max(text.rfind("<item"), text.rfind("<entry"))
    closed = max(text.rfind("</item"), text.rfind("</entry"))
    return not _END.search(text[-5000:]) and opened > closed


def _entry(entry: Any) -> dict[str, Any]:
    content = next((each.get("value", "") for each in entry.get("content", ())), "")
    summary = entry.get("summary", "")
    markup = content or summary
    too_long = len(markup) > MAX_PAGE_BYTES
    text = markup[: MAX_PAGE_BYTES + 1] if too_long else text_of(markup)
    return {
        "title": title_of(entry.get("title", "")[:5000]),
        "link": entry.get("link", ""),
        "guid": entry.get("id", ""),
        "published": entry.get("published", "") or entry.get("created", ""),
        "updated": entry.get("updated", ""),
        "author": title_of(_ADDRESS.sub("", entry.get("author", "")[:500])).strip(" ()<>,;"),
        "categories": [title_of(tag.get("term") or tag.get("label") or "") for tag in entry.get("tags", ())],
        "text": text,
        "lead": lead_of(summary[:50_000], text, markup) if content and not too_long else "",
        "full": bool(content) and not _CUT_TEXT.search(text[-20:]),
        "protected": _is_protected(entry.get("title", ""), markup[:20_000]),
    }


def _is_protected(title: str, markup: str) -> bool:
    """Does a password form stand where the text should be?"""
    form = "action=postpass" in markup or "post-password-form" in markup
    hint = "cette publication est protégée" in markup or "this is a protected post" in markup
    return form or (hint and title.startswith(("Protégé", "Protected")))
