"""Where the REST API of a WordPress site is, as its home page says."""

import re
from urllib.parse import urljoin, urlsplit

from dashboard.ingest.answers import Fetched

_LINK = re.compile(r"<([^<>]{1,500})>\s*;[^,]{0,100}https://api\.w\.org/")
_LINK_TAG = re.compile(rb"<link\b[^>]{0,100}https://api\.w\.org/[^>]{0,300}>", re.IGNORECASE)
_HREF = re.compile(rb"href=[\"']([^\"']{1,500})[\"']")


def api_roots(home: Fetched) -> list[str]:
    """Where the API of a site may be, best first, from its home page.

    What the Link header announces is looked for on the host that was asked: a site may write another name of
    its own.
    """
    announced = [urljoin(home.url, found[1]) for found in _LINK.finditer(home.headers.get("link", ""))]
    tags = (_HREF.search(tag[0]) for tag in _LINK_TAG.finditer(home.body[:500_000]))
    announced += [urljoin(home.url, href[1].decode("utf-8", "replace")) for href in tags if href]
    here = [urljoin(home.url, _path(address)) for address in announced]
    base = home.url if home.url.endswith("/") else home.url.rpartition("/")[0] + "/"
    usual = [urljoin(base, "wp-json/"), urljoin(base, "?rest_route=/")]
    return list(dict.fromkeys([*here, *usual]))


def _path(address: str) -> str:
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
