"""What a page says of its article beside the text: JSON-LD, meta elements, links, `<time>`."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from dashboard.ingest.html_text import classes, is_left_out, plain_text

ARTICLE_TYPES = frozenset({
    "Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle",
    "OpinionNewsArticle", "BackgroundNewsArticle", "ReviewNewsArticle", "LiveBlogPosting",
})  # fmt: skip
_MOST_NODES = 1_000
_POST_CLASS = re.compile(r"postid-(\d{1,18})")
_JSON_LINK = re.compile(r"/wp/v2/posts/(\d{1,18})(?:\D|$)")


def json_ld(tree: etree._Element) -> Mapping[str, Any]:
    """The first object of an article type in the page's JSON-LD; {} when there is none."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            value = json.loads((script.text or "").strip().strip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(value):
            kinds = node.get("@type")
            if ARTICLE_TYPES & set(kinds if isinstance(kinds, list) else [kinds]):
                return node
    return {}


def _nodes(value: object) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON-LD block, its graph and its lists included."""
    waiting = [value]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        first = waiting.pop(0)
        if isinstance(first, list):
            waiting = [*first, *waiting]
        elif isinstance(first, dict):
            yield {key: each for key, each in first.items() if isinstance(key, str)}
            waiting = [*waiting, first.get("@graph"), first.get("mainEntity")]


def said(value: object) -> str:
    """A value of JSON-LD as text: the name of an object, the names of a list joined by commas."""
    if isinstance(value, dict):
        return said(value.get("name") or value.get("@value"))
    if isinstance(value, list):
        return ", ".join(filter(None, (said(each) for each in value[:20])))
    return value if isinstance(value, str) else ""


def meta(tree: etree._Element, *names: str) -> str:
    """The first meta element of one of these names (or properties) that says something; "" without one."""
    return next(iter(metas(tree, *names)), "")


def metas(tree: etree._Element, *names: str) -> list[str]:
    """What every meta element of these names says, by the order of the names."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if content:
            found.setdefault(name.lower(), []).append(content)
    return [content for name in names for content in found.get(name.lower(), [])]


def linked(tree: etree._Element, relation: str) -> str:
    """The address of the page's first link of that relation; "" without one."""
    return next((link.get("href") or "" for link in tree.iter("link") if relation in rel(link)), "")


def rel(element: etree._Element) -> list[str]:
    """The relations of a link, in lower case."""
    return (element.get("rel") or "").lower().split()


def post_number(tree: etree._Element) -> str:
    """The WordPress number of the article that a page is about; "" when it tells none."""
    for body in tree.iter("body"):
        if found := _POST_CLASS.search(body.get("class") or ""):
            return str(int(found[1]))
    for link in tree.iter("link"):
        found = _JSON_LINK.search(link.get("href") or "")
        if found and "alternate" in rel(link):
            return str(int(found[1]))
    return ""


def times(main: etree._Element) -> list[str]:
    """The machine dates of the `<time>` elements of an article, publication first, corrections never."""
    shown = [each for each in within(main) if each.tag == "time"]
    published = [each for each in shown if "published" in classes(each) or each.get("pubdate") is not None]
    others = [each for each in shown if "updated" not in classes(each) and "modified" not in classes(each)]
    return [each.get("datetime") or plain_text(each)[:60] for each in [*published, *others]]


def within(main: etree._Element) -> Iterator[etree._Element]:
    """The elements of an article that are its own: not those of teasers, widgets, comments."""
    walk = etree.iterwalk(main, events=("start",))
    for _, element in walk:
        if element is not main and is_left_out(element):
            walk.skip_subtree()
        else:
            yield element
