"""One web page as plain values, read in the isolated child: an article, or an archive that lists articles."""

import re
from typing import Any

from lxml import etree

from dashboard.errors import InputRefused
from dashboard.ingest.charsets import characters
from dashboard.ingest.cleaning import clean_title
from dashboard.ingest.html_archive import archive
from dashboard.ingest.html_body import article_text, content_of, is_beside, lead_text, main_article
from dashboard.ingest.html_metadata import (
    json_ld,
    linked,
    meta,
    metas,
    post_number,
    rel,
    said,
    times,
    within,
)  # fmt: skip
from dashboard.ingest.html_text import classes, parsed, plain_text, title_of
from dashboard.ingest.prose_dates import dates_in, plausible_window

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_LISTING = frozenset({"archive", "category", "tag", "blog", "home", "search", "author", "date"})
_SINGLE = frozenset({"single", "single-post", "page"})
_LONGEST_HEADER = 2_000


def page(data: bytes, charset: str = "") -> dict[str, Any]:
    """What a page holds, of kind "article" or "archive". Raises InputRefused when it is no HTML."""
    declared = _CHARSET.search(data[:20_000])
    text = characters(data, charset or (declared[1].decode("ascii") if declared else ""))
    tree = parsed(text) if "<" in text else None
    if tree is None:
        raise InputRefused("Ce n’est pas une page HTML.")
    listed = archive(tree)
    if _is_archive(tree, len(listed["items"])):
        return {"kind": "archive", **listed}
    return {"kind": "article", **_article(tree)}


def _is_archive(tree: etree._Element, items: int) -> bool:
    body = next(tree.iter("body"), None)
    named = set() if body is None else classes(body)
    if named & _SINGLE or post_number(tree):
        return False
    if named & _LISTING:
        return True
    is_article = bool(json_ld(tree)) or meta(tree, "og:type") == "article" or _has_headed_article(tree)
    return items >= 3 and not is_article


def _has_headed_article(tree: etree._Element) -> bool:
    """Is there an article under the page's main title? Those of a list have titles that are links."""
    titles = (h1 for each in tree.iter("article") if not is_beside(each) for h1 in each.iter("h1"))
    return any(next(h1.iter("a"), None) is None for h1 in titles)


def _article(tree: etree._Element) -> dict[str, Any]:
    number = post_number(tree)
    main = main_article(tree, number)
    data = json_ld(tree)
    own = list(within(main))
    tags = [
        clean_title(plain_text(each)) for each in own if "tag" in rel(each) and "category" not in rel(each)
    ]
    sections = [clean_title(plain_text(each)) for each in own if "category" in rel(each)]
    keywords = data.get("keywords")
    listed = keywords if isinstance(keywords, list) else re.split(r"[,;]", said(keywords))
    return {
        "number": number,
        "url": linked(tree, "canonical") or meta(tree, "og:url") or said(data.get("url")),
        "shortlink": linked(tree, "shortlink"),
        "title": _title(tree, main, data),
        "text": article_text(tree, main),
        "lead": lead_text(main),
        "author": title_of(_author(tree, own, data)),
        "dates": _dates(tree, main, data),
        "modified": said(data.get("dateModified")) or meta(tree, "article:modified_time", "datemodified"),
        "sections": sections or [_section(tree, data)],
        "tags": tags or metas(tree, "article:tag") or [title_of(said(each)) for each in listed],
        "full": not any("page-links" in classes(each) for each in main.iter("div", "p", "nav")),
        "protected": any("post-password-form" in classes(each) for each in main.iter("form")),
    }


def _title(tree: etree._Element, main: etree._Element, data: Any) -> str:
    heading = next((each for each in main.iter("h1")), None)
    shown = "" if heading is None else clean_title(plain_text(heading))
    name = next((plain_text(each) for each in tree.iter("title")), "")
    return shown or title_of(said(data.get("headline")) or meta(tree, "og:title") or name)


def _author(tree: etree._Element, own: list[etree._Element], data: Any) -> str:
    signed = next((plain_text(each) for each in own if "author" in rel(each) and each.tag == "a"), "")
    return signed or said(data.get("author")) or meta(tree, "author", "article:author_name", "parsely-author")


def _section(tree: etree._Element, data: Any) -> str:
    declared = data.get("articleSection")
    first = said(declared[:1] if isinstance(declared, list) else declared)
    return title_of(first or meta(tree, "article:section", "parsely-section") or _trail(tree))


def _trail(tree: etree._Element) -> str:
    """The last link of the breadcrumb trail, the home page aside."""
    for element in tree.iter("nav", "div", "ol", "ul", "p"):
        if any("breadcrumb" in each or each == "fil-ariane" for each in classes(element)):
            return next(reversed([plain_text(each) for each in element.iter("a")][1:]), "")
    return ""


def _dates(tree: etree._Element, main: etree._Element, data: Any) -> list[list[str]]:
    """What may be the date of publication with what it was read from, the surest first."""
    declared = meta(
        tree, "article:published_time", "datepublished", "dc.date.issued", "date", "parsely-pub-date"
    )
    found = [
        ["JSON-LD datePublished", said(data.get("datePublished"))],
        ["métadonnée de publication", declared],
        *(["balise <time>", written] for written in times(main)),
        ["texte sous le titre", _written_day(main)],
    ]
    return [[basis, raw[:100]] for basis, raw in found if raw]


def _written_day(main: etree._Element) -> str:
    """The first full date in what stands around the text of the article, as an ISO day; "" without one."""
    content = content_of(main)
    pieces: list[str] = []
    walk = etree.iterwalk(main, events=("start", "end"))
    for event, element in walk:
        if event == "start" and (element is content or (content is None and element.tag == "p")):
            walk.skip_subtree()
        elif event == "start":
            pieces.append(element.text or "")
        elif element is not main:
            pieces.append(element.tail or "")
    header = " ".join(pieces)[:_LONGEST_HEADER]
    stated = (each for each in dates_in(header, plausible_window()) if each.says_year)
    first = next(stated, None)
    return first.days[0].isoformat() if first else ""
