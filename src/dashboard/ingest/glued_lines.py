"""Lines that lost the break between them: where a heading or a known title was glued to its neighbour."""

import re
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, MatchKind

from dashboard.ingest.capture_lines import fold
from dashboard.ingest.headlines import is_heading
from dashboard.ingest.page_words import CREDIT, LISTS_WITHOUT_TEXT, NAVIGATION, SECTIONS, SIDEBARS

CAMEL = re.compile(
    r"\b(?:Ma?c[A-Z]|De[A-Z]|Di[A-Z]|La[A-Z]|Le[A-Z][a-z]+\b|i[PM]|e[BC]|You|Tik|Whats|Linked|Space"
    r"|Open|Deep|Total|Black|Bio|Astra"
    r"|Fed|Face|Power|Pay|Hua|Air|Euro|France|Inter|Sput|Nord)$"
)
SHORTEST_TITLE = 15
LONGEST_SUBHEADING = 120


def is_break(text: str, at: int) -> bool:
    """Whether two lines may have been glued before `text[at]`, as in « majeureArchives »."""
    if not 0 < at < len(text) or text[at - 1].isspace() or text[at].isspace():
        return False
    left, right, following = text[at - 1], text[at], text[at + 1 : at + 2]
    if right.isdigit():
        return text[max(0, at - 3) : at].isalpha() and left.islower()
    if not (right.isupper() or right in "«“"):
        return False
    if left.isupper():
        return text[at - 2 : at - 1].isupper() and following.islower()
    if left.islower():
        return not CAMEL.search(text[max(0, at - 12) : at])
    return (
        left in "»”?!)…"
        or (left.isdigit() and following.islower())
        or (left == "." and text[at - 2].islower())
    )


def breaks(text: str) -> list[int]:
    """Every place where two lines may have been glued, in order."""
    return [at for at in range(1, len(text)) if is_break(text, at)]


def shape(text: str) -> str:
    """The text with case, quotation marks and blanks evened out, of the same length, so positions compare."""
    return text.translate(EVEN).lower()


EVEN = str.maketrans("’‘\u00a0\u202f“”«»–—İ", '\'\'  """"--i')


def at_credits(line: str) -> list[str]:
    """The line cut around a photo credit, so that « …à court terme.Crédit photo : AFPTitre » gives three."""
    match = CREDIT.search(line)
    if not match:
        return [line]
    return [
        part.strip() for part in (line[: match.start()], match.group(), line[match.end() :]) if part.strip()
    ]


class KnownTitles:
    """The titles a capture names, to be found where they were glued to what precedes or follows them."""

    def __init__(self, titles: Iterable[str]) -> None:
        shapes = sorted({shape(title) for title in titles if len(title) >= SHORTEST_TITLE})
        self._finder = AhoCorasick(shapes, matchkind=MatchKind.LeftmostLongest)

    def parted(self, line: str) -> list[str]:
        """The line cut around each known title in it; whole when it holds none or is one."""
        parts, done = [], 0
        for _, start, end in self._finder.find_matches_as_indexes(shape(line)):
            if end - start < len(line) and _opens(line, start) and _closes(line, end):
                parts += [line[done:start].strip(), line[start:end]]
                done = end
        return [part for part in (*parts, line[done:].strip()) if part]


def halves(line: str) -> list[str]:
    """A title that stands twice on its line, as « TitreTitre », cut in two."""
    middle = len(line) // 2
    left, right = line[:middle].strip(), line[-middle:].strip() if middle else ""
    return [left, right] if len(left) >= SHORTEST_TITLE and shape(left) == shape(right) else [line]


def at_cards(line: str) -> list[str]:
    """« Titre 18.05.2022 Grand Angle » cut in three, a heading glued to what follows cut off."""
    match = CARD.match(line)
    if match and (not match["section"] or fold(match["section"]) in SECTIONS):
        return [part.strip() for part in match.groups() if part and part.strip()]
    if match := BYLINE.match(line):
        ends = [at for at in breaks(line) if at > match.end("date")] or [len(line)]
        parts = (match["title"], line[match.start("date") : ends[0]], line[ends[0] :])
        return [part.strip() for part in parts if part and part.strip()]
    for at in breaks(line[:40]):
        if fold(line[:at]) in LABELS:
            return [line[:at], *at_cards(line[at:])]
    return [line]


def at_bullets(line: str) -> list[str]:
    """Bullets that stand on one line, each on its own."""
    return [part.strip() for part in re.split(r"(?<=\S)\s*(?=[•▪◦]\s)", line)]


def at_subheadings(line: str) -> list[str]:
    """« …deux heures.Chaos » and « Une issue incertaineLe texte devra… » cut beside the sub-heading."""
    tail = range(max(1, len(line) - LONGEST_SUBHEADING), len(line))
    ends = [at for at in tail if line[at - 1] == "." and is_break(line, at) and is_heading(line[at:])]
    if ends:
        return [line[: ends[-1]], line[ends[-1] :]]
    for at in breaks(line[:LONGEST_SUBHEADING]):
        heading = line[:at]
        if (
            line[at - 1] != "."
            and len(heading) >= SHORTEST_TITLE
            and is_heading(heading)
            and heading[-3:].isalpha()
        ):
            return [heading, line[at:]]
    return [line]


LABELS = SECTIONS | SIDEBARS | NAVIGATION | LISTS_WITHOUT_TEXT
_CARD_START = (
    r"^(?P<title>.{8,200}?(?<!\ble)(?<!\bdu)(?<!\bau)(?<!\bpar))??"
    r"\s*(?P<date>\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d"
)
CARD = re.compile(_CARD_START + r")\s*(?P<section>[^\W\d][^\d.,;]{2,30})?$")
BYLINE = re.compile(_CARD_START + r"\s*par\s[^\d.,;]+)$")


def _opens(line: str, at: int) -> bool:
    return at == 0 or is_break(line, at) or line[:at].rstrip()[-1:] in ".!?»”…)"


def _closes(line: str, at: int) -> bool:
    rest = line[at:].lstrip()
    return not rest or is_break(line, at) or (rest != line[at:] and (rest[0].isupper() or rest[0] in "«“"))
