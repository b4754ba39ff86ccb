"""The titles that the « Lire la suite » of a capture name."""

from bisect import bisect_left
from collections.abc import Sequence

from dashboard.ingest.capture_lines import fold
from dashboard.ingest.glued_lines import SHORTEST_TITLE, breaks, shape
from dashboard.ingest.headlines import is_heading

LONGEST_LINK = 600  # two glued titles, and some


class LinkTitles:
    """Which title each « Lire la suite » of a capture names, when other lines may be glued behind it."""

    def __init__(self, texts: Sequence[str], links: Sequence[str]) -> None:
        self._headings = {fold(text): text for text in reversed(texts)}
        self._links = {fold(link) for link in links}
        self._shapes = {shape(text): text for text in reversed(texts)}
        self._starts = sorted(self._shapes)
        self._ends = sorted(text[::-1] for text in self._shapes)
        self._link_starts = sorted(map(shape, links))

    def named(self, words: str) -> tuple[str, str]:
        """The title in the words of a link, spelt as its heading is, and what was glued behind it."""
        if not words or fold(words) in self._headings:
            return self._headings.get(fold(words), words), ""
        places = [at for at in breaks(words[:LONGEST_LINK]) if at >= SHORTEST_TITLE]
        for at in reversed(places):
            if fold(words[:at]) in self._headings or fold(words[:at]) in self._links:
                return self._headings.get(fold(words[:at]), words[:at]), words[at:]
        return self._before_blank(words) or self._by_beginnings(words, places)

    def _before_blank(self, words: str) -> tuple[str, str] | None:
        """The longest heading that the words begin with, when a blank stands where the line break was."""
        for at in range(min(len(words), LONGEST_LINK) - 1, SHORTEST_TITLE - 1, -1):
            if words[at].isspace() and (heading := self._shapes.get(shape(words[:at]))):
                return heading, words[at:].strip()
        return None

    def _by_beginnings(self, words: str, places: Sequence[int]) -> tuple[str, str]:
        if words.endswith(("…", "...", "[…]")):
            start = _starting(self._starts, shape(words.rstrip(".…[] ")))
            return (self._shapes[start] if start and is_heading(self._shapes[start]) else words), ""
        if self._stands_glued(words):
            return words, ""
        for at in reversed(places):
            if self._stands_glued(words[:at]) or _starting(self._link_starts, shape(words[at:])):
                return words[:at], words[at:]
        first = next((at for at in places if len(words) - at >= SHORTEST_TITLE), len(words))
        return words[:first], words[first:]

    def _stands_glued(self, title: str) -> bool:
        shaped = shape(title)
        return bool(_starting(self._starts, shaped) or _starting(self._ends, shaped[::-1]))


def _starting(ordered: Sequence[str], beginning: str) -> str | None:
    """The first of the ordered texts that starts so."""
    at = bisect_left(ordered, beginning)
    return ordered[at] if at < len(ordered) and ordered[at].startswith(beginning) else None
