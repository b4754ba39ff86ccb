"""An archive page (tag, category, home): the articles it lists, and where it goes on."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from dashboard.ingest.cleaning import clean_title
from dashboard.ingest.html_body import content_of, is_beside
from dashboard.ingest.html_metadata import linked, rel, times
from dashboard.ingest.html_text import classes, plain_text, text_of

_POST_ID = re.compile(r"post-(\d{1,18})")
_CATEGORY_CLASS = re.compile(r"category-([a-z0-9-]{1,80})")
_TAG_TITLE = re.compile(
    r"(?:archives?\s+(?:du\s+mot-clé|(?:pour|de)\s+l[’'](?:étiquette|tag))|étiquette|mot-clé|tag)\s*:?\s*(.{1,80})",
    re.IGNORECASE,
)
_CATEGORY_TITLE = re.compile(
    r"(?:archives?\s+de\s+la\s+catégorie|catégorie|rubrique|category)\s*:?\s*(.{1,80})", re.I
)
_OLDER = re.compile(
    r"(?:articles|publications)\s+plus\s+ancien\w*|page\s+suivante|suivants?\b|older\s+posts|next\s+page|»$|→$",
    re.I,
)
_MOST_ITEMS = 500


def archive(tree: etree._Element) -> dict[str, Any]:
    """The articles that a page lists outside its margins, its tag or section, and where it goes on."""
    name = next((clean_title(plain_text(each)) for each in tree.iter("h1")), "")
    tag, category = _TAG_TITLE.fullmatch(name), _CATEGORY_TITLE.fullmatch(name)
    items = [item for each in _boxes(tree) if (item := _item(each))]
    return {
        "items": items[:_MOST_ITEMS],
        "tag": tag[1].strip(" «»\u00a0") if tag else "",
        "section": category[1].strip(" «»\u00a0") if category else "",
        "next": _next(tree),
        "tags": [each.get("href") or "" for each in tree.iter("a") if rel(each) == ["tag"]][:_MOST_ITEMS],
    }


def _boxes(tree: etree._Element) -> Iterator[etree._Element]:
    for element in tree.iter("article", "div", "li", "section"):
        if (element.tag == "article" or classes(element) & {"hentry", "post", "type-post"}) and not is_beside(
            element
        ):
            yield element


def _item(box: etree._Element) -> dict[str, Any] | None:
    """One listed article; None when the box has no title that is a link."""
    headings = (each for each in box.iter("h1", "h2", "h3", "h4"))
    link = next((a for each in headings for a in each.iter("a") if a.get("href")), None)
    if link is None:
        return None
    content = content_of(box)
    shown = box if content is None else content
    text = text_of(etree.tostring(shown, encoding="unicode", method="html", with_tail=False))
    title = clean_title(plain_text(link))
    if content is None:
        text = "\n\n".join(part for part in text.split("\n\n") if part != title)
    more = any("more-link" in classes(each) for each in box.iter("a"))
    number = _POST_ID.fullmatch(box.get("id") or "")
    return {
        "url": link.get("href"),
        "number": str(int(number[1])) if number else "",
        "title": title,
        "text": text,
        "full": content is not None and not more and "\n\n" in text and not text.endswith("…"),
        "dates": times(box),
        "tags": [clean_title(plain_text(each)) for each in box.iter("a") if rel(each) == ["tag"]],
        "sections": [clean_title(plain_text(each)) for each in box.iter("a") if "category" in rel(each)],
        "section_slugs": _CATEGORY_CLASS.findall(" ".join(sorted(classes(box)))),
    }


def _next(tree: etree._Element) -> str:
    """The address of the page with older articles; "" on the last one."""
    if declared := linked(tree, "next"):
        return declared
    for link in tree.iter("a"):
        above = link.getparent()
        named = classes(link) | (set() if above is None else classes(above))
        if link.get("href") and ("next" in rel(link) or named & {"next", "nav-previous", "older-posts"}):
            return link.get("href") or ""
    by_text = (each for each in tree.iter("a") if each.get("href") and _OLDER.search(plain_text(each)[:60]))
    found = next(by_text, None)
    return "" if found is None else found.get("href") or ""
