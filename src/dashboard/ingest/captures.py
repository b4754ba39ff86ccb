"""Text captures: what people copy from a page of a magazine and paste into a file, read into articles."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from dashboard.errors import InputRefused
from dashboard.ingest.article import Article, Published, Refused
from dashboard.ingest.capture_lines import Kind, fold
from dashboard.ingest.capture_pages import pages
from dashboard.ingest.capture_text import labelled_lines
from dashboard.ingest.cleaning import clean_title, decode
from dashboard.ingest.merge import MAX_TAGS, merge
from dashboard.ingest.page_order import Clue, order_bounds
from dashboard.ingest.page_titles import Item
from dashboard.ingest.page_walk import Walk
from dashboard.ingest.pieces import refusal
from dashboard.ingest.prose_dates import Window, news_date, not_before, plausible_window

LARGEST_FILE = 50_000_000
LONGEST_TAG = 80


def read(
    path_or_text: Path | str, *, source: str = "captures", today: date | None = None
) -> Iterator[Article | Refused]:
    """The articles of one capture, each once, in the order of the page; then the pieces that are no article.

    A `Path` is a file to read, a `str` is the text itself. Dates of the prose are sought up to two days
    after `today`. Raises InputRefused, before anything is yielded, when the file cannot be read, is not
    text, or holds no article.
    """
    name, text = _named_text(path_or_text)
    window = plausible_window(today)
    lines = labelled_lines(text, window)
    titles = {fold(line.text) for line in lines if line.kind is Kind.MORE and line.text}
    walks = [Walk(page, titles).run() for page in pages(lines)]
    articles = merge(a for walk in walks for a in _articles(walk.items, source, window))
    if not articles:
        raise InputRefused(f"{name}\u00a0: aucun article reconnu dans ce texte", detail=f"{len(lines)} lines")
    refused = [
        refusal(source, f"{name}, ligne {line.number}", "texte sans titre", line.text)
        for walk in walks
        for line in walk.orphans
    ]
    return iter([*articles, *refused])


def source_key(title: str) -> str:
    """The key of an article that has no number of its own: its folded title, readable, and a digest of it."""
    folded = fold(title)
    digest = hashlib.sha256(folded.encode()).hexdigest()[:12]
    return f"{re.sub(r'[^a-z0-9]+', '-', folded)[:60].strip('-')}-{digest}".lstrip("-")


def _named_text(path_or_text: Path | str) -> tuple[str, str]:
    if isinstance(path_or_text, str):
        return "texte collé", path_or_text
    name = path_or_text.name
    try:
        if not path_or_text.is_file():
            raise InputRefused(f"{name}\u00a0: fichier introuvable", detail=str(path_or_text))
        if path_or_text.stat().st_size > LARGEST_FILE:
            raise InputRefused(f"{name}\u00a0: fichier trop grand pour une capture (50 Mo au plus)")
        return name, decode(path_or_text.read_bytes(), name=name)
    except OSError as error:
        raise InputRefused(f"{name}\u00a0: fichier illisible", detail=str(error)) from error


def _articles(items: Sequence[Item], source: str, window: Window) -> Iterator[Article]:
    listed = [item for item in items if not item.teaser]
    teasers = [[item] for item in items if item.teaser]
    dated = {id(item): found for group in (listed, *teasers) for item, found in _dated(group, window)}
    for item in items:
        yield Article(
            source=source,
            source_key=source_key(item.title),
            title=clean_title(item.title),
            text="\n\n".join(item.lines),
            author=item.author,
            section=item.section,
            tags=tuple(dict.fromkeys(tag[:LONGEST_TAG] for tag in item.tags if tag))[:MAX_TAGS],
            published=dated[id(item)],
            partial=item.partial,
        )


def _dated(items: Sequence[Item], window: Window) -> Iterator[tuple[Item, Published]]:
    """Each item of one page with its date; none is older than the past years that those below speak of."""
    clues: list[Clue] = []
    first = window.first
    for item in reversed(items):
        text = "\n\n".join(item.lines)
        first = max(first, not_before(text, window))
        reading = None if item.day else news_date(text, Window(first, window.last))
        clues.append(Clue(item.day, item.day_words, reading))
    return zip(items, order_bounds(clues[::-1]), strict=True)
