"""Where an article begins on a page: the rules that make a line its title, the surest first."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from itertools import takewhile

from dashboard.ingest.capture_lines import Kind, Line, fold
from dashboard.ingest.capture_pages import Page, dates_lead, least_score, next_links, usual_names
from dashboard.ingest.glued_lines import SHORTEST_TITLE, breaks
from dashboard.ingest.headlines import LONGEST_DOUBLE, LONGEST_HEADING, is_heading, opens_article

SAME_TITLE = 0.9
STRUCTURE = {Kind.ARCHIVE, Kind.MORE, Kind.DATE, Kind.FILED}
CREDIT_BONUS = 2.0  # a photo credit mostly closes an article


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
class PageState:
    """How far the reading of a page has come.

    `fresh`: an article has just ended. `loose`: texts without a title since then. `seen`: the lines of
    the articles that are complete, with their title. `teasers`: past the head of a sidebar. `hidden`: in
    a list without texts.
    """

    items: list[Item] = field(default_factory=list)
    current: Item | None = None
    loose: list[Line] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    repeating: bool = False
    fresh: bool = True
    teasers: bool = False
    hidden: bool = False
    after_credit: bool = False
    biography: bool = False


class TitleRules:
    """The rules for one page; `titles` are the folded titles that links name anywhere in the capture."""

    def __init__(self, page: Page, titles: AbstractSet[str]) -> None:
        self.lines = page.lines
        self.titles = titles
        self.dates_lead = dates_lead(page.lines)
        self.least = least_score(page)
        self.usual = usual_names(page.lines)
        self.links = next_links(page.lines)
        self.structured = any(line.kind in STRUCTURE for line in page.lines)

    def title_in(self, at: int, state: PageState) -> tuple[str, str]:
        """The title that the line is or begins with, and the text glued behind it; both empty when none."""
        text = self.lines[at].text
        if state.current and fold(text) == fold(state.current.title):
            return "", ""
        if fold(text) in self.titles or self._is_doubled(at) or self._is_dated(at, state):
            return text, ""
        if state.fresh and fold(text) not in state.seen and not (state.current and state.current.author):
            return self._first_title(at, text, state)
        return (text, "") if self._opens_by_structure(at, text, state) else ("", "")

    def _first_title(self, at: int, text: str, state: PageState) -> tuple[str, str]:
        """The title in the line that follows an article's end; the text before it may have lost its own."""
        for place in breaks(text[:LONGEST_HEADING]):
            before = text[:place]
            if (
                len(before) >= SHORTEST_TITLE
                and text[place - 1] != "."
                and is_heading(before)
                and not state.loose
            ):
                return before, text[place:]
        if not is_heading(text):
            return "", ""
        loose = [line.text for line in state.loose]
        if loose and not state.teasers:
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

    def _is_dated(self, at: int, state: PageState) -> bool:
        following = [line.kind for line in self.lines[at + 1 : at + 3]]
        text = self.lines[at].text
        if (
            not is_heading(text)
            or len(text) > LONGEST_DOUBLE
            or not following
            or not (self.dates_lead or state.teasers)
        ):
            return False
        return following[0] is Kind.DATE or following == [Kind.SECTION, Kind.DATE]

    def _opens_by_structure(self, at: int, text: str, state: PageState) -> bool:
        if state.teasers or state.current is None or self.dates_lead is not None:
            return False
        link = self.links[at]
        if link and same_title(link.text, state.current.title):
            return False
        least = self.least - (CREDIT_BONUS if state.after_credit else 0.0)
        article = [state.current.title, *state.current.lines]
        return opens_article(text, self._following(at), article, self.usual, least)


def same_title(first: str, second: str) -> bool:
    """Whether two titles are the same but for a letter or two."""
    a, b = fold(first), fold(second)
    near = min(len(a), len(b)) >= SHORTEST_TITLE and max(len(a), len(b)) <= LONGEST_HEADING
    return a == b or (near and SequenceMatcher(None, a, b).ratio() >= SAME_TITLE)
