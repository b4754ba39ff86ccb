"""The words of the page « Mots-clés »: those typed to be compared, those that mark the selection."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.analysis import keywords, vocabulary
from dashboard.corpus.read import Corpus
from dashboard.french.formats import listed, quoted
from dashboard.french.labels import Measure
from dashboard.query import split_compared
from dashboard.selection import Selection
from dashboard.ui import controls
from dashboard.ui.escaping import md

TYPED = "mots"
MEASURES = [Measure.SHARE, Measure.RAW, Measure.SMOOTH, Measure.BASE]
WINDOW = 3
OPENING = "guerre ; accord ; sanctions"
MOST_COMPARED = 6
SHOWN = 100


@dataclass(frozen=True)
class Marking:
    """The words to show of a selection, and what makes a word stand high."""

    frame: pd.DataFrame
    by: str
    unit: str
    title: str
    reading: str


def measured(trend: pd.DataFrame) -> pd.DataFrame:
    """The trend with its smoothed share and its share on base 100, the whole period being the reference."""
    if trend.empty:
        return trend.assign(smooth=[], index=[])
    smooth = keywords.smoothed(trend, WINDOW)
    return keywords.base_100(smooth, trend["start"].min(), trend["start"].max())


def compared() -> tuple[str, ...]:
    """The queries that were typed; three words that any corpus of world news knows until then."""
    typed = st.text_input(
        "Requêtes à comparer, séparées par « ; »",
        value=OPENING,
        key=TYPED,
        bind="query-params",
        placeholder='sanctions ; cessez-le-feu ; "droits de douane"',
        help='Mots, "expressions exactes", ET, OU, SAUF, parenthèses, préfixe*, "a b"~5, titre:mot.',
    )
    controls.note(TYPED, [typed or OPENING])
    return split_compared(typed or OPENING)[:MOST_COMPARED]


def warn_of_rare(rare: pd.Series) -> None:
    """Name the queries whose curve is mostly chance."""
    names = [quoted(query) for query, few in rare.items() if few]
    if names:
        rare = f"Mots rares ici\u00a0: {listed(names)}."
        st.caption(md(f"{rare} Leurs hauts et leurs bas tiennent à quelques articles."))


def marking(corpus: Corpus, selection: Selection) -> Marking:
    """What marks the selection off from the rest of the corpus; of the whole, its most frequent words."""
    against = vocabulary.keyness(corpus, selection, None, SHOWN)
    own = against[against["g2"] > 0] if len(against) else against
    if len(own):
        top = listed([quoted(word) for word in own["shown"].head(3)])
        return Marking(
            frame=own,
            by="g2",
            unit="G² sur le nombre d’articles",
            title=f"{top} distinguent le plus cette sélection du reste du corpus",
            reading="Plus la barre est longue, moins l’écart avec le reste du corpus peut être un hasard.",
        )
    frequent = vocabulary.frequent(corpus, selection, SHOWN)
    top = listed([quoted(word) for word in frequent["shown"].head(3)])
    return Marking(
        frame=frequent,
        by="articles",
        unit="nombre d’articles",
        title=f"{top} sont les mots du plus grand nombre d’articles",
        reading="Les mots outils du français sont laissés de côté.",
    )


def picture(svg: str, shown: Marking) -> None:
    """The word cloud under its table; a sentence when there is no word."""
    if not svg:
        st.info("Aucun mot à montrer pour cette sélection.")
        return
    alt = f"Nuage de mots, les plus grands\u00a0: {listed(list(shown.frame['shown'].head(12)))}"
    with st.container(border=True):
        st.image(svg, width="stretch", caption=f"Taille des mots\u00a0: {shown.unit}.", alt=alt)
