"""From the text of a capture to its labelled lines: unwrapped, unglued, each link with its title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.ingest.capture_lines import Kind, Line, fold, labelled
from dashboard.ingest.cleaning import clean
from dashboard.ingest.glued_lines import (
    SHORTEST_TITLE,
    KnownTitles,
    at_bullets,
    at_cards,
    at_credits,
    breaks,
    halves,
    is_break,
)
from dashboard.ingest.headlines import LONGEST_DOUBLE, is_heading
from dashboard.ingest.link_titles import LinkTitles
from dashboard.ingest.page_markers import at_markers
from dashboard.ingest.prose_dates import Window

WRAPPED_WIDTH = 100
QUOTE = re.compile(r"^(?:>\s?)+")
PAGE_SUFFIX = re.compile(r"\s*(?:[-–—|(]\s*page \d+.*|\|.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line: "text", "archive", "section" or "more", its words and the number of its line."""

    kind: str
    words: str
    number: int


def labelled_lines(text: str, window: Window) -> list[Line]:
    """The lines of the capture in order, without blank ones, glued ones parted, with their numbers."""
    pieces = [
        Piece(kind, words, number)
        for number, line in _unwrapped(clean(text).split("\n"))
        for kind, words in at_markers(line)
    ]
    texts = [piece.words for piece in pieces if piece.kind == "text"]
    mores = [piece.words for piece in pieces if piece.kind == "more"]
    names = LinkTitles(texts, mores)
    named = {words: names.named(words) for words in dict.fromkeys(mores)}
    known = KnownTitles({title for title, _ in named.values() if title} | _doubled(texts))
    return [line for piece in pieces for line in _lines(piece, named, known, window)]


def _doubled(texts: Sequence[str]) -> set[str]:
    """Titles that stand twice in a row, as above and below a picture, glued to their neighbours or not."""
    parts = [part for text in texts for part in at_cards(text)]
    found: set[str] = set()
    for first, second in pairwise(parts):
        title = min(first, second, key=len)
        if not SHORTEST_TITLE <= len(title) <= LONGEST_DOUBLE or not is_heading(title):
            continue
        ends = first.endswith(title) and is_break(first, len(first) - len(title))
        begins = second.startswith(title) and is_break(second, len(title))
        if fold(first) == fold(second) or (title == second and ends) or (title == first and begins):
            found.add(title)
    return found


def _lines(
    piece: Piece, named: dict[str, tuple[str, str]], known: KnownTitles, window: Window
) -> Iterator[Line]:
    if piece.kind == "text":
        yield from _text_lines(piece.words, piece.number, known, window)
        return
    if piece.kind == "more":
        title, rest = named[piece.words]
        yield Line(Kind.MORE, title, piece.number)
    else:
        name, rest = _archive_name(piece.words, known)
        tags, sections = ((name,), ()) if piece.kind == "archive" else ((), (name,))
        yield Line(Kind.ARCHIVE, name, piece.number, tags=tags, sections=sections)
    if rest:
        yield from _text_lines(rest, piece.number, known, window)


def _text_lines(words: str, number: int, known: KnownTitles, window: Window) -> Iterator[Line]:
    for part in known.parted(words):
        for credited in at_credits(part):
            for card in at_cards(credited):
                for half in halves(card):
                    yield from (labelled(bullet, number, window) for bullet in at_bullets(half))


def _archive_name(words: str, known: KnownTitles) -> tuple[str, str]:
    """The name of the tag and what was glued behind it: a known title, else what a capital begins."""
    parts = known.parted(words)
    name, rest = parts[0], " ".join(parts[1:])
    places = breaks(name)
    if places:
        name, rest = name[: places[0]], f"{name[places[0] :]} {rest}".strip()
    elif (
        name[:1].islower()
        and len(name) > 2 * SHORTEST_TITLE
        and (capital := re.search(r"\s(?=[A-ZÀ-Ý«])", name))
    ):
        name, rest = name[: capital.start()], name[capital.end() :]
    return PAGE_SUFFIX.sub("", name).strip(" «»“”\"'\u00a0\u202f"), rest


def _unwrapped(lines: Sequence[str]) -> list[tuple[int, str]]:
    """The lines with their numbers, without mail quotation marks; a mail's short lines made paragraphs."""
    bare = [QUOTE.sub("", line) for line in lines]
    if not _is_wrapped(bare):
        return [(number, line) for number, line in enumerate(bare, 1) if line]
    joined: list[tuple[int, str]] = []
    for number, line in enumerate(bare, 1):
        continues = number > 1 and bare[number - 2] and line and not re.match(r"[•*–-]\s|[A-ZÀ]\w* ?:", line)
        if continues:
            joined[-1] = (joined[-1][0], f"{joined[-1][1]} {line}")
        elif line:
            joined.append((number, line))
    return joined


def _is_wrapped(lines: Sequence[str]) -> bool:
    full = [line for line in lines if line]
    near_width = sum(1 for line in full if len(line) > WRAPPED_WIDTH * 0.55)
    return (
        len(full) > 10
        and max(map(len, full)) <= WRAPPED_WIDTH
        and near_width > len(full) * 0.4
        and "" in lines
    )
