"""From the text of a capture to its labelled lines: unwrapped, unglued, each « Lire la suite » with the title it names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.ingest.capture_lines import Kind, Line, fold, labelled
from dashboard.ingest.cleaning import clean
from dashboard.ingest.glued_lines import (
    SHORTEST_TITLE,
    at_bullets,
    at_cards,
    at_credits,
    at_markers,
    at_titles,
    breaks,
    halves,
    is_break,
    shape,
)
from dashboard.ingest.headlines import LONGEST_HEADING, is_heading
from dashboard.ingest.prose_dates import Window

WRAPPED_WIDTH = 100
LONGEST_DOUBLE = 150
QUOTE = re.compile(r"^(?:>\s?)+")
PAGE_SUFFIX = re.compile(r"\s*(?:[-–—|(]\s*page \d+.*|\|.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line: "text", "archive", "section" or "more", its words and the number of its line."""

    kind: str
    words: str
    number: int


def labelled_lines(text: str, window: Window) -> list[Line]:
    """The lines of the capture in order, without blank ones, glued ones parted; the numbers are those of the text."""
    pieces = [
        Piece(kind, words, number)
        for number, line in _unwrapped(clean(text).split("\n"))
        for kind, words in at_markers(line)
    ]
    texts = [piece.words for piece in pieces if piece.kind == "text"]
    mores = [piece.words for piece in pieces if piece.kind == "more"]
    named = {words: named_title(words, texts, mores) for words in dict.fromkeys(mores)}
    titles = sorted({title for title, _ in named.values() if title} | _doubled(texts), key=len, reverse=True)
    return [line for piece in pieces for line in _lines(piece, named, titles, window)]


def named_title(words: str, texts: Sequence[str], mores: Sequence[str]) -> tuple[str, str]:
    """The title that a « Lire la suite » names, spelt as its heading is, and what was glued behind it.

    `texts` are the other lines of the capture, `mores` the words of all its links.
    """
    headings = {fold(text): text for text in reversed(texts)}
    if not words or fold(words) in headings:
        return headings.get(fold(words), words), ""
    places = [at for at in breaks(words) if at >= SHORTEST_TITLE]
    links = {fold(link) for link in mores if link != words}
    for at in reversed(places):
        if fold(words[:at]) in headings or fold(words[:at]) in links:
            return headings.get(fold(words[:at]), words[:at]), words[at:]
    for text in sorted(
        (t for t in texts if SHORTEST_TITLE <= len(t) <= LONGEST_HEADING), key=len, reverse=True
    ):
        if shape(words).startswith(shape(text)):
            return text, words[len(text) :].strip()
    return _by_beginnings(words, places, texts, mores)


def _by_beginnings(
    words: str, places: Sequence[int], texts: Sequence[str], mores: Sequence[str]
) -> tuple[str, str]:
    if words.endswith(("…", "...", "[…]")):
        stem = shape(words.rstrip(".…[] "))
        return next((text for text in texts if shape(text).startswith(stem) and is_heading(text)), words), ""
    shapes = [shape(text) for text in texts]
    if any(text.startswith(shape(words)) or text.endswith(shape(words)) for text in shapes):
        return words, ""
    for at in reversed(places):
        if any(text.startswith(shape(words[:at])) or text.endswith(shape(words[:at])) for text in shapes):
            return words[:at], words[at:]
    for at in places:
        if any(link.startswith(words[at:]) for link in mores) or len(words) - at >= SHORTEST_TITLE:
            return words[:at], words[at:]
    return words, ""


def _doubled(texts: Sequence[str]) -> set[str]:
    """Titles that stand twice in a row, as above the picture and below it, glued to their neighbours or not."""
    parts = [part for text in texts for part in at_cards(text)]
    found: set[str] = set()
    for first, second in zip(parts, parts[1:], strict=False):
        title = min(first, second, key=len)
        if not SHORTEST_TITLE <= len(title) <= LONGEST_DOUBLE or not is_heading(title):
            continue
        ends = first.endswith(title) and is_break(first, len(first) - len(title))
        begins = second.startswith(title) and is_break(second, len(title))
        if fold(first) == fold(second) or (title == second and ends) or (title == first and begins):
            found.add(title)
    return found


def _lines(
    piece: Piece, named: dict[str, tuple[str, str]], titles: Sequence[str], window: Window
) -> Iterator[Line]:
    if piece.kind == "text":
        yield from _text_lines(piece.words, piece.number, titles, window)
        return
    if piece.kind == "more":
        title, rest = named[piece.words]
        yield Line(Kind.MORE, title, piece.number)
    else:
        name, rest = _archive_name(piece.words, titles)
        tags, sections = ((name,), ()) if piece.kind == "archive" else ((), (name,))
        yield Line(Kind.ARCHIVE, name, piece.number, tags=tags, sections=sections)
    if rest:
        yield from _text_lines(rest, piece.number, titles, window)


def _text_lines(words: str, number: int, titles: Sequence[str], window: Window) -> Iterator[Line]:
    for part in at_titles(words, titles):
        for credited in at_credits(part):
            for card in at_cards(credited):
                for half in halves(card):
                    yield from (labelled(bullet, number, window) for bullet in at_bullets(half))


def _archive_name(words: str, titles: Sequence[str]) -> tuple[str, str]:
    """The name of the tag and what was glued behind it: a known title, else what a capital begins."""
    parts = at_titles(words, titles)
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
    """The lines with their numbers, without mail quotation marks; a mail's short lines joined into paragraphs."""
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
