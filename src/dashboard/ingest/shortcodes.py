"""WordPress shortcodes: which square brackets in an article are commands, and a text without them."""

import re

# Those whose content is no part of the text: pictures with captions, players, embedded pages, forms.
_WITH_CONTENT = frozenset({
    "caption", "wp_caption", "embed", "video", "audio", "playlist", "gallery", "googlemaps", "iframe",
    "youtube", "tweet",
})  # fmt: skip
_ALONE = frozenset({
    "gallery", "playlist", "embed", "audio", "video", "toc", "more", "sitemap", "archives", "search",
    "contact",
})  # fmt: skip
_BRACKET = re.compile(r"\[(/?)([A-Za-z][\w-]{0,40})(\s[^\[\]]{0,600})?/?\]")


def without_shortcodes(text: str) -> str:
    """The text without its shortcodes; an unknown pair leaves what it encloses, a caption or embed does not.

    « [sic] », « […] » or « [ndlr : …] » are prose and stay.
    """
    if "[" not in text:
        return text
    closed = {found[2].lower() for found in _BRACKET.finditer(text) if found[1]}
    kept: list[str] = []
    position = 0
    for found in _BRACKET.finditer(text):
        name = found[2].lower()
        if found.start() < position or not _is_command(name, found, closed):
            continue
        kept.append(text[position : found.start()])
        position = found.end()
        if name in _WITH_CONTENT & closed and not found[1]:
            end = text.find(f"[/{found[2]}]", position)
            position = end if end >= 0 else position
            closed -= {name} if end < 0 else set()
    return "".join([*kept, text[position:]])


def _is_command(name: str, found: re.Match[str], closed: set[str]) -> bool:
    attributes = found[3] or ""
    if "=" in attributes or found[1]:
        return True
    return not attributes.strip(" /") and (name in closed or name in _ALONE or "_" in name)
