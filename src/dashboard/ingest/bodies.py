"""Bodies of answers within their size, before and after unpacking."""

import zlib
from collections.abc import Iterable


class BodyRefused(Exception):
    """A body that is not read to its end: `str()` is the French reason."""

    def __init__(self, reason: str, *, too_large: bool = False, temporary: bool = False) -> None:
        super().__init__(reason)
        self.too_large = too_large
        self.temporary = temporary


def unpacked(chunks: Iterable[bytes], coding: str, max_bytes: int) -> bytes:
    """The body, unpacked from at most one gzip or deflate coding, within `max_bytes` before and after.

    Raises BodyRefused for anything larger, cut, or packed several times.
    """
    coding = coding.strip().lower()
    if coding in {"", "identity"}:
        return _joined(chunks, max_bytes)
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise BodyRefused(f"codage «\u00a0{coding[:40]}\u00a0» refusé")
    packed = _joined(chunks, max_bytes)
    if not packed:
        return b""
    return _inflated(packed, 47 if coding != "deflate" or packed[:1] == b"\x78" else -15, max_bytes)


def _joined(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > max_bytes:
            raise BodyRefused(_size(max_bytes), too_large=True)
    return bytes(body)


def _inflated(packed: bytes, window: int, max_bytes: int) -> bytes:
    """Every gzip member in turn: a server may send several."""
    body = bytearray()
    while packed:
        unpacker = zlib.decompressobj(window)
        try:
            body += unpacker.decompress(packed, max_bytes + 1 - len(body))
        except zlib.error as failure:
            raise BodyRefused("réponse compressée illisible", temporary=True) from failure
        if len(body) > max_bytes or unpacker.unconsumed_tail:
            raise BodyRefused(_size(max_bytes), too_large=True)
        if not unpacker.eof:
            raise BodyRefused("réponse compressée coupée", temporary=True)
        packed = unpacker.unused_data.lstrip(b"\x00")
    return bytes(body)


def _size(max_bytes: int) -> str:
    return (
        f"réponse de plus de {max_bytes / 1e6:.0f}\u00a0Mo"
        if max_bytes >= 1e6
        else "réponse trop volumineuse"
    )
