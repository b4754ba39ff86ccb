"""Cutting a French text into sentences: abbreviations, quotes, sentences glued by a lost space."""

import re
from collections.abc import Iterator

# Words whose full stop does not end a sentence; single letters (initials) never do.
_ABBREVIATIONS = (
    "al apr art av avr bd boul cdt cf chap cie col dr drs déc ed env etc ex fig fév févr "
    "gal hab janv jr juil lt m me mgr mlle mlles mm mme mmes no nos nov oct p pp pr prof "
    "sept sgt sr st ste sté tel tél vol vs éd"
)
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
_LONGEST = max(map(len, ABBREVIATIONS))
_BOUNDARY = re.compile(
    r"""(?P<stop>[.!?…]+(?:[\s\u00a0\u202f]?[»”"’')\]]+)?)\s+(?=[«"“‘'(\[–—-]?\s?[A-ZÀ-ÖØ-Þ0-9])"""
    r"""|(?P<glued>[.!?…»”"]{1,3})(?=(?:[LDJCNSM]['’])?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ])"""
    r"""|(?P<line>\n\s*)""",
)
_MARKS = re.compile(r"""[.!?…»”"\n]+""")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)$")


def _is_abbreviation(text: str, stop: int) -> bool:
    """Whether the full stop at index `stop` belongs to the word before it."""
    if stop > _LONGEST and text[stop - _LONGEST - 1 : stop].isalpha():
        return False
    before = _WORD_BEFORE.search(text, max(0, stop - 12), stop)
    if before is None:
        return False
    word = before.group(1)
    initial = len(word) == 1 and word.isupper()
    return initial or (word.lower() in ABBREVIATIONS and word.lower() != "etc")


def _boundaries(text: str) -> Iterator[re.Match[str]]:
    """The matches of _BOUNDARY; looking for its marks first is several times faster than searching for it."""
    free = 0
    for mark in _MARKS.finditer(text):
        for at in range(max(free, mark.start()), mark.end()):
            match = _BOUNDARY.match(text, at)
            if match is not None:
                free = match.end()
                yield match
                break


def _cuts(text: str) -> list[int]:
    """Where a sentence ends, as indexes just after it."""
    cuts: list[int] = []
    for match in _boundaries(text):
        if match.group("stop"):
            start = match.start("stop")
            if text[start] == "." and match.group("stop") == "." and _is_abbreviation(text, start):
                continue
            cuts.append(match.end("stop"))
        elif match.group("glued"):
            if text[match.start("glued")] in '»”"' and len(match.group("glued")) == 1:
                continue
            if text[match.start("glued")] == "." and _is_abbreviation(text, match.start("glued")):
                continue
            cuts.append(match.end("glued"))
        else:
            cuts.append(match.start("line"))
    return cuts


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of `text`, without the blanks around it; empty for a blank text."""
    found = []
    start = 0
    for end in [*_cuts(text), len(text)]:
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            left = start + len(piece) - len(piece.lstrip())
            found.append((left, left + len(stripped)))
        start = end
    return found
