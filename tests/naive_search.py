"""A slow second reading of queries: plain loops over plain lists of words, without index, parser or SQL."""

from collections.abc import Iterable
from dataclasses import dataclass

# Every written form that the generated articles use, and the folded words that it stands for.
WRITTEN: dict[str, tuple[str, ...]] = {
    "Élysée": ("elysee",),
    "l’Élysée": ("elysee",),
    "gaz": ("gaz",),
    "GAZ": ("gaz",),
    "d'œuvre": ("oeuvre",),
    "Œuvre": ("oeuvre",),
    "sanction": ("sanction",),
    "sanctions": ("sanctions",),
    "sanctionné": ("sanctionne",),
    "cessez-le-feu": ("cessez", "le", "feu"),
    "feu": ("feu",),
    "le": ("le",),
    "aujourd’hui": ("aujourd'hui",),
    "2024": ("2024",),
    "russe": ("russe",),
    "russes": ("russes",),
}
FAMILIES = ({"sanction", "sanctions", "sanctionne"}, {"russe", "russes"})

Tree = tuple  # ("words", forms, within | None, how) · ("title", tree) · ("and" | "or", trees) · ("not", tree)


@dataclass(frozen=True)
class Text:
    """An article as lists of folded words: its title, and one list per paragraph of lead and text."""

    title: tuple[str, ...]
    paragraphs: tuple[tuple[str, ...], ...]


def folded(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for form in forms for word in WRITTEN[form])


def matches(tree: Tree, text: Text, *, title: bool = False) -> bool:
    match tree:
        case ("and", *trees):
            return all(matches(one, text, title=title) for one in trees)
        case ("or", *trees):
            return any(matches(one, text, title=title) for one in trees)
        case ("not", one):
            return not matches(one, text, title=title)
        case ("title", one):
            return matches(one, text, title=True)
        case ("words", forms, within, how):
            segments = (text.title,) if title else (text.title, *text.paragraphs)
            return any(_in_segment(forms, within, how, segment) for segment in segments)
    raise AssertionError(tree)


def _in_segment(forms: tuple[str, ...], within: int | None, how: str, segment: tuple[str, ...]) -> bool:
    wanted = [_accepted(word, how) for word in folded(forms)]
    if how == "prefix":
        wanted = [_accepted(word, "exact") for word in folded(forms)[:-1]] + wanted[-1:]
    if within is None:
        return any(
            all(accepts(segment[at + i]) for i, accepts in enumerate(wanted))
            for at in range(len(segment) - len(wanted) + 1)
        )
    distinct = len(dict.fromkeys(folded(forms)))
    return any(
        all(any(accepts(word) for word in segment[at : at + within + distinct]) for accepts in wanted)
        for at in range(len(segment))
    )


def _accepted(word: str, how: str):
    if how == "prefix":
        return lambda other: other.startswith(word)
    if how == "forms":
        family = next((f for f in FAMILIES if word in f), {word})
        return lambda other: other in family
    return lambda other: other == word
