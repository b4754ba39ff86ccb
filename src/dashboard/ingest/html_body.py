"""The element of a page that holds the article, and the article's text."""

import re
from typing import cast

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from dashboard.ingest.html_text import classes, is_left_out, parsed, text_of

CONTENT_CLASSES = frozenset({
    "entry-content", "post-content", "article-content", "article__content", "td-post-content",
    "article-body", "article__body", "articlebody", "post-body", "story-body", "single-content",
    "wp-block-post-content", "article-text", "post__content",
})  # fmt: skip
_LEAD_CLASSES = frozenset({"chapo", "chapeau", "article__chapo", "article-chapo", "standfirst"})
_SURROUNDINGS = re.compile(
    r"relat|sidebar|comment|newsletter|share|sharing|widget|author-?(?:box|bio|info)|teaser|recommend|outbrain|"
    r"taboola|breadcrumb|menu|cookie|promo|most-read|plus-lus|a-lire|lire-aussi|footer|masthead|social",
    re.IGNORECASE,
)


def main_article(tree: etree._Element, number: str = "") -> etree._Element:
    """The element that holds the page's article: by its number, its headline, `<main>`, else the page."""
    articles = [each for each in tree.iter("article") if not is_beside(each)]
    candidates: list[etree._Element] = [
        *(each for each in articles if number and each.get("id") == f"post-{number}"),
        *(each for each in articles if next(each.iter("h1"), None) is not None),
        *(articles if len(articles) == 1 else ()),
        *tree.iter("main"),
        *tree.iter("body"),
        tree,
    ]
    return candidates[0]


def is_beside(element: etree._Element) -> bool:
    """Does the element stand in what surrounds an article, such as a list of teasers?"""
    return any(is_left_out(each) for each in (element, *element.iterancestors()) if each.tag != "form")


def content_of(main: etree._Element) -> etree._Element | None:
    """The element that holds nothing but the article's text, by the usual names; None when there is none."""
    named = [
        each
        for each in main.iter("div", "section", "article", "span")
        if (classes(each) & CONTENT_CLASSES or each.get("itemprop") == "articleBody") and not is_beside(each)
    ]
    return max(named, key=_length, default=None)


def article_text(tree: etree._Element, main: etree._Element) -> str:
    """The text of the page's article; "" when none is found.

    From the element that the site itself names as the content; else by trafilatura from the page without its
    teasers, widgets and comments, which it takes for text on pages with a short article.
    """
    content = content_of(main)
    text = text_of(_markup(content)) if content is not None else ""
    if text:
        return text
    page = parsed(_markup(tree))
    if page is None:
        return ""
    _prune(page)
    found = trafilatura.extract(
        _markup(page),
        output_format="html",
        include_comments=False,
        include_tables=True,
        include_links=True,
        favor_precision=True,
    )
    return text_of(found or "")


def lead_text(main: etree._Element) -> str:
    """The standfirst that stands above the text; "" when there is none."""
    named = (each for each in main.iter("p", "div") if classes(each) & _LEAD_CLASSES and not is_beside(each))
    first = next(named, None)
    return "" if first is None else text_of(_markup(first))


def _prune(page: etree._Element) -> None:
    """Take out the title and what surrounds an article, unless it holds most of the page's paragraphs."""
    for title in list(page.iter("h1")):
        cast(HtmlElement, title).drop_tree()
    whole = sum(_length(each) for each in page.iter("p"))
    for element in list(page.iter("div", "section", "ul", "ol", "aside", "footer", "header", "nav", "form")):
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if not (is_left_out(element) or _SURROUNDINGS.search(named)):
            continue
        inside = sum(_length(each) for each in element.iter("p"))
        if element.getparent() is not None and 2 * inside <= whole:
            cast(HtmlElement, element).drop_tree()


def _length(element: etree._Element) -> int:
    return sum(map(len, element.itertext()))


def _markup(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)
