"""« Essayer une phrase »: what the coder reads in a sentence that the visitor types, and how good it is."""

import json
from html import escape
from importlib import resources
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.coding import reading
from dashboard.coding.countries import COUNTRIES
from dashboard.coding.plover import EVENT_TYPES
from dashboard.coding.records import Event, Sentence
from dashboard.french.formats import number, short_day, signed
from dashboard.ui import tables
from dashboard.ui.escaping import md
from dashboard.ui.evidence import highlighted

OPENING = "Moscou expulse deux diplomates britanniques, Londres dénonce une provocation."
LONGEST = 1_000
SETS = {
    "cross_validation": "Validation croisée",
    "apart": "Journaux jugés sans être appris",
    "dev": "Phrases tenues à l’écart",
}
FIGURES = {
    "countries_f1": "Pays reconnus (F1)",
    "relations_precision": "Relations\u00a0: précision",
    "relations_recall": "Relations\u00a0: rappel",
    "relations_f1": "Relations (F1)",
    "quiet": "Silence à raison",
    "direction": "Sens de l’action",
    "score_mae": "Écart moyen de note",
}


def a_sentence() -> None:
    """A field, and the reading of what is in it."""
    typed = st.text_area(
        "Une phrase de presse", value=OPENING, key="phrase", bind="query-params", max_chars=LONGEST, height=80
    )
    for sentence in reading.read(typed or ""):
        _show(sentence)


def _show(sentence: Sentence) -> None:
    at = sentence.start
    spans = [(event.start - at, event.end - at, _class(event)) for event in sentence.events]
    spans += [(mention.start - at, mention.end - at, "country") for mention in sentence.mentions]
    st.html(f'<p class="vigie-evidence">{highlighted(sentence.text, spans)}</p>')
    told = [f"{m.form} → {COUNTRIES[m.country].name} ({m.kind})" for m in sentence.mentions]
    st.html(f'<p class="vigie-meta">{escape(" · ".join(told) or "aucun pays nommé")}</p>')
    for event in sentence.events:
        _event(event)
    if not sentence.events:
        st.caption("Aucun événement entre deux pays n’est lu dans cette phrase.")


def _event(event: Event) -> None:
    source, target = (md(COUNTRIES[code].name) for code in (event.source, event.target))
    st.markdown(
        f"**{source} {'↔' if event.mutual else '→'} {target}**\u00a0: {EVENT_TYPES[event.type].noun}, "
        f"{signed(event.score)} sur l’échelle, confiance {number(100 * event.confidence)}\u00a0%"
    )
    weights = [
        f"{'+' if reason.weight > 0 else '−'}{number(abs(reason.weight), 1)}" for reason in event.reasons
    ]
    why = [f"{md(reason.words)} {weight}" for reason, weight in zip(event.reasons, weights, strict=True)]
    st.caption("Pourquoi\u00a0: " + " · ".join(why))


def _class(event: Event) -> str:
    return str(EVENT_TYPES[event.type].event_class)


def scale() -> None:
    """The types of events with their usual scores, from the gravest conflict to the greatest help."""
    rows = [
        {
            "Type": kind.noun.capitalize(),
            "PLOVER": kind.code,
            "Note": kind.score,
            "Nature": "conflit" if kind.score < 0 else "coopération",
            "Forme": "paroles" if str(kind.force) == "verbal" else "actes",
        }
        for kind in sorted(EVENT_TYPES.values(), key=lambda kind: kind.score)
    ]
    tables.show(pd.DataFrame(rows), "Échelle des événements, de −9 à +10")


def quality() -> None:
    """The measured scores of the coder, with their intervals, the date and the number of sentences."""
    scores = json.loads(_scores())
    for key, title in SETS.items():
        if key in scores:
            measured = scores[key]
            st.markdown(
                f"**{title}**\u00a0: {number(measured['sentences'])} phrases réelles, "
                f"{number(measured['required_relations'])} relations attendues"
            )
            figures = measured["figures"]
            rows = [_row(name, figures[name]) for name in FIGURES if name in figures]
            tables.show(pd.DataFrame(rows), f"Scores du codeur, {title}")
    st.caption(f"Mesuré le {short_day(pd.Timestamp(scores['day']).date())}, codeur {md(reading.VERSION)}.")


def _row(name: str, figure: dict[str, Any]) -> dict[str, str]:
    value, low, high = (number(figure[key], 2) for key in ("value", "low", "high"))
    return {"Mesure": FIGURES[name], "Valeur": value, "Intervalle à 95\u00a0%": f"{low} – {high}"}


def _scores() -> str:
    return resources.files("dashboard.coding.data").joinpath("scores.json").read_text(encoding="utf-8")
