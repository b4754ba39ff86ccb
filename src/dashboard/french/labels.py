"""The French names of columns, units and choices."""

from enum import StrEnum

import pandas as pd

from dashboard.french.formats import period
from dashboard.periods import Grain

COLUMNS = {
    "pair": "Paire",
    "start": "Période",
    "value": "Série",
    "query": "Requête",
    "k": "Articles",
    "n": "Articles de la sélection",
    "share": "Part (‰)",
    "low": "Borne basse (‰)",
    "high": "Borne haute (‰)",
    "standard": "Part à rubriques constantes (‰)",
    "smooth": "Part lissée (‰)",
    "index": "Base 100",
    "together": "Articles ensemble",
    "lift": "Fois plus que le hasard",
    "complete": "Période complète",
    "named": "Nomment les deux pays",
    "conflicts": "Avec un conflit",
    "verbal_conflict": "Conflit, paroles",
    "material_conflict": "Conflit, actes",
    "verbal_cooperation": "Coopération, paroles",
    "material_cooperation": "Coopération, actes",
    "tension": "Indice de tension",
    "tension_low": "Indice, borne basse",
    "tension_high": "Indice, borne haute",
    "cooperation": "Indice de coopération",
    "before": "Première moitié",
    "after": "Seconde moitié",
    "change": "Écart",
    "verdict": "Verdict",
    "sentence_text": "Phrase",
    "source_name": "Qui agit",
    "target_name": "Envers qui",
    "noun": "Événement",
    "score": "Note",
    "trigger": "Mot déclencheur",
    "confidence": "Confiance",
    "contribution": "Points de l’indice",
    "publisher": "Source",
    "url": "Adresse",
    "name_a": "Pays",
    "name_b": "et pays",
    "with_conflict": "Avec un conflit",
    "with_cooperation": "Avec une coopération",
    "published": "Date",
    "title": "Titre",
    "source": "Source",
    "section": "Rubrique",
    "shown": "Mot",
    "articles_in": "Articles, ici",
    "n_in": "sur",
    "articles_out": "Articles, ailleurs",
    "n_out": "sur autant d’ailleurs",
    "g2": "G²",
    "log_ratio": "Log-ratio",
    "articles": "Articles",
    "occurrences": "Occurrences",
    "milestones": "Repères",
}

FIRST = ("start", "pair", "value", "query", "tension", "tension_low", "tension_high", "named", "k", "n")
LAST = ("complete", "milestones")

PER = {grain: f"par {grain}" for grain in Grain}


class Measure(StrEnum):
    """What a timeline shows of its counts; the value is the word on the screen and in the link."""

    SHARE = "part"
    RAW = "nombre"
    STANDARD = "part à rubriques constantes"
    SMOOTH = "part lissée"
    BASE = "base 100"


# For each measure: the column that holds it, the title of the axis, the words of the subtitle.
MEASURES = {
    Measure.SHARE: ("share", "‰ des articles", "part des articles de la sélection, en ‰"),
    Measure.RAW: ("k", "articles", "nombre d’articles"),
    Measure.STANDARD: ("standard", "‰, rubriques constantes", "part en ‰, à mélange constant des rubriques"),
    Measure.SMOOTH: ("smooth", "‰, lissée", "part en ‰, moyenne centrée sur trois périodes"),
    Measure.BASE: ("index", "base 100", "part rapportée à sa moyenne sur la période (100)"),
}


def unit(measure: Measure, grain: Grain) -> str:
    """What the axis of a timeline counts: « part des articles de la sélection, en ‰, par mois »."""
    return f"{MEASURES[measure][2]}, {PER[grain]}"


def table(frame: pd.DataFrame, grain: Grain) -> pd.DataFrame:
    """The frame of a figure as readers see it: periods by name, shares to one decimal, French headings.

    What a row is of and what the figure draws come first, whether its period is whole last.
    """
    order = [*FIRST, *(name for name in frame if name not in (*FIRST, *LAST)), *LAST]
    shown = frame[[name for name in order if name in frame]].copy()
    if "start" in shown:
        shown["start"] = [period(start, grain) for start in shown["start"]]
    return named(shown)


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns that have a French name, under that name, numbers to one decimal."""
    shown = frame[[column for column in frame if column in COLUMNS]].copy()
    for column in shown.select_dtypes("float"):
        shown[column] = shown[column].round(1)
    return shown.rename(columns=COLUMNS)
