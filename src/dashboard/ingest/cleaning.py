"""Making text safe to keep: bytes decoded, characters without traps, titles on one line, web addresses."""

import re
import unicodedata
from urllib.parse import urlsplit

from dashboard.errors import InputRefused

ZERO_WIDTH_KEPT = "\u200c\u200d"  # joiners carry meaning in Persian and in emoji
NO_BREAK_SPACES = "\u202f\u00a0"  # French typography: kept, the narrow one first
BINARY_STARTS = (
    b"\x89PNG",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"%PDF",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"7z\xbc\xaf",
)
MAX_URL = 2000
MIN_VALID_SHARE = 0.999
MAX_CONTROL_SHARE = 0.01

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\u2028\u2029\x1c-\x1e]")
# A single plain blank is as it should be, and by far the most frequent.
_WHITESPACE = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text in composed form (NFC), without control, format or bidirectional characters.

    Lines are kept, their blanks folded (a no-break space wins over a plain one), at most one blank line
    in a row. C1 controls are read as the Windows-1252 characters they nearly always were (U+0092 is ’,
    U+0085 is …); lone surrogates become U+FFFD. `clean(clean(x)) == clean(x)`.
    """
    whole = _LINE_ENDS.sub("\n", _join_surrogates(text))
    composed = unicodedata.normalize("NFC", whole.translate(_KEPT))
    lines = (_WHITESPACE.sub(_one_blank, line).strip() for line in composed.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_title(text: str) -> str:
    """The text cleaned and put on one line; empty when nothing is left."""
    return _WHITESPACE.sub(_one_blank, clean(text).replace("\n", " ")).strip()


def safe_url(url: str | None) -> str | None:
    """The address if it is http or https with a host and no password in it, otherwise nothing."""
    address = (url or "").strip()
    if (
        not address
        or len(address) > MAX_URL
        or not address.isprintable()
        or re.search(r"[\s\\<>\"]", address)
    ):
        return None
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return address if usable and "@" not in parts.netloc else None


def decode(data: bytes, *, name: str = "ce fichier") -> str:
    """The characters of a text file: UTF-8, UTF-16 or UTF-32 with a mark, nearly UTF-8, else Windows-1252.

    Raises InputRefused when the bytes are an image, an archive or anything else that is not text.
    """
    marked = _decode_by_mark(data)
    if marked is not None:
        return marked
    if data.startswith(BINARY_STARTS) or b"\x00" in data:
        raise InputRefused(f"{name} n’est pas du texte", detail=repr(data[:16]))
    text = _decode_unmarked(data)
    controls = sum(1 for c in text if unicodedata.category(c) == "Cc" and c not in "\n\r\t\f\v\x85")
    if controls > MAX_CONTROL_SHARE * max(len(text), 1):
        raise InputRefused(f"{name} n’est pas du texte", detail=f"{controls} control characters")
    return text


def _decode_by_mark(data: bytes) -> str | None:
    for mark, codec in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, errors="replace")
    return None


def _decode_unmarked(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        understood = data.decode("utf-8", errors="ignore")
    lost = len(data) - len(understood.encode("utf-8"))
    nearly_utf8 = lost <= (1 - MIN_VALID_SHARE) * len(data) and not understood.isascii()
    return data.decode("utf-8" if nearly_utf8 else "cp1252", errors="replace")


def _join_surrogates(text: str) -> str:
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _kept(character: str) -> str:
    if "\x80" <= character <= "\x9f":
        return character.encode("latin-1").decode("cp1252", errors="ignore")
    if character in "\n\t" or character in ZERO_WIDTH_KEPT:
        return character
    category = unicodedata.category(character)
    return " " if category == "Cc" else "" if category == "Cf" else character


class _Kept(dict[int, str]):
    """What each character becomes, found out the first time that it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = _kept(chr(code))
        return self[code]


_KEPT = _Kept()


def _one_blank(run: re.Match[str]) -> str:
    return next((space for space in NO_BREAK_SPACES if space in run.group()), " ")
