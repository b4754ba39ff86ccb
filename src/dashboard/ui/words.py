"""The words of the page « Mots-clés »: those typed to be compared, and those that mark the selection."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboard.analysis import keywords, vocabulary
from dashboard.analysis.keyness import BEYOND_NOISE
from dashboard.analysis.marking import Marked, Marking
from dashboard.french import labels, prose
from dashboard.french.formats import capitalised, counted, days, listed, number, period, quoted
from dashboard.french.labels import Measure
from dashboard.periods import Grain
from dashboard.query import split_compared
from dashboard.selection import REGIONS, Selection
from dashboard.ui import cards, controls, tables
from dashboard.ui.cache import ask
from dashboard.ui.escaping import md
from dashboard.ui.frame import View

TYPED = "mots"
OPENING = 'Ukraine ; Gaza ; "droits de douane"'
MEASURES = [Measure.SHARE, Measure.RAW, Measure.SMOOTH, Measure.BASE]
WINDOW = 3
MOST_COMPARED = 6
MARKED = {Marked.SELECTION: "cette sélection", Marked.LAST_YEAR: "les douze derniers mois"}
DAY = timedelta(days=1)
SIDES = {labels.COLUMNS["articles_in"]: "Articles", labels.COLUMNS["articles_out"]: "Articles, avant"}
REST, BEFORE = "le reste du corpus", "la période précédente"


def compared() -> tuple[str, ...]:
    """The queries that were typed; until then three subjects of these years, one after the other."""
    typed = st.text_input(
        "Requêtes à comparer, séparées par «\u00a0;\u00a0»",
        value=OPENING,
        key=TYPED,
        bind="query-params",
        placeholder='sanctions ; cessez-le-feu ; "droits de douane"',
        help=prose.text("requetes"),
    )
    said = typed if typed and split_compared(typed) else OPENING
    controls.note(TYPED, [said])
    queries = split_compared(said)
    if left_out := queries[MOST_COMPARED:]:
        names = listed([md(quoted(query)) for query in left_out])
        st.caption(
            f"{MOST_COMPARED} courbes au plus se lisent ensemble\u00a0; hors de la figure\u00a0: {names}."
        )
    return queries[:MOST_COMPARED]


def reference(measure: Measure, trend: pd.DataFrame) -> tuple[date, date]:
    """The days whose share is 100 on the base 100: a year that the reader names, or the whole period."""
    first, last = trend["start"].min(), trend["start"].max()
    if measure is not Measure.BASE:
        return first, last
    years = [str(year) for year in range(first.year, last.year + 1)]
    picked = controls.choice("Base 100\u00a0: moyenne de", ["toute la période", *years], key="base")
    return (date(int(picked), 1, 1), date(int(picked), 12, 31)) if picked in years else (first, last)


def measured(trend: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """The trend with its smoothed share, and its share on base 100 of the reference."""
    if trend.empty:
        return trend.assign(smooth=[], index=[])
    smooth = keywords.smoothed(trend, WINDOW)
    return keywords.base_100(smooth, *reference(measure, trend))


def as_tags(queries: Sequence[str]) -> list[str]:
    """The queries as an editor would write them for tags."""
    return [query.replace('"', "").strip().lower() for query in queries]


def warn_of_rare(rare: pd.Series) -> None:
    """Name the queries whose curve is mostly chance."""
    names = [md(quoted(query)) for query, few in rare.items() if few]
    if names:
        told = "Leurs hauts et leurs bas tiennent au hasard de quelques articles."
        st.caption(f"Peu d’articles par période\u00a0: {listed(names)}. {told}")


def against(seen: View) -> Selection | None:
    """With what the selection is compared: the rest of the corpus (None), the period before, a region."""
    chosen = seen.selection
    options = [REST, *([BEFORE] if chosen.since and chosen.until else []), *REGIONS]
    picked = st.selectbox(
        "Comparer le vocabulaire de la sélection à",
        options,
        key="face",
        bind="query-params",
        placeholder=REST,
    )
    if picked == BEFORE and chosen.since and chosen.until:
        before = chosen.since - timedelta(days=1)
        return replace(chosen, since=before - (chosen.until - chosen.since), until=before)
    return replace(chosen, regions=(picked,)) if picked in REGIONS else None


def told(found: Marking) -> cards.Words:
    """What is written around the words that mark something off, or around the most frequent ones."""
    first = listed([quoted(word) for word in found.frame["shown"].head(3)]) or "Aucun mot"
    if found.marked is Marked.NOTHING:
        return cards.Words(
            title=f"{first}\u00a0: les mots du plus grand nombre d’articles",
            unit="nombre d’articles",
            reading="Les mots outils du français sont laissés de côté.",
            method=prose.text("vocabulaire"),
        )
    return cards.Words(
        title=f"{first}\u00a0: les mots qui marquent le plus {MARKED[found.marked]}",
        unit="G² sur le nombre d’articles",
        reading="Plus la barre est longue, moins l’écart peut être un hasard.",
        method=prose.text("vocabulaire"),
    )


def offer_trend(word: str, queries: Sequence[str]) -> None:
    """A button that adds a word of the figure to the curves, and says which one leaves when all are taken."""
    kept = added(word, queries)
    if kept == tuple(queries):
        st.caption(f"{md(quoted(word))} est déjà parmi les courbes.")
        return
    leaving = [query for query in queries if query not in kept]
    instead = f", à la place de {md(quoted(leaving[0]))}" if leaving else ""
    label = f"Suivre {md(quoted(word))} dans le temps{instead}"
    st.button(label, icon=":material/timeline:", on_click=_type, args=(" ; ".join(kept),))


def added(word: str, queries: Sequence[str]) -> tuple[str, ...]:
    """The queries with that word as the last one; the first leaves when MOST_COMPARED are taken."""
    query = f'"{word}"' if " " in word else word
    return tuple(queries) if query in queries else (*queries[1 - MOST_COMPARED :], query)


def picture(svg: str, shown: Marking, unit: str, seen: View) -> None:
    """The word cloud under its figure; a sentence when there is no word."""
    if not svg:
        st.info("Aucun mot à montrer pour cette sélection.")
        return
    alt = f"Nuage de mots, les plus grands\u00a0: {listed(list(shown.frame['shown'].head(12)))}"
    with st.container(border=True):
        cards.heading("Les mêmes mots en nuage", f"taille\u00a0: {unit}", seen)
        st.image(svg, width="stretch", alt=alt)
        cards.source(seen)


def rising(seen: View, grain: Grain) -> None:
    """The words of the last whole period against those before it."""
    change = ask(vocabulary.rising_falling, seen.selection, grain)
    if change is None:
        return
    st.subheader("Mots qui montent, mots qui baissent", anchor=False)
    st.caption(_compared_periods(change, grain))
    up, down = st.columns(2)
    for column, name, part in (
        (up, "Montent", change.words[change.words["g2"] > 0]),
        (down, "Baissent", change.words[change.words["g2"] < 0]),
    ):
        with column:
            st.markdown(f"**{name}**")
            if part.empty:
                st.caption("Rien au-delà du bruit.")
            else:
                shown = part.head(10)[["shown", "articles_in", "articles_out", "g2"]]
                tables.show(labels.named(shown).rename(columns=SIDES), f"Mots\u00a0: {name}")


def _compared_periods(change: vocabulary.Change, grain: Grain) -> str:
    now, before = period(change.start, grain), days(change.before, change.start - DAY)
    return (
        f"{capitalised(now)} ({counted(change.n, 'article')}), comparé à ce qui précède, {before} "
        f"({counted(change.n_before, 'article')}). Ne figurent que les écarts qui dépassent le bruit de "
        f"comptage (G²\u00a0≥\u00a0{number(BEYOND_NOISE, 1)})."
    )


def _type(queries: str) -> None:
    st.session_state[TYPED] = queries
