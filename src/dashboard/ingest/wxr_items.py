"""Cutting a WordPress export into its items while reading it, so that a broken one harms no other."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from dashboard.ingest.pieces import MAX_PAGE_BYTES

MAX_ITEM_BYTES = 2 * MAX_PAGE_BYTES
MAX_HEAD_BYTES = 20_000_000

_BLOCK = 1 << 20
_ITEM = re.compile(rb"<item[\s>]")
_LONGEST_START = len(b"<item>")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding=[\"']([\w-]{1,20})")
_KNOWN_ENCODINGS = frozenset({"utf-8", "iso-8859-1", "iso-8859-15", "windows-1252"})


def split_items(stream: BinaryIO) -> Iterator[str]:
    """What precedes the first item, then each `<item>…</item>`, without control characters.

    An item that grows over `MAX_ITEM_BYTES` is given cut, a few bytes longer; the next one is looked
    for behind its beginning. The last one is given cut where the file is cut.
    """
    head, buffer = _head(stream)
    encoding = _encoding(head)
    yield head.decode(encoding, "replace")
    position = 0
    while True:
        start = _ITEM.search(buffer, position)
        end = _item_end(buffer, start.start()) if start else -1
        if start and end >= 0:
            yield buffer[start.start() : end].decode(encoding, "replace")
            position = end
        elif start and len(buffer) - start.start() > MAX_ITEM_BYTES + 100:
            yield buffer[start.start() : start.start() + MAX_ITEM_BYTES + 100].decode("ascii", "replace")
            position = start.end()
        else:
            kept = buffer[start.start() if start else max(position, len(buffer) - _LONGEST_START) :]
            block = _read(stream)
            if not block:
                break
            buffer, position = kept + block, 0
    if start:
        yield kept.decode(encoding, "replace")


def _head(stream: BinaryIO) -> tuple[bytes, bytes]:
    """All before the first item, and what was read from there on."""
    buffer = b""
    while len(buffer) < MAX_HEAD_BYTES:
        seen = max(len(buffer) - _LONGEST_START, 0)
        block = _read(stream)
        buffer += block
        if found := _ITEM.search(buffer, seen):
            return buffer[: found.start()], buffer[found.start() :]
        if not block:
            break
    return buffer, b""


def _read(stream: BinaryIO) -> bytes:
    block = stream.read(_BLOCK)
    return block.translate(None, _CONTROLS) or (_read(stream) if block else b"")


def _encoding(head: bytes) -> str:
    found = _ENCODING.search(head)
    declared = found[1].decode("ascii").lower() if found else "utf-8"
    return declared if declared in _KNOWN_ENCODINGS else "utf-8"


def _item_end(buffer: bytes, start: int) -> int:
    """Where the item that starts there ends, behind its end tag; −1 when that is not in the buffer.

    An end tag inside CDATA is text.
    """
    position, end = start, -2
    while True:
        if end < position and end != -1:
            end = buffer.find(b"</item>", position)
        data = buffer.find(b"<![CDATA[", position)
        if end < 0 or data < 0 or end < data:
            return end + len(b"</item>") if end >= 0 else -1
        close = buffer.find(b"]]>", data)
        if close < 0:
            return -1
        position = close + 3
