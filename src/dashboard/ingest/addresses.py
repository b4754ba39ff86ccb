"""Addresses of articles: the key that an address gives, and the WordPress number inside it."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|xtor|xtref|mc_[ce]id|at_\w+|ref|amp|feed|output|share|replytocom", re.I
)
_NUMBER = re.compile(r"[?&]p=(\d{1,18})(?:&|#|$)")
_ON_A_COMMENT = re.compile(r"#comment-\d")


def address_key(url: str) -> str:
    """One key for all ways to write an article's address: host and path, without tracking or fragment."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    asked = sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0]))
    return f"{host}{port}{parts.path.rstrip('/') or '/'}" + (f"?{urlencode(asked)}" if asked else "")


def wordpress_number(*addresses: str | None) -> str | None:
    """The number of a post in `…/?p=123`, from the first address that has one; None for a comment's."""
    for address in addresses:
        found = _NUMBER.search(address or "")
        if found and not _ON_A_COMMENT.search(address or ""):
            return str(int(found[1]))
    return None
