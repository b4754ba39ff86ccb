"""WordPress exports (WXR): published posts without password, one at a time; no login, e-mail or draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from dashboard.errors import InputRefused
from dashboard.ingest.article import Article, Published
from dashboard.ingest.cleaning import clean_title, safe_url
from dashboard.ingest.dates import moment
from dashboard.ingest.html_text import lead_of, text_of, title_of
from dashboard.ingest.pieces import (
    DEFAULT_ZONE,
    NotPublic,
    Piece,
    Pieces,
    author_name,
    bounded,
    distinct,
    refusal,
)  # fmt: skip
from dashboard.ingest.sections import main_section
from dashboard.ingest.wxr_items import MAX_ITEM_BYTES, split_items

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
DAY_BASIS = "export WordPress\u00a0: date du site"

_ROOT = re.compile(r"<rss\b[^>]{0,4000}>")
_VERSION = re.compile(r"wordpress\.org/export/([0-9.]{1,8})/")
_LINK = re.compile(r"<link>([^<]{0,500})</link>")
_TYPE = re.compile(r"<wp:post_type>(?:<!\[CDATA\[)?([\w-]{1,40})")
_GUESSED = {"ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED", "ERR_CDATA_NOT_FINISHED", "ERR_GT_REQUIRED"}
_KINDS = {
    "draft": "brouillon", "auto-draft": "brouillon", "inherit": "brouillon", "private": "privé",
    "pending": "en attente de relecture", "future": "programmé", "trash": "à la corbeille",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Export:
    """What holds for the whole file: root element, namespace of its own words, shown names of authors."""

    source: str
    zone: str
    root: str
    wp: str
    authors: dict[str, str]


def read_wxr(path: Path, *, source: str, zone: str = DEFAULT_ZONE) -> Pieces:
    """The posts of an export, in its order. Pages, pictures and menus are no articles and are passed over.

    A broken item is refused and the next one read: each is parsed by itself, without entities or network.
    Raises InputRefused when the file is no WordPress export or declares entities.
    """
    with path.open("rb") as stream:
        chunks = split_items(stream)
        export = _opened(next(chunks, ""), path.name, source, zone)
        for number, chunk in enumerate(chunks, start=1):
            piece = _piece(export, chunk, f"{path.name}, élément {number}")
            if piece is not None:
                yield piece


def _opened(head: str, name: str, source: str, zone: str) -> _Export:
    """Read what precedes the first item."""
    version, root = _VERSION.search(head), _ROOT.search(head)
    if version is None or root is None:
        raise InputRefused(f"{name} n’est pas un export WordPress.")
    if "<!DOCTYPE" in head or "<!ENTITY" in head:
        raise InputRefused(f"{name} déclare des entités XML\u00a0: fichier refusé par prudence.")
    wp = f"{{http://wordpress.org/export/{version[1]}/}}"
    tree = _parsed(head[root.start() :] + "</channel></rss>", recover=True)
    authors = {} if tree is None else dict(_authors(tree, wp))
    return _Export(source, zone, root[0], wp, authors)


def _authors(tree: etree._Element, wp: str) -> Iterator[tuple[str, str]]:
    """Login and shown name of each author whose shown name is neither the login nor an e-mail address."""
    for element in tree.iter(f"{wp}author"):
        login = (element.findtext(f"{wp}author_login") or "").strip()
        shown = author_name(clean_title(element.findtext(f"{wp}author_display_name") or ""))
        if login and shown and shown != login:
            yield login, shown


def _parsed(markup: str, *, recover: bool) -> etree._Element | None:
    """The tree; None when it cannot be had, or only by guessing where elements end."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )
    try:
        tree = etree.fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if _GUESSED & {error.type_name for error in parser.error_log} else tree


def _piece(export: _Export, chunk: str, where: str) -> Piece | None:
    """What one item becomes; None for what is no post."""
    kind = _TYPE.search(chunk)
    if kind and kind[1] != "post":
        return None
    if len(chunk) > MAX_ITEM_BYTES:
        return _refused(export, chunk, where, "élément trop volumineux ou coupé")
    strict = _parsed(f"{export.root}{chunk}</rss>", recover=False)
    tree = strict if strict is not None else _parsed(f"{export.root}{chunk}</rss>", recover=True)
    item = None if tree is None else tree.find("item")
    status = None if item is None else item.findtext(f"{export.wp}status")
    password = None if item is None else item.findtext(f"{export.wp}post_password")
    if item is None or not status or (strict is None and password is None):
        return _refused(export, chunk, where, "élément illisible, état de publication inconnu")
    key = (item.findtext(f"{export.wp}post_id") or "").strip()
    if status != "publish" or password:
        shown = "protégé par mot de passe" if status == "publish" else _KINDS.get(status, "non publié")
        return NotPublic(export.source, f"article {key}", shown)
    if not key.isdigit():
        return _refused(export, chunk, where, "article sans numéro")
    return bounded(_article(export, item, str(int(key))), where)


def _refused(export: _Export, chunk: str, where: str, reason: str) -> Piece:
    """A refusal that shows no more of a broken item than its address: the rest may be private."""
    link = _LINK.search(chunk)
    return refusal(export.source, where, reason, link[1] if link else "")


def _article(export: _Export, item: etree._Element, key: str) -> Article:
    def said(name: str) -> str:
        return item.findtext(f"{export.wp}{name}") or ""

    markup = item.findtext(CONTENT) or ""
    text = text_of(markup, raw=True)
    excerpt = item.findtext(f"{export.wp[:-1]}excerpt/}}encoded") or ""
    local = moment(said("post_date"), export.zone)
    published = Published(day=local.day, basis=DAY_BASIS if local.day else local.problem)
    return Article(
        source=export.source,
        source_key=key,
        title=title_of(item.findtext("title") or ""),
        text=text,
        lead=lead_of(excerpt, text, markup),
        url=safe_url(item.findtext("link")),
        author=export.authors.get((item.findtext(CREATOR) or "").strip()),
        section=main_section(_names(item, "category")),
        tags=distinct(_names(item, "post_tag")),
        published=published,
        instant=moment(f"{said('post_date_gmt')}Z", export.zone).instant if local.day else None,
        modified=moment(f"{said('post_modified_gmt')}Z", export.zone).instant,
    )


def _names(item: etree._Element, domain: str) -> Iterator[str]:
    return (title_of(each.text or "") for each in item.iter("category") if each.get("domain") == domain)
