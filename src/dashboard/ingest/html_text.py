"""From HTML as publishing systems render it to plain paragraphs, without what surrounds an article."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from dashboard.ingest.cleaning import clean, clean_title
from dashboard.ingest.shortcodes import without_shortcodes

LEFT_OUT_TAGS = frozenset({
    "script", "style", "noscript", "template", "iframe", "svg", "form", "nav", "aside", "button",
    "object", "embed", "video", "audio", "canvas", "head", "select", "textarea", "figcaption", "map",
    "math", "dialog",
})  # fmt: skip
LEFT_OUT_CLASSES = frozenset({
    "more-link", "read-more", "wp-block-read-more", "wp-embedded-content", "twitter-tweet",
    "wp-block-embed", "instagram-media", "fb-post", "tiktok-embed", "wp-block-latest-posts",
    "wp-block-latest-comments", "wp-block-pullquote", "wp-block-button", "wp-block-buttons",
    "wp-block-search", "wp-block-tag-cloud", "wp-block-archives", "wp-block-categories", "wp-block-rss",
    "wp-block-query", "wp-caption-text", "page-links", "post-page-numbers", "screen-reader-text",
    "sharedaddy", "sd-sharing", "jp-relatedposts", "related", "related-posts", "related-articles",
    "yarpp-related", "newsletter", "promo", "advertisement", "author-box", "author-bio", "comments",
    "comments-area", "comment-respond", "social-share", "share-buttons", "teaser", "widget",
    "addtoany_share_save_container",
})  # fmt: skip
BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote",
    "pre", "table", "caption", "thead", "tbody", "tfoot", "tr", "section", "article", "main", "header",
    "footer", "figure", "details", "summary", "hr", "address", "fieldset", "center", "body", "html",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_EMOJI_CLASSES = frozenset({"wp-smiley", "emoji"})
_ELSEWHERE = re.compile(
    r"(?:[àa]\s+(?:re)?(?:lire|voir|écouter|découvrir)(?:\s+(?:aussi|également|sur le même sujet|ailleurs))?|"
    r"(?:lire|voir)\s+(?:aussi|également|la suite|l[’']article)|sur le même sujet|dans la même rubrique|"
    r"pour aller plus loin|nos autres articles|articles? (?:liés?|similaires?)|"
    r"(?:continuer|poursuivre) la lecture|read more|(?:see|read) also|\(?(?:suite|more)…\)?)\W{0,3}",
    re.IGNORECASE,
)
_BARE_LINK = re.compile(r"https?://\S+")
# In unrendered content a paragraph ends at a blank line, at « lire la suite » and at a page break.
_RAW_BREAKS = re.compile(r"\n[ \t\r]*\n\s*|<!--(?:more|nextpage)[^>]{0,200}-->")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LONGEST_TEASER = 300


@dataclass(slots=True)
class _Block:
    """One paragraph on its way: its pieces of text (line breaks as "\\n"), and how much of it is links."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0

    @property
    def text(self) -> str:
        return re.sub(r"[ \t\r\n\f\v]+", " ", "".join(self.pieces)).strip(" |")

    def add(self, text: str, *, in_link: bool) -> None:
        if text:
            self.pieces.append(text)
            self.linked += len(text.strip()) * in_link

    def ends_with_break(self) -> bool:
        for piece in reversed(self.pieces):
            if piece.strip() or piece == "\n":
                return piece == "\n"
        return False


def text_of(markup: str, *, raw: bool = False) -> str:
    """The paragraphs, sub-headings, list items and table rows of an article, separated by blank lines.

    Scripts, embeds, captions of pictures, repeated quotes, shortcodes, « À lire aussi », read-more links and
    other articles' titles are left out. `raw` is for unrendered WordPress content, where a blank line ends a
    paragraph. "" when nothing is left.
    """
    shown = without_shortcodes(markup)
    tree = parsed(_RAW_BREAKS.sub("<br><br>", shown) if raw else shown)
    return "" if tree is None else element_text(tree)


def element_text(element: etree._Element) -> str:
    """`text_of` for an element of a page."""
    return clean("\n\n".join(_without_teasers(list(_blocks(element)))))


def title_of(markup: str) -> str:
    """A title or a name that arrives as HTML: entities decoded once, elements gone, one line."""
    tree = parsed(markup) if "<" in markup else None
    text = html.unescape(markup) if tree is None else " ".join(block.text for block in _blocks(tree))
    return clean_title(text)


def parsed(markup: str) -> etree._Element | None:
    """The tree of a fragment or page; None when there is nothing in it."""
    try:
        found = lxml_html.document_fromstring(
            markup.replace("\x00", " ").encode("utf-8", "replace"), parser=_parser()
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return found


def lead_of(excerpt: str, text: str, markup: str = "") -> str:
    """An excerpt that was written for itself; "" when it is a piece of the text or is cut.

    `markup` is what the text came from: excerpts made by a program also hold what `text_of` leaves out.
    """
    lead = text_of(excerpt)
    words, whole = _squeezed(lead), _squeezed(text)
    shown = _squeezed(html.unescape(_TAG.sub(" ", markup)))
    repeated = words in whole or words in shown or whole.startswith(words[:40])
    return "" if repeated or lead.endswith(("…", "...", "]")) else lead


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _parser() -> lxml_html.HTMLParser:
    return lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)


def plain_text(element: etree._Element) -> str:
    """All the text in an element on one line, at most 2,000 characters."""
    return " ".join("".join(map(str, element.itertext())).split())[:2000]


def classes(element: etree._Element) -> set[str]:
    """The class names of an element, in lower case."""
    return set((element.get("class") or "").lower().split())


def is_left_out(element: etree._Element) -> bool:
    """Is this element, with all that it holds, no part of an article's text?"""
    tag = element.tag
    if not isinstance(tag, str) or tag in LEFT_OUT_TAGS:
        return True
    return not LEFT_OUT_CLASSES.isdisjoint(classes(element))


def _blocks(root: etree._Element) -> Iterator[_Block]:
    """The paragraphs below an element, in order; walks without recursion, whatever the depth."""
    block, links = _Block(), 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag)
        if element is not root and is_left_out(element):
            if event == "start":
                walk.skip_subtree()
            else:
                block.add(_spaced(element.tail), in_link=links > 0)
            continue
        if tag in BLOCKS or (tag == "br" and event == "start" and block.ends_with_break()):
            if block.text:
                yield block
            block = _Block()
        links += (tag == "a") * (1 if event == "start" else -1)
        text = _opening(element, tag) if event == "start" else _closing(element, root)
        block.add(text, in_link=links > 0)
    if block.text:
        yield block


def _opening(element: etree._Element, tag: str) -> str:
    if tag == "img":
        return (element.get("alt") or "") if classes(element) & _EMOJI_CLASSES else ""
    if tag == "br":
        return "\n"
    return (" | " if tag in _CELLS else "") + _spaced(element.text)


def _closing(element: etree._Element, root: etree._Element) -> str:
    return "" if element is root else _spaced(element.tail)


def _spaced(text: str | None) -> str:
    """The text with its own line ends as spaces: in HTML they are no more than that."""
    return re.sub(r"[\r\n]+", " ", text or "")


def _without_teasers(blocks: list[_Block]) -> Iterator[str]:
    """The paragraphs that are the article's own: no « À lire aussi », no links after it, no bare link."""
    after_heading = False
    for block in blocks:
        text = block.text
        all_link = block.linked >= 0.9 * len(text)
        found = _ELSEWHERE.match(text)
        if found and len(text) == found.end():
            after_heading = True
            continue
        after_heading = after_heading and all_link
        pointing = found and (":" in found[0] or block.linked > 0.4 * len(text))
        if after_heading or _BARE_LINK.fullmatch(text) or (pointing and len(text) <= _LONGEST_TEASER):
            continue
        yield text
