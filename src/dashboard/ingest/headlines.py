"""Telling the title of the next article from a sub-heading of this one, when no link names it."""

import re
from collections.abc import Sequence

from dashboard.ingest.capture_lines import fold
from dashboard.ingest.prose_dates import IN_WORDS

LONGEST_HEADING = 230
LONGEST_DOUBLE = 150  # a title above and below its picture; cut excerpts are longer
LONGEST_QUESTION = 130
RECENT_LINES = 8
LEAST_SCORE = 1.5
CLOSING = {"en resume", "conclusion", "ce qu il faut retenir", "a retenir", "en bref", "l essentiel"}
USUAL_SUBHEADINGS = CLOSING | {
    "contexte", "le contexte", "quelles perspectives", "et maintenant", "reactions", "analyse",
    "chronologie", "reperes",
}  # fmt: skip
LOOKS_BACK = re.compile(
    r"^(?:(?:Ce|Cet|Cette|Ces)\s(?!(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b)|Il |Elle "
    r"|Ils |Elles |Par ailleurs"
    r"|Toutefois|Cependant|Néanmoins|Pourtant|Dans ce contexte|De son côté|Du côté|De plus|En outre"
    r"|En parallèle|Malgré c"
    r"|À ce stade|A ce stade|Face à c|Selon (?:lui|elle|eux)|L’armée|Ainsi|Enfin|Or,|Mais )",
    re.IGNORECASE,
)
NAME = re.compile(r"(?<![.!?«»:“”] )(?<!^)\b[A-ZÀ-Ý][\w-]+")
INNER_STOP = re.compile(r"[^\W\d_]{3,}[»”)\s]*\.\s*[A-ZÀ-Ý«(]")
NAME_IN_HEADING = re.compile(r"(?<!^)(?<!^«)\b[A-ZÀ-Ý][\w-]+")


def is_heading(text: str) -> bool:
    """Whether a line has the look of a title or sub-heading: one short phrase without a final full stop."""
    if not 2 <= len(text) <= LONGEST_HEADING or text[0] in "•-–*":
        return False
    stripped = text.rstrip(" \u00a0\u202f»”)")
    if stripped.endswith((".", ";", ",", ":", "…")) or INNER_STOP.search(text):
        return False
    if stripped.endswith(("?", "!")) and len(text) > LONGEST_QUESTION:
        return False
    return text[0].isalnum() or text[0] in "«“\"'(’¿¡" or not text[0].isascii()


def is_paragraph(text: str) -> bool:
    """Whether a line is a sentence or more."""
    return not is_heading(text) or len(text) > LONGEST_HEADING


def names(text: str) -> set[str]:
    """The capitalised words of a text that do not merely open a sentence, folded."""
    return {fold(word) for word in NAME.findall(text)}


def opens_article(
    line: str, following: Sequence[str], article: Sequence[str], usual: set[str], least: float
) -> bool:
    """Whether `line` is the title of a new article rather than a sub-heading of `article` (title, body).

    `following` is what comes after it, `usual` the names that say nothing because the whole page is
    about them. Weighs length, names, what the previous lines closed, whether the next paragraph looks
    back, and whether it speaks of the same people and places as the article so far.
    """
    if not is_heading(line) or not following or len(article) < 2:
        return False
    return (
        _shape_score(line) + _before_score(article) + _after_score(line, following, article, usual) >= least
    )


def _shape_score(line: str) -> float:
    words = fold(line).split()
    if fold(line) in USUAL_SUBHEADINGS or len(words) <= 2:
        return -5.0
    score = -1.5 if len(line) < 30 else 0.0 if len(line) < 50 else 0.5 if len(line) < 70 else 1.5
    if re.match(r".{3,40}\s?:\s", line):
        score += 0.5
    return score + (0.5 if NAME_IN_HEADING.search(line) else -1.5)


def _before_score(article: Sequence[str]) -> float:
    last = article[-1]
    if last.endswith(("[…]", "[...]", "(…)", "…", "...")):
        return 3.0
    if is_heading(last) and len(article) > 2:
        return -3.0
    headings = [fold(text) for text in article[1:] if is_heading(text) and len(text) < 60]
    if not headings:
        return 0.5
    return 2.0 if headings[-1] in CLOSING else -0.5


def _after_score(line: str, following: Sequence[str], article: Sequence[str], usual: set[str]) -> float:
    score = 2.0 if is_heading(following[0]) and len(following) > 1 and is_paragraph(following[1]) else 0.0
    paragraph = next((text for text in following[:2] if is_paragraph(text)), "")
    score -= 2.0 if LOOKS_BACK.match(paragraph) else 0.0
    score += 1.0 if IN_WORDS.search(paragraph[:200]) else 0.0
    return score + _novelty(line + " . " + paragraph, article, usual)


def _novelty(text: str, article: Sequence[str], usual: set[str]) -> float:
    spoken = names(text) - usual
    if not spoken:
        return 0.0
    seen = {
        fold(word)
        for word in re.findall(r"\b[A-ZÀ-Ý][\w-]+", " ".join([article[0], *article[-RECENT_LINES:]]))
    }
    return 4.0 * (len(spoken - seen) / len(spoken)) - 2.0
