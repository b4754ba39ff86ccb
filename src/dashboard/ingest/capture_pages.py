"""The pages of a capture, menus taken away, and what is known of a page before its articles are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.ingest.capture_lines import Kind, Line, fold
from dashboard.ingest.headlines import LEAST_SCORE, is_heading, is_paragraph, names
from dashboard.ingest.page_words import INSTITUTIONAL

LONG_TEXT = 80
SHORT_WORDS = 5


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
    return [Page(_without_menus(lines[a:b])) for a, b in pairwise(bounds) if a < b]


def _is_head(lines: Sequence[Line], at: int) -> bool:
    near = [fold(line.text) in INSTITUTIONAL for line in lines[at : at + 6]]
    before = fold(lines[at - 1].text) in INSTITUTIONAL if at else False
    return near[0] and sum(near) >= 2 and not before


def _without_menus(lines: Sequence[Line]) -> list[Line]:
    """Menus out, and with them the name and motto of the site: short lines among menus above the content."""
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


def least_score(page: Page) -> float:
    """How much must speak for a new article: less on a page that is a list of them."""
    listed = page.is_archive or any(line.kind is Kind.MORE for line in page.lines)
    return LEAST_SCORE if listed else LEAST_SCORE + 1.5


def usual_names(lines: Sequence[Line]) -> set[str]:
    """The names in over three paragraphs of ten, which tell no article from another; none on a short page."""
    texts = [names(line.text) for line in lines if line.kind is Kind.TEXT and is_paragraph(line.text)]
    counted = Counter(name for found in texts for name in found)
    return {name for name, count in counted.items() if len(texts) >= 8 and count > 0.3 * len(texts)}


def next_links(lines: Sequence[Line]) -> list[Line | None]:
    """For each line the next « Lire la suite » after it on the page, or nothing."""
    found: list[Line | None] = [None] * len(lines)
    for at in range(len(lines) - 2, -1, -1):
        found[at] = lines[at + 1] if lines[at + 1].kind is Kind.MORE else found[at + 1]
    return found
