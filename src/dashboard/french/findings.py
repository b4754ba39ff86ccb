"""What a figure shows, said in one line: the title of a chart is its finding."""

from collections.abc import Sequence
from typing import Protocol

import pandas as pd

from dashboard.french.formats import capitalised, counted, listed, number, per_thousand, period, quoted
from dashboard.periods import Grain

# A summit with fewer articles than this is as likely chance as news.
LEAST_AT_SUMMIT = 3
FEW_COUNTRIES = 10
REST = "Monde"  # what lies in no region of its own: never the news


def summit(frame: pd.DataFrame, grain: Grain, series: str) -> str:
    """« russie » culmine en mars 2022 : 12 articles sur 15 — of the series whose share rises highest.

    Highest by the lower bound of its interval, so that two articles out of two are no summit; unfinished
    periods do not count. Says that there is too little when no period reaches LEAST_AT_SUMMIT.
    """
    solid = frame[frame["complete"].astype(bool) & (frame["k"] >= LEAST_AT_SUMMIT)]
    if solid.empty:
        return "Trop peu d’articles pour dire une tendance"
    top = solid.sort_values(["low", "k"], ascending=False).iloc[0]
    return (
        f"{capitalised(quoted(top[series]))} culmine {_when(top['start'], grain)}\u00a0: "
        f"{counted(int(top['k']), 'article')} sur {number(top['n'])}"
    )


def summit_in_words(frame: pd.DataFrame, grain: Grain, series: str, values: Sequence[str]) -> str:
    """The summit of every series that has one, in a sentence, for readers who do not see the curves."""
    told = []
    for value in values:
        one = frame[(frame[series] == value) & frame["complete"].astype(bool) & (frame["n"] > 0)]
        if not one.empty and one["k"].max() >= LEAST_AT_SUMMIT:
            top = one.sort_values(["low", "k"], ascending=False).iloc[0]
            told.append(f"{quoted(value)} {_when(top['start'], grain)} ({per_thousand(top['share'])})")
    return (
        f"Points hauts\u00a0: {listed(told)}."
        if told
        else f"Aucune série n’atteint {LEAST_AT_SUMMIT} articles sur une période complète."
    )


class Comparison(Protocol):
    """Two halves of a period compared: the words for it, the index of each half, its number of articles."""

    @property
    def words(self) -> str: ...
    @property
    def before(self) -> float: ...
    @property
    def after(self) -> float: ...
    @property
    def n_before(self) -> int: ...
    @property
    def n_after(self) -> int: ...


def tension(name_a: str, name_b: str, verdict: Comparison) -> str:
    """« Russie – Ukraine : hausse de la tension, de 52 à 67 sur 100 », or that no change is proved."""
    pair = f"{name_a} – {name_b}\u00a0: "
    if verdict.words in ("hausse", "baisse"):
        before, after = number(verdict.before), number(verdict.after)
        return f"{pair}{verdict.words} de la tension, de {before} à {after} sur 100"
    if verdict.words == "pas de preuve claire":
        halves = f"{number(verdict.before)}, puis {number(verdict.after)} sur 100"
        return f"{pair}pas de preuve claire d’un changement ({halves})"
    return f"{pair}{verdict.words}"


def tension_in_words(verdict: Comparison, least: int) -> str:
    """How the title was found, in one sentence."""
    return (
        f"Première moitié de la période\u00a0: indice {number(verdict.before)} "
        f"({counted(verdict.n_before, 'article')} nommant les deux pays)\u00a0; seconde moitié\u00a0: "
        f"{number(verdict.after)} ({counted(verdict.n_after, 'article')}). "
        f"Aucun point n’est tracé sous {least} articles."
    )


def most_tense(compared: pd.DataFrame) -> str:
    """« Russie – Ukraine : la paire la plus tendue, 62 sur 100 (de 58 à 66) ».

    Of pairs whose index lies within the interval of the first, none is said to be the most tense.
    """
    if compared.empty or not compared.iloc[0]["tension"]:
        return "Aucun conflit entre les paires de cette sélection"
    top = compared.iloc[0]
    bounds = f"de {number(top['low'])} à {number(top['high'])}"
    pair = f"{top['name_a']} – {top['name_b']}"
    alone = (compared["tension"][1:] < top["low"]).all()
    rank = "la paire la plus tendue" if alone else "parmi les paires les plus tendues"
    return f"{pair}\u00a0: {rank}, {number(top['tension'])} sur 100 ({bounds})"


def highest_between(ranked: pd.DataFrame, countries: Sequence[str]) -> str:
    """« Iran – Royaume-Uni : l’indice le plus haut entre ces 14 pays, 37 sur 100 »; `ranked` by tension."""
    between = ranked[ranked["name_a"].isin(countries) & ranked["name_b"].isin(countries)]
    if between.empty or not between.iloc[0]["tension"]:
        return "Aucun conflit entre ces pays dans cette sélection"
    top = between.iloc[0]
    told = f"l’indice le plus haut entre ces {number(len(countries))} pays, {number(top['tension'])} sur 100"
    return f"{top['name_a']} – {top['name_b']}\u00a0: {told}"


def tension_summit(curves: pd.DataFrame, grain: Grain) -> str:
    """« Inde – Pakistan au plus haut au 2e trimestre 2025 : 71 sur 100 »; unfinished periods do not count."""
    solid = curves[curves["complete"].astype(bool) & curves["tension"].notna()]
    if solid.empty:
        return "Trop peu d’articles pour dire une tension"
    top = solid.sort_values(["tension", "named"], ascending=False).iloc[0]
    return f"{top['pair']} au plus haut {_when(top['start'], grain)}\u00a0: {number(top['tension'])} sur 100"


def _when(start: object, grain: Grain) -> str:
    name = period(pd.Timestamp(str(start)).date(), grain)
    opening = {Grain.DAY: "le", Grain.WEEK: "la", Grain.MONTH: "en", Grain.QUARTER: "au"}[grain]
    return f"{opening} {name}"


def largest(frame: pd.DataFrame, series: str) -> str:
    """« Union européenne et Russie : les régions dont il est le plus question », or that none stands out."""
    counts = frame.groupby(series)["k"].sum().drop(REST, errors="ignore").sort_values(ascending=False)
    named = counts[counts > 0]
    if named.empty:
        return "Aucune région dans cette sélection"
    followed = named.shift(-1, fill_value=0)
    ahead = [size for size in (2, 1) if _leads(named, followed, size)]
    if not ahead:
        return f"{counted(len(named), 'région')} dans cette sélection, aucune ne domine"
    which = "les régions" if ahead[0] > 1 else "la région"
    top = listed([str(value) for value in named.index[: ahead[0]]])
    return f"{top}\u00a0: {which} dont il est le plus question"


def _leads(named: pd.Series, followed: pd.Series, size: int) -> bool:
    """Whether the last of the first `size` has enough articles and more than the one that follows it."""
    return (
        len(named) >= size
        and named.iloc[size - 1] >= LEAST_AT_SUMMIT
        and (named.iloc[size - 1] > followed.iloc[size - 1])
    )


def spread(frame: pd.DataFrame) -> str:
    """« 142 pays dont il est question ; les dix premiers prennent 61 % de l’attention »."""
    if frame.empty:
        return "Aucun pays dans cette sélection"
    told = f"{counted(len(frame), 'pays', 'pays')} dont il est question"
    if len(frame) <= FEW_COUNTRIES:
        return told
    share = number(100 * frame["articles"].head(FEW_COUNTRIES).sum() / frame["articles"].sum())
    return f"{told}\u00a0; les dix premiers prennent {share}\u00a0% de l’attention"


def tiles(frame: pd.DataFrame) -> str:
    """How a map of tiles is read, and how many articles its strongest colour stands for."""
    most = f", jusqu’à {counted(int(frame['articles'].max()), 'article')}" if len(frame) else ""
    return (
        f"Un carreau par pays\u00a0; plus sa couleur est forte, plus on en parle{most}. "
        "Sa place est approximative."
    )


def most_named(frame: pd.DataFrame, articles: int) -> str:
    """« États-Unis : le pays le plus présent, dans 44 % des articles »."""
    if frame.empty:
        return "Aucun pays dans cette sélection"
    top = frame.iloc[0]
    if top["articles"] < LEAST_AT_SUMMIT or (frame["articles"] == top["articles"]).sum() > 1:
        return f"{counted(len(frame), 'pays', 'pays')} dans cette sélection, aucun ne domine"
    share = number(100 * top["articles"] / articles)
    return f"{top['value']}\u00a0: le pays le plus présent, dans {share}\u00a0% des articles"
