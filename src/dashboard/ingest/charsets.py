"""Characters of a page or feed: UTF-8 when that is what it is, else the declared charset, else the usual."""

import codecs

from dashboard.ingest.cleaning import decode

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Declared charsets that say nothing against Windows-1252, which contains them.
_VAGUE = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252", "utf-7"})


def characters(data: bytes, declared: str = "") -> str:
    """The text of `data`. A declaration counts only when the bytes are not UTF-8: it is often wrong.

    Raises InputRefused for an image, an archive or anything else that is no text.
    """
    if data.startswith(_MARKS):
        return decode(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    codec = _codec(declared)
    mostly_utf8 = data.decode("utf-8", "replace").count("\ufffd") * 1000 <= len(data)
    if codec is None or mostly_utf8:
        return decode(data)
    return data.decode(codec, "replace")


def _codec(declared: str) -> str | None:
    """The text codec of that name; None when it is unknown, vague or no text codec."""
    try:
        found = codecs.lookup(declared.strip()[:40])
    except (LookupError, ValueError):
        return None
    usable = found.name not in _VAGUE and getattr(found, "_is_text_encoding", True)
    return found.name if usable else None
