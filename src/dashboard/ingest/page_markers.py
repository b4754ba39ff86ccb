"""The two wordings that structure an archive, wherever they stand: its heading and « Lire la suite »."""

import re
from collections.abc import Iterator

ARCHIVE = re.compile(
    r"Archives?\s(?:du\smot[-\s]clé|pour\s(?:l[’']étiquette|la\scatégorie|le\smot-clé)"
    r"|de\sla\scatégorie|de\sl[’']étiquette"
    r"|par\s(?:mot-clé|étiquette|catégorie)|d[’']étiquettes?|du\stag)(?P<kind1>)\s*:?\s*"
    r"|(?:^|(?<=[a-zà-ÿ0-9.!?»”…)]))(?:Étiquette|Etiquette|Catégorie|Mot[-\s]clé|Tag|Rubrique"
    r"|Tag Archives|Category Archives)\s?:\s+"
)
MORE = re.compile(
    r"[(\[]?(?:Lire la suite|Poursuivre la lecture|Continuer la lecture"
    r"|Lire l[’']article complet)(?![a-zà-ÿ])"
    r"|[(\[]\s*(?:lire la )?suite\s*(?:…|\.\.\.)?\s*[)\]]"
)
MORE_BEFORE = re.compile(
    r"^[\s:→»›.…)\]–-]*(?:de l[’']article\b|de cet article\b)?\s*(?:(?:de\s+"
    r"|d[’'])(?=[«“\"A-ZÀ-Ý\d]))?\s*"
)


def at_markers(line: str) -> Iterator[tuple[str, str]]:
    """The line cut at each heading of an archive and each « Lire la suite »: pairs of kind and words.

    Kinds are "archive", "more" and "text"; the words of the first two are what follows the marker.
    """
    marks = sorted([*ARCHIVE.finditer(line), *MORE.finditer(line)], key=re.Match.start)
    before = line[: marks[0].start()] if marks else line
    if before.strip():
        yield "text", before.strip()
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    for mark, end in zip(marks, ends, strict=False):
        rest = line[mark.end() : end]
        if mark.re is ARCHIVE:
            yield (
                ("section" if "atégorie" in mark.group() or "Rubrique" in mark.group() else "archive"),
                rest.strip(),
            )
        else:
            yield "more", _link_words(rest)


def _link_words(rest: str) -> str:
    words = MORE_BEFORE.sub("", rest).strip().rstrip("→›]").strip()
    if words.endswith("»") and "«" not in words:
        words = words[:-1].strip()
    return words.rstrip(")") if words.endswith(")") and "(" not in words else words
