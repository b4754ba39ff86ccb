"""Choosing a pair of countries, and all pairs of the selection at a glance."""

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.analysis import pairs as questions
from dashboard.analysis import shares, tension
from dashboard.analysis.tension import LEAST_ARTICLES, Pair
from dashboard.charts import multiples, ranking
from dashboard.charts import tension as drawing
from dashboard.french import findings, formats, labels, prose
from dashboard.milestones import Milestone
from dashboard.periods import Grain
from dashboard.ui import cards, controls, event_layer, evidence, glance, tables
from dashboard.ui.cache import ask
from dashboard.ui.escaping import md
from dashboard.ui.frame import View

KEY = "paire"
KNOWN = "_pairs"
MATRIX, DOTS, COMPARED = "matrice", "classement", "paires"
TABS = ["Classement", "Hausses et baisses", "Matrice", "Comparer"]
MOST_COUNTRIES = 14
MOST_PAIRS = 40
MOST_DOTS = 20
MOST_COMPARED = 8


def choose(named: pd.DataFrame) -> Any | None:
    """The row of the pair that the reader chose, at first the one most told; None when there is none."""
    if named.empty:
        return None
    by_name = {f"{row.name_a} – {row.name_b}": row for row in named.itertuples()}
    most_told = sorted(by_name, key=lambda name: (-by_name[name].n, name))
    _mend(by_name)
    picked = st.selectbox(
        "Paire de pays", most_told, key=KEY, bind="query-params", placeholder="Choisir une paire"
    )
    st.session_state[KNOWN] = most_told
    name = picked or most_told[0]
    controls.note(KEY, [name])
    return by_name[name]


def _mend(known: Collection[str]) -> None:
    """A pair told the other way round is the same; one that the selection lacks is told and let go."""
    asked = st.session_state.get(KEY) or st.query_params.get(KEY)
    turned = " – ".join(reversed((asked or "").split(" – ")))
    if turned in known:
        st.session_state[KEY] = turned
    elif asked not in known:
        st.session_state.pop(KEY, None)
        controls.tell_unknown(KEY, "Paire de pays", known)


def directions(chosen: Any, seen: View, aside: tuple[str, ...]) -> None:
    """Who acts toward whom, in numbers of articles, conflict and cooperation apart, words and acts apart."""
    pair = Pair.of(chosen.country_a, chosen.country_b)
    found = ask(questions.directions, seen.selection, pair, aside)
    arrows = {
        "a": f"{chosen.name_a} → {chosen.name_b}",
        "b": f"{chosen.name_b} → {chosen.name_a}",
        "both": "Ensemble, ou sans que l’un agisse seul",
    }
    counted = found.pivot_table(index="actor", columns=["kind", "force"], values="articles", fill_value=0)
    kinds = [(kind, force) for kind in ("conflict", "cooperation") for force in ("material", "verbal")]
    table = pd.DataFrame(
        {"Qui agit": list(arrows.values())}
        | {
            labels.COLUMNS[f"{force}_{kind}"]: [_cell(counted, actor, (kind, force)) for actor in arrows]
            for kind, force in kinds
        }
    )
    tables.show(table, f"Qui agit, {chosen.name_a} et {chosen.name_b}, en articles")


def _cell(counted: pd.DataFrame, row: str, column: tuple[str, str]) -> int:
    return int(counted.loc[row, column]) if row in counted.index and column in counted.columns else 0


def heading(chosen: Any, found: pd.DataFrame, start: date | None, grain: Grain) -> None:
    """What the sentences below are the evidence of."""
    when = f" · {formats.period(start, grain)}" if start else ""
    pair = f"{chosen.name_a} – {chosen.name_b}"
    st.subheader(md(f"Les phrases derrière la courbe\u00a0: {pair}{when}"), anchor=False)
    summary = formats.capitalised(evidence.summary(found))
    st.caption(f"{summary}. Leurs points s’additionnent jusqu’à l’indice de la période montrée.")


def overview(named: pd.DataFrame, seen: View, grain: Grain) -> None:
    """All pairs: ranked with their intervals, what rose and fell, the matrix, small multiples."""
    st.subheader("Toutes les paires de la sélection", anchor=False)
    ranked, moved, matrix, small = st.tabs(TABS, key="vue", bind="query-params")
    drawn = {
        ranked: partial(_ranked, seen),
        moved: partial(_moved, seen),
        matrix: partial(_matrix, named, seen),
        small: partial(_small, named, seen, grain),
    }
    for tab, draw in drawn.items():
        if tab.open:
            with tab:
                draw()


def _ranked(seen: View) -> None:
    found = ask(questions.ranked_pairs, seen.selection, MOST_PAIRS)
    own = {"n": "named", "low": "tension_low", "high": "tension_high"}
    cards.show(
        ranking.dots(found.head(MOST_DOTS)),
        cards.Words(
            title=findings.most_tense(found),
            unit="indice de 0 à 100 et son intervalle à 95\u00a0%",
            reading=f"Parmi les {formats.counted(len(found), 'paire')} les plus nommées. "
            "Un clic ouvre la paire.",
            method=prose.text("tensions"),
        ),
        data=labels.named(found.rename(columns=own)),
        seen=seen,
        key=DOTS,
        on_click=_open_dot,
    )


def _names(ranked: pd.DataFrame) -> list[str]:
    return [f"{row.name_a} – {row.name_b}" for row in ranked.itertuples()]


def _moved(seen: View) -> None:
    found = ask(questions.changes, seen.selection, MOST_PAIRS)
    proved = found[found["verdict"].isin(["hausse", "baisse"])]
    if proved.empty:
        st.info("Aucune paire n’a bougé au-delà du bruit entre les deux moitiés de la période.")
    else:
        st.html("".join(_mover(row) for row in proved.itertuples()))
    st.caption(
        "Indice de la première, puis de la seconde moitié de la période. Les autres paires\u00a0: pas de "
        "preuve claire, ou trop peu d’articles."
    )
    with st.expander("Toutes les paires, avec leur verdict"):
        tables.show(labels.named(found.rename(columns={"n": "named"})), "Indice des deux moitiés, par paire")


def _mover(row: Any) -> str:
    halves = formats.number(row.before), formats.number(row.after)
    told = formats.counted(row.n, "article")
    return glance.mover(f"{row.name_a} – {row.name_b}", row.change > 0, *halves, told)


def _matrix(named: pd.DataFrame, seen: View) -> None:
    order = questions.Order(controls.choice("Ordre des pays", list(map(str, questions.Order)), key="ordre"))
    by_change = order is questions.Order.CHANGE
    changed = ask(questions.changes, seen.selection, MOST_PAIRS) if by_change else None
    countries = questions.countries_by(order, named, changed, MOST_COUNTRIES)
    cards.show(
        drawing.matrix(named, countries, dark=cards.dark()),
        cards.Words(
            title=findings.highest_between(named, countries),
            unit="indice de 0 à 100 de chaque paire",
            reading=f"Case vide\u00a0: moins de {LEAST_ARTICLES} articles nomment les deux pays. "
            "Un clic ouvre la paire.",
            method=prose.text("tensions"),
        ),
        data=labels.named(named.rename(columns={"n": "named"})),
        seen=seen,
        key=MATRIX,
        on_click=_open_cell,
    )


def _small(named: pd.DataFrame, seen: View, grain: Grain) -> None:
    ordered = named.sort_values("n", ascending=False)
    names = dict(zip(_names(ordered), ordered.itertuples(), strict=True))
    opening = list(names)[:6]
    st.session_state[COMPARED] = [name for name in st.session_state.get(COMPARED, opening) if name in names]
    picked = st.multiselect(
        "Paires à comparer",
        list(names),
        key=COMPARED,
        bind="query-params",
        max_selections=MOST_COMPARED,
        placeholder="Choisir des paires",
    )
    chosen = {name: Pair.of(names[name].country_a, names[name].country_b) for name in picked}
    if not chosen:
        return
    marks = event_layer.of_pairs(seen, *ask(shares.span, seen.selection), chosen.values())
    curves = [_curve(name, pair, marks, seen, grain) for name, pair in chosen.items()]
    together = pd.concat(curves).fillna({"milestones": ""})
    told = [drawing.told(row, grain) for row in together.itertuples()]
    bounds = ("tension_low", "tension_high")
    figure = multiples.curves(
        together.assign(told=told), grain, series="pair", column="tension", bounds=bounds
    )
    event_layer.lay(figure, marks)
    cards.show(
        figure,
        cards.Words(
            title=findings.tension_summit(together, grain),
            unit=f"indice de 0 à 100, {labels.PER[grain]}",
            reading="Une même échelle pour toutes les paires.",
            method=prose.text("tensions"),
        ),
        data=labels.table(together.drop(columns="value"), grain),
        seen=seen,
        key="petits_multiples",
        legend=partial(event_layer.legend, marks),
    )


def _curve(name: str, pair: Pair, marks: tuple[Milestone, ...], seen: View, grain: Grain) -> pd.DataFrame:
    """A pair over time, under its name, with those of the turning points that are its own."""
    curve = ask(tension.over_time, seen.selection, pair, grain).assign(pair=name)
    return event_layer.beside(curve, event_layer.own(marks, pair), grain)


def _open_dot() -> None:
    points = st.session_state[DOTS]["selection"]["points"]
    if points:
        st.session_state[KEY] = points[0]["y"]


def _open_cell() -> None:
    points = st.session_state[MATRIX]["selection"]["points"]
    if points:
        one, other = points[0]["x"], points[0]["y"]
        names = (f"{one} – {other}", f"{other} – {one}")
        st.session_state[KEY] = next((name for name in names if name in st.session_state[KNOWN]), None)
