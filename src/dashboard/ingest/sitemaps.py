"""Sitemaps: the addresses of a site's articles, read in the isolated child."""

import gzip
import io
import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from lxml import etree

from dashboard.errors import InputRefused
from dashboard.ingest.charsets import characters

_ARTICLE_MAP = re.compile(r"posts?-post-|post-sitemap|articles?|news|posts?\d*\.xml", re.IGNORECASE)
_OTHER_MAP = re.compile(r"taxonom|categor|tag|author|users|page|image|video|attachment", re.IGNORECASE)
_MAX_UNPACKED = 50_000_000
_MOST = 50_000


def sitemap(data: bytes) -> dict[str, Any]:
    """The sitemaps (`maps`) and pages that a sitemap lists. Raises InputRefused when it is none."""
    if data.startswith(b"\x1f\x8b"):
        with gzip.open(io.BytesIO(data)) as packed:
            data = packed.read(_MAX_UNPACKED)
    text = characters(data)
    start = re.search(r"<(?:\w+:)?(?:urlset|sitemapindex)\b", text[:20_000])
    if start is None or "<!ENTITY" in text[:20_000]:
        raise InputRefused("Ce n’est pas un plan de site.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    tree = etree.fromstring(text[start.start() :].encode("utf-8", "replace"), parser=parser)
    found: dict[str, list[str]] = {"sitemap": [], "url": []}
    for element in () if tree is None else tree.iter("{*}sitemap", "{*}url"):
        address = (element.findtext("{*}loc") or "").strip()
        if address:
            found[etree.QName(element).localname].append(address)
    return {"maps": article_maps(found["sitemap"])[:_MOST], "pages": found["url"][:_MOST]}


def article_maps(maps: list[str]) -> list[str]:
    """Among the parts of a sitemap, those that list articles, judged by their names."""
    names = {address: urlsplit(address).path.rpartition("/")[2] for address in maps}
    named = [each for each in maps if _ARTICLE_MAP.search(names[each]) and not _OTHER_MAP.search(names[each])]
    return named or [each for each in maps if not _OTHER_MAP.search(names[each])]


def on_host(address: str, asked: str) -> str:
    """The address on the host that was asked: a site may write another name of its own into its sitemap."""
    host, path = urlsplit(asked), urlsplit(address)
    return urlunsplit((host.scheme, host.netloc, path.path, path.query, ""))
