"""Finding the countries that a text names, with one automaton over all forms of naming them."""

import os
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from dashboard.coding import tables
from dashboard.coding.contexts import Contexts, contexts_shipped
from dashboard.coding.countries import COUNTRIES
from dashboard.coding.folding import fold, fold_fully
from dashboard.coding.forms import MASK, Form
from dashboard.coding.records import Mention, MentionKind
from dashboard.errors import InputRefused

# A user's own forms (same columns as the shipped lists; code « - » masks a form) are read from this file.
OWN_FORMS = "VIGIE_FORMES"
LISTS = ("names.tsv", "demonyms.tsv", "capitals.tsv", "institutions.tsv", "leaders.tsv", "prefixes.tsv")


class Gazetteer:
    """All known forms, ready to be looked for in texts."""

    def __init__(self, forms: Iterable[Form], contexts: Contexts) -> None:
        self._contexts = contexts
        self._by_pattern: dict[str, list[Form]] = {}
        for form in forms:
            self._by_pattern.setdefault(fold_fully(form.text), []).append(form)
        self._patterns = list(self._by_pattern)
        self._forms = list(self._by_pattern.values())
        self._automaton = AhoCorasick(
            self._patterns, matchkind=MatchKind.Standard, implementation=Implementation.DFA
        )

    def mentions(self, text: str, on: date | None = None, folded: str | None = None) -> list[Mention]:
        """The mentions in `text` in order, without overlap; leaders count in office on the day `on`.

        Without a day, any holder counts, the last one first. `folded` spares folding the text again.
        """
        low = fold(text) if folded is None else folded
        found: list[Mention] = []
        free = 0
        for start, end, number in self._words(low):
            if start < free:
                continue
            form = _choose(self._forms[number], text[start:end], on)
            if form is None:
                continue
            free = end
            if form.code != MASK and not self._contexts.deny(form, text, low, start, end):
                found += _mentions(form, text, start, end)
        return found

    def _words(self, low: str) -> list[tuple[int, int, int]]:
        """Start, end and number of each form that stands there as whole words, longest first at a place."""
        size = len(low)
        whole = [
            (start, end, number)
            for number, start, end in self._automaton.find_matches_as_indexes(low, overlapping=True)
            if not (start and low[start - 1].isalnum())
            and not (end < size and low[end].isalnum() and low[end - 1] != "-")
        ]
        whole.sort(key=lambda hit: (hit[0], -hit[1]))
        return whole


def _mentions(form: Form, text: str, start: int, end: int) -> list[Mention]:
    """One mention, or for a form that names two countries (« deux Corées ») one on each of its two halves."""
    if "+" not in form.code:
        return [Mention(form.code, form.kind, text[start:end], start, end)]
    first, second = form.code.split("+")
    cut = start + text[start:end].index(" ")
    return [
        Mention(first, form.kind, text[start:cut], start, cut),
        Mention(second, form.kind, text[cut + 1 : end], cut + 1, end),
    ]


def _choose(forms: list[Form], written: str, on: date | None) -> Form | None:
    fitting = [
        form for form in forms if form.fits(written) and (on is None or form.since <= on <= form.until)
    ]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    masks = [form for form in fitting if form.code == MASK]
    return masks[0] if masks else max(fitting, key=lambda form: form.since)


def _form(row: dict[str, str], where: str) -> Form:
    code = row["code"]
    if code != MASK and not all(part in COUNTRIES for part in code.split("+")):
        raise InputRefused(f"Liste « {where} » : le code de pays « {code} » est inconnu.", detail=str(row))
    try:
        return Form(
            row["form"],
            code,
            MentionKind(row.get("kind") or MentionKind.NAME),
            date.fromisoformat(row["since"]) if row.get("since") else date.min,
            date.fromisoformat(row["until"]) if row.get("until") else date.max,
        )
    except ValueError as error:
        raise InputRefused(
            f"Liste « {where} » : la ligne de « {row['form']} » est mal formée.", detail=str(error)
        ) from error


def _shipped_forms() -> list[Form]:
    forms = [_form(row, name) for name in LISTS for row in tables.shipped(name)]
    masks = [_form({"form": row["form"], "code": MASK}, "masks.tsv") for row in tables.shipped("masks.tsv")]
    return masks + forms


@cache
def gazetteer(own: Path | None = None) -> Gazetteer:
    """The shipped forms and those of a user's own file: `own`, else the one named by VIGIE_FORMES.

    Raises InputRefused when that file cannot be read or names an unknown country.
    """
    path = own or (Path(os.environ[OWN_FORMS]) if os.environ.get(OWN_FORMS) else None)
    forms = _shipped_forms()
    if path is not None:
        forms += [_form(row, path.name) for row in tables.given(path)]
    return Gazetteer(forms, contexts_shipped())
