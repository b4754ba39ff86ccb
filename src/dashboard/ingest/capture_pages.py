"""The pages of a capture and the pieces of articles on each: an archive of a tag, or one article with its surroundings."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from itertools import takewhile

from dashboard.ingest.capture_lines import INSTITUTIONAL, SECTIONS, Kind, Line, fold
from dashboard.ingest.glued_lines import SHORTEST_TITLE, at_subheadings, breaks
from dashboard.ingest.headlines import (
    LEAST_SCORE,
    LONGEST_HEADING,
    is_heading,
    is_paragraph,
    names,
    opens_article,
)

LONG_TEXT = 80
LONGEST_DOUBLE = 150
SHORT_WORDS = 5
SAME_TITLE = 0.9
BIOGRAPHY = re.compile(
    r"^(?P<name>[A-ZÀ-Ý][\w’-]+(?: (?:de |d’|du )?[A-ZÀ-Ý][\w’-]+){1,3}) est (?:une? |la |le |l’|anci|professeu|cherch|journal|direct|député|analyst)"
)
ABOUT_AUTHOR = re.compile(r"^(?:à propos de l[’']auteur|l[’']auteure?$|biographie$)", re.IGNORECASE)


@dataclass(slots=True)
class Item:
    """One article as a page shows it: title, body lines, and what stands beside them."""

    title: str
    number: int
    lines: list[str] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    section: str | None = None
    author: str | None = None
    day: date | None = None
    day_words: str = ""
    partial: bool = False
    teaser: bool = False


@dataclass(slots=True)
class Page:
    """The labelled lines of one page, menus, head and foot taken away."""

    lines: list[Line]

    @property
    def is_archive(self) -> bool:
        """Whether it has the heading of an archive."""
        return any(line.kind is Kind.ARCHIVE for line in self.lines)


def pages(lines: Sequence[Line]) -> list[Page]:
    """The capture cut at each heading of an archive and at each head of a page (the institutional menu)."""
    cuts = [i for i, line in enumerate(lines) if line.kind is Kind.ARCHIVE or _is_head(lines, i)]
    bounds = [0, *cuts, len(lines)]
    return [Page(_without_menus(lines[a:b])) for a, b in zip(bounds, bounds[1:], strict=False) if a < b]


def _is_head(lines: Sequence[Line], at: int) -> bool:
    near = [fold(line.text) in INSTITUTIONAL for line in lines[at : at + 6]]
    before = fold(lines[at - 1].text) in INSTITUTIONAL if at else False
    return near[0] and sum(near) >= 2 and not before


def _without_menus(lines: Sequence[Line]) -> list[Line]:
    """Menus out, and with them the name and motto of the site, short lines that stand among menus above the content."""
    content = next((i for i, line in enumerate(lines) if _is_content(line)), len(lines))
    menus = [i for i, line in enumerate(lines[:content]) if line.kind is Kind.MENU]
    last_menu = menus[-1] if len(menus) >= 3 else -1
    return [
        line
        for i, line in enumerate(lines)
        if line.kind is not Kind.MENU and not (_is_short(line) and (i < last_menu or _is_site_name(lines, i)))
    ]


def _is_short(line: Line) -> bool:
    return line.kind in {Kind.TEXT, Kind.SECTION} and len(fold(line.text).split()) <= SHORT_WORDS


def _is_site_name(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the name of the site above the menu at the foot of its page."""
    following = [line.kind is Kind.MENU for line in lines[at + 1 : at + 4]]
    return lines[at].kind is Kind.TEXT and len(following) == 3 and all(following)


def _is_content(line: Line) -> bool:
    return line.kind in {Kind.ARCHIVE, Kind.MORE, Kind.DATE} or (
        line.kind is Kind.TEXT and len(line.text) >= LONG_TEXT
    )


class Walk:
    """One pass over a page, which opens and closes articles; `items` and `orphans` are what it found."""

    def __init__(self, page: Page, titles: set[str]) -> None:
        self.lines = page.lines
        self.titles = titles
        self.items: list[Item] = []
        self.orphans: list[Line] = []
        self.current: Item | None = None
        self.loose: list[Line] = []
        self.seen: dict[str, str] = {}
        self.repeating = False
        self.fresh, self.teasers, self.hidden = True, False, False
        self.after_credit = self.biography = False
        self.section: str | None = None
        self.tags: tuple[str, ...] = ()
        self.archive_section: str | None = None
        self.dates_lead = dates_lead(self.lines)
        self.least = _least_score(page)
        self.usual = _usual_names(self.lines)
        self.links = _links(self.lines)

    def run(self) -> "Walk":
        """The walk itself; returns self."""
        steps = {
            Kind.ARCHIVE: self._archive,
            Kind.MORE: self._more,
            Kind.DATE: self._date,
            Kind.SECTION: self._section,
            Kind.FILED: self._filed,
            Kind.SIDEBAR: self._sidebar,
            Kind.LIST: self._list,
            Kind.CREDIT: self._credit,
            Kind.TEXT: self._text,
        }
        for at, line in enumerate(self.lines):
            if not self.hidden or line.kind in {Kind.ARCHIVE, Kind.SIDEBAR}:
                steps[line.kind](at, line)
        self._close()
        self._drop_loose()
        return self

    def _archive(self, _at: int, line: Line) -> None:
        self._close()
        self._drop_loose()
        self.tags, self.archive_section = line.tags, next(iter(line.sections), None)
        self.fresh, self.teasers, self.hidden = True, False, False

    def _sidebar(self, _at: int, _line: Line) -> None:
        self._close()
        self._drop_loose()
        self.fresh, self.teasers, self.hidden, self.section = True, True, False, None

    def _list(self, at: int, line: Line) -> None:
        if is_heading(line.text) and self.current and not self.current.lines:
            self._text(at, line)
            return
        self._close()
        self.hidden = True

    def _credit(self, _at: int, _line: Line) -> None:
        self.after_credit = True

    def _date(self, _at: int, line: Line) -> None:
        if self.current and not self.current.day:
            self.current.day, self.current.day_words = line.day, line.text
            self.current.author = self.current.author or line.author
            self.fresh = not self.dates_lead and not self.teasers

    def _section(self, at: int, line: Line) -> None:
        beside = {self.lines[i].kind for i in (at - 1, at + 1) if 0 <= i < len(self.lines)}
        if self.current and (self.teasers or Kind.DATE in beside):
            self.current.section = self.current.section or line.text
        elif not self.current:
            self.section = line.text
        else:
            self._text(at, line)

    def _filed(self, _at: int, line: Line) -> None:
        if self.current:
            self.current.section = self.current.section or next(iter(line.sections), None)
            self.current.tags += line.tags
            self.fresh = True

    def _more(self, _at: int, line: Line) -> None:
        title = line.text
        if self.current and (not title or _same(title, self.current.title)):
            self.current.partial = True
        elif self.current and title:
            self._missing_heading(title, line.number)
        elif title and (self.loose or not self._is_stored(title)):
            self.current = self._item(title, line.number, [loose.text for loose in self.loose])
            self.current.partial, self.loose = True, []
        self._close()
        self.fresh = True

    def _missing_heading(self, title: str, number: int) -> None:
        """A link names an article whose heading was lost: the last paragraph is its excerpt."""
        current = self.current
        if current is None or self._is_stored(title):
            return
        excerpt = [current.lines.pop()] if len(current.lines) > 1 else [current.title, *current.lines]
        if excerpt[0] != current.title:
            self._close()
        self.current = self._item(title, number, excerpt)
        self.current.partial = True

    def _is_stored(self, title: str) -> bool:
        return any(fold(title) == fold(item.title) for item in self.items)

    def _text(self, at: int, line: Line) -> None:
        title, rest = self._title_in(at, line)
        if title:
            self._close()
            self._drop_loose()
            self.current = self._item(title, line.number, [rest] if rest else [])
            self.fresh = self.biography = False
        elif self._is_author(line.text):
            self._close()
            self.fresh, self.biography = False, True
        elif self.current and fold(line.text) != fold(self.current.title):
            self._add(line.text)
        elif not self.current and not self.biography and fold(line.text) not in self.seen:
            self.loose.append(line)
        self.after_credit = False

    def _title_in(self, at: int, line: Line) -> tuple[str, str]:
        """The title that the line is or begins with, and the text glued behind it; two empty strings when none."""
        text = line.text
        if self.current and fold(text) == fold(self.current.title):
            return "", ""
        if fold(text) in self.titles or self._is_doubled(at) or self._is_dated(at):
            return text, ""
        if self.fresh and fold(text) not in self.seen and not (self.current and self.current.author):
            return self._first_title(at, text)
        return (text, "") if self._opens_by_structure(at, text) else ("", "")

    def _first_title(self, at: int, text: str) -> tuple[str, str]:
        """The title in the line that follows an article's end; the text before it may have lost its own."""
        for place in breaks(text[:LONGEST_HEADING]):
            before = text[:place]
            if (
                len(before) >= SHORTEST_TITLE
                and text[place - 1] != "."
                and is_heading(before)
                and not self.loose
            ):
                return before, text[place:]
        if not is_heading(text):
            return "", ""
        loose = [line.text for line in self.loose]
        if loose and not self.teasers:
            opens = opens_article(text, self._following(at), ["", *loose], self.usual, self.least)
            return (text, "") if opens else ("", "")
        return text, ""

    def _following(self, at: int) -> list[str]:
        lines = takewhile(lambda line: line.kind is Kind.TEXT, self.lines[at + 1 : at + 20])
        return [line.text for line in lines]

    def _is_doubled(self, at: int) -> bool:
        line, following = self.lines[at], self.lines[at + 1 : at + 2]
        same = (
            bool(following) and following[0].kind is Kind.TEXT and fold(following[0].text) == fold(line.text)
        )
        return same and is_heading(line.text) and len(line.text) <= LONGEST_DOUBLE

    def _is_dated(self, at: int) -> bool:
        following = [line.kind for line in self.lines[at + 1 : at + 3]]
        text = self.lines[at].text
        if not is_heading(text) or len(text) > LONGEST_DOUBLE or not following or not (self.dates_lead or self.teasers):
            return False
        return following[0] is Kind.DATE or following == [Kind.SECTION, Kind.DATE]

    def _opens_by_structure(self, at: int, text: str) -> bool:
        if self.teasers or self.current is None or self.dates_lead is not None:
            return False
        link = self.links[at]
        if link and _same(link.text, self.current.title):
            return False
        least = self.least - (2.0 if self.after_credit else 0.0)
        article = [self.current.title, *self.current.lines]
        return opens_article(text, self._following(at), article, self.usual, least)

    def _is_author(self, text: str) -> bool:
        author = self.current.author if self.current else None
        known = bool(author) and fold(text) == fold(author or "")
        return bool(self.current and self.current.lines) and (known or bool(ABOUT_AUTHOR.match(text)))

    def _add(self, text: str) -> None:
        current = self.current
        assert current is not None
        biography = BIOGRAPHY.match(text) if self.teasers and not current.day else None
        if biography:
            current.author = biography["name"]
        else:
            current.lines += [part for part in at_subheadings(text) if self._is_new(part, current)]

    def _is_new(self, text: str, current: Item) -> bool:
        """Whether a line is no repetition: of this article, or of a stretch of another one pasted twice."""
        owner = self.seen.get(fold(text), current.title)
        self.repeating = owner != current.title and (len(text) >= LONG_TEXT or self.repeating)
        return not self.repeating and text not in current.lines

    def _item(self, title: str, number: int, lines: list[str]) -> Item:
        section, self.section = self.section or (None if self.teasers else self.archive_section), None
        tags = () if self.teasers else self.tags
        return Item(title, number, lines, tags, section, teaser=self.teasers, partial=self.teasers)

    def _close(self) -> None:
        item, self.current = self.current, None
        if item is None:
            return
        while item.day and not item.teaser and len(item.lines) > 1 and _is_label(item.lines[-1]):
            item.lines.pop()
        item.partial = item.partial or not item.lines or item.lines[-1].endswith(("[…]", "[...]", "(…)", "…"))
        self.seen.update((fold(line), item.title) for line in item.lines)
        self.items.append(item)

    def _drop_loose(self) -> None:
        self.orphans += self.loose
        self.loose = []


def dates_lead(lines: Sequence[Line]) -> bool | None:
    """Whether the dates of a page stand above the texts (true) or below (false); nothing when it has none."""
    above: list[str] = []
    for line in lines:
        if line.kind is Kind.SIDEBAR:
            break
        if line.kind is Kind.DATE:
            return all(is_heading(text) for text in above) and len({fold(text) for text in above}) <= 1
        if line.kind is Kind.TEXT:
            above.append(line.text)
    return None


def _least_score(page: Page) -> float:
    listed = page.is_archive or any(line.kind is Kind.MORE for line in page.lines)
    return LEAST_SCORE if listed else LEAST_SCORE + 1.5


def _usual_names(lines: Sequence[Line]) -> set[str]:
    texts = [names(line.text) for line in lines if line.kind is Kind.TEXT and is_paragraph(line.text)]
    counted = Counter(name for found in texts for name in found)
    return {name for name, count in counted.items() if len(texts) >= 8 and count > 0.3 * len(texts)}


def _links(lines: Sequence[Line]) -> list[Line | None]:
    """For each line the next « Lire la suite » after it on the page, or nothing."""
    found: list[Line | None] = [None] * len(lines)
    for at in range(len(lines) - 2, -1, -1):
        found[at] = lines[at + 1] if lines[at + 1].kind is Kind.MORE else found[at + 1]
    return found


def _is_label(text: str) -> bool:
    return is_heading(text) and len(text) <= LONG_TEXT


def _same(first: str, second: str) -> bool:
    a, b = fold(first), fold(second)
    return a == b or (
        min(len(a), len(b)) >= SHORTEST_TITLE and SequenceMatcher(None, a, b).ratio() >= SAME_TITLE
    )


__all__ = ["SECTIONS", "Item", "Page", "Walk", "dates_lead", "pages"]
