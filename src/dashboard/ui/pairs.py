"""Choosing a pair of countries, and all pairs of the selection at a glance."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.analysis.tension import LEAST_ARTICLES
from dashboard.charts import tension as drawing
from dashboard.charts.theme import CONFIG
from dashboard.french import formats, labels
from dashboard.periods import Grain
from dashboard.ui import controls, evidence
from dashboard.ui.escaping import md
from dashboard.ui.frame import View

KEY = "paire"
MOST_COUNTRIES = 14


def choose(ranking: pd.DataFrame) -> Any | None:
    """The row of the pair that the reader chose, at first the one most told; None when there is none."""
    if ranking.empty:
        return None
    by_name = {f"{row.name_a} – {row.name_b}": row for row in ranking.itertuples()}
    most_told = sorted(by_name, key=lambda name: (-by_name[name].n, name))
    if st.session_state.get(KEY) not in by_name:
        st.session_state.pop(KEY, None)
    picked = st.selectbox(
        "Paire de pays",
        most_told,
        key=KEY,
        bind="query-params",
        placeholder="Choisir une paire",
        format_func=str,
    )
    name = picked or most_told[0]
    controls.note(KEY, [name])
    return by_name[name]


def heading(chosen: Any, found: pd.DataFrame, start: date | None, grain: Grain) -> None:
    """What the sentences below are the evidence of."""
    when = f" · {formats.period(start, grain)}" if start else ""
    pair = f"{chosen.name_a} – {chosen.name_b}"
    st.subheader(md(f"Les phrases derrière la courbe : {pair}{when}"), anchor=False)
    summary = formats.capitalised(evidence.summary(found))
    st.caption(f"{summary}. Leurs points s’additionnent jusqu’à l’indice affiché.")


def overview(ranking: pd.DataFrame, seen: View) -> None:
    """The matrix of the most named countries, and every pair as a table."""
    st.subheader("Toutes les paires de la sélection", anchor=False)
    matrix, table = st.tabs(["Matrice", "Tableau"])
    named = pd.concat([ranking.groupby("name_a")["n"].sum(), ranking.groupby("name_b")["n"].sum()])
    countries = named.groupby(level=0).sum().sort_values(ascending=False).head(MOST_COUNTRIES).index.tolist()
    with matrix:
        st.plotly_chart(
            drawing.matrix(ranking, countries),
            key="matrice",
            config=CONFIG,
            alt=f"Matrice des indices de tension entre {formats.listed(countries)}",
        )
        st.caption(f"Case vide : moins de {LEAST_ARTICLES} articles nomment les deux pays.")
    with table:
        columns = ["name_a", "name_b", "n", "with_conflict", "with_cooperation", "tension", "cooperation"]
        shown = labels.named(ranking[columns]).rename(columns={labels.COLUMNS["n"]: "Articles"})
        st.dataframe(shown, hide_index=True, alt=f"Indice de tension de toutes les paires, {seen.filters}")
