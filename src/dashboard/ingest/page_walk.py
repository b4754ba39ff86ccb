"""One pass over the lines of a page that opens and closes its articles."""

import re
from collections.abc import Set as AbstractSet

from dashboard.ingest.capture_lines import Kind, Line, fold
from dashboard.ingest.capture_pages import LONG_TEXT, Page
from dashboard.ingest.glued_lines import at_subheadings
from dashboard.ingest.headlines import LONGEST_HEADING, is_heading
from dashboard.ingest.page_titles import Item, PageState, TitleRules, same_title

BIOGRAPHY = re.compile(
    r"^(?P<name>[A-ZÀ-Ý][\w’-]+(?: (?:de |d’|du )?[A-ZÀ-Ý][\w’-]+){1,3}) est (?:une? |la |le |l’|anci"
    r"|professeu|cherch|journal|direct|député|analyst)"
)
ABOUT_AUTHOR = re.compile(r"^(?:à propos de l[’']auteur|l[’']auteure?$|biographie$)", re.IGNORECASE)


class Walk:
    """One pass over a page, which opens and closes articles; `items` and `orphans` are what it found."""

    def __init__(self, page: Page, titles: AbstractSet[str]) -> None:
        self.page = page
        self.rules = TitleRules(page, titles)
        self.state = PageState()
        self.orphans: list[Line] = []
        self.section: str | None = None
        self.tags: tuple[str, ...] = ()
        self.archive_section: str | None = None

    @property
    def items(self) -> list[Item]:
        """The articles that are complete, in the order of the page."""
        return self.state.items

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
        for at, line in enumerate(self.page.lines):
            if not self.state.hidden or line.kind in {Kind.ARCHIVE, Kind.SIDEBAR}:
                steps[line.kind](at, line)
        self._close()
        self._drop_loose()
        return self

    def _archive(self, _at: int, line: Line) -> None:
        self._close()
        self._drop_loose()
        self.tags, self.archive_section = line.tags, next(iter(line.sections), None)
        self.state.fresh, self.state.teasers, self.state.hidden = True, False, False

    def _sidebar(self, _at: int, _line: Line) -> None:
        self._close()
        self._drop_loose()
        self.state.fresh, self.state.teasers, self.state.hidden, self.section = True, True, False, None

    def _list(self, at: int, line: Line) -> None:
        if is_heading(line.text) and self.state.current and not self.state.current.lines:
            self._text(at, line)
            return
        self._close()
        self.state.hidden = True

    def _credit(self, _at: int, _line: Line) -> None:
        self.state.after_credit = True

    def _date(self, _at: int, line: Line) -> None:
        if self.state.current and not self.state.current.day:
            self.state.current.day, self.state.current.day_words = line.day, line.text
            self.state.current.author = self.state.current.author or line.author
            self.state.fresh = not self.rules.dates_lead and not self.state.teasers

    def _section(self, at: int, line: Line) -> None:
        beside = {self.page.lines[i].kind for i in (at - 1, at + 1) if 0 <= i < len(self.page.lines)}
        if self.state.current and (self.state.teasers or Kind.DATE in beside):
            self.state.current.section = self.state.current.section or line.text
        elif not self.state.current:
            self.section = line.text
        else:
            self._text(at, line)

    def _filed(self, _at: int, line: Line) -> None:
        if self.state.current:
            self.state.current.section = self.state.current.section or next(iter(line.sections), None)
            self.state.current.tags += line.tags
            self.state.fresh = True

    def _more(self, _at: int, line: Line) -> None:
        title = line.text if len(line.text) <= 2 * LONGEST_HEADING else ""
        if self.state.current and (not title or same_title(title, self.state.current.title)):
            self.state.current.partial = True
        elif self.state.current and title:
            self._missing_heading(title, line.number)
        elif title and (self.state.loose or not self._is_stored(title)):
            self.state.current = self._item(title, line.number, [loose.text for loose in self.state.loose])
            self.state.current.partial, self.state.loose = True, []
        self._close()
        self.state.fresh = True

    def _missing_heading(self, title: str, number: int) -> None:
        """A link names an article whose heading was lost: the last paragraph is its excerpt."""
        current = self.state.current
        if current is None or self._is_stored(title):
            return
        excerpt = [current.lines.pop()] if len(current.lines) > 1 else [current.title, *current.lines]
        if excerpt[0] != current.title:
            self._close()
        self.state.current = self._item(title, number, excerpt)
        self.state.current.partial = True

    def _is_stored(self, title: str) -> bool:
        return any(fold(title) == fold(item.title) for item in self.state.items)

    def _text(self, at: int, line: Line) -> None:
        title, rest = self.rules.title_in(at, self.state)
        if title:
            self._close()
            self._drop_loose()
            self.state.current = self._item(title, line.number, [rest] if rest else [])
            self.state.fresh = self.state.biography = False
        elif self._is_author(line.text):
            self._close()
            self.state.fresh, self.state.biography = False, True
        elif self.state.current and fold(line.text) != fold(self.state.current.title):
            self._add(line.text)
        elif not self.state.current and not self.state.biography and fold(line.text) not in self.state.seen:
            self.state.loose.append(line)
        self.state.after_credit = False

    def _is_author(self, text: str) -> bool:
        author = self.state.current.author if self.state.current else None
        known = bool(author) and fold(text) == fold(author or "")
        return bool(self.state.current and self.state.current.lines) and (
            known or bool(ABOUT_AUTHOR.match(text))
        )

    def _add(self, text: str) -> None:
        current = self.state.current
        assert current is not None
        biography = BIOGRAPHY.match(text) if self.state.teasers and not current.day else None
        if biography:
            current.author = biography["name"]
        else:
            current.lines += [part for part in at_subheadings(text) if self._is_new(part, current)]

    def _is_new(self, text: str, current: Item) -> bool:
        """Whether a line is no repetition: of this article, or of a stretch of another one pasted twice."""
        owner = self.state.seen.get(fold(text), current.title)
        self.state.repeating = owner != current.title and (len(text) >= LONG_TEXT or self.state.repeating)
        return not self.state.repeating and text not in current.lines

    def _item(self, title: str, number: int, lines: list[str]) -> Item:
        section, self.section = self.section or (None if self.state.teasers else self.archive_section), None
        tags = () if self.state.teasers else self.tags
        return Item(
            title, number, lines, tags, section, teaser=self.state.teasers, partial=self.state.teasers
        )

    def _close(self) -> None:
        item, self.state.current = self.state.current, None
        if item is None:
            return
        while item.day and not item.teaser and len(item.lines) > 1 and _is_label(item.lines[-1]):
            item.lines.pop()
        item.partial = item.partial or not item.lines or item.lines[-1].endswith(("[…]", "[...]", "(…)", "…"))
        if not self.rules.structured and max(map(len, item.lines), default=0) < LONG_TEXT:
            self.orphans.append(Line(Kind.TEXT, "\n\n".join([item.title, *item.lines]), item.number))
            return
        self.state.seen.update((fold(line), item.title) for line in item.lines)
        self.state.items.append(item)

    def _drop_loose(self) -> None:
        self.orphans += self.state.loose
        self.state.loose = []


def _is_label(text: str) -> bool:
    return is_heading(text) and len(text) <= LONG_TEXT
