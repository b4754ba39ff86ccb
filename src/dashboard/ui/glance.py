"""The pieces of the page « Panorama »: figures of the corpus, what moved, what is new to this visitor."""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.analysis import history
from dashboard.analysis.keyness import BEYOND_NOISE
from dashboard.analysis.movers import FEWEST, Periods
from dashboard.analysis.overview import Holdings
from dashboard.french.formats import counted, days, number, per_thousand, short_day
from dashboard.ui import cache, chrome
from dashboard.ui.frame import View


def holdings(held: Holdings) -> None:
    """Four figures: articles, sources, period, last reading."""
    period = days(held.first_day, held.last_day) if held.first_day and held.last_day else "–"
    undated = f"dont {number(held.undated)} sans date" if held.undated else "tous datés"
    gaps = counted(held.empty_weeks, "semaine sans article", "semaines sans article")
    with st.container(horizontal=True):
        for label, value, note in (
            ("Articles du corpus", number(held.articles), undated),
            ("Sources", number(held.sources), ""),
            ("Période", period, gaps if held.empty_weeks else "aucune semaine vide"),
            (
                "Dernière mise à jour",
                short_day(held.updated.date()),
                f"{held.updated.hour} h {held.updated:%M} (UTC)",
            ),
        ):
            st.html(
                f'<div class="vigie-figure"><span>{escape(label)}</span><b>{escape(value)}</b>'
                f"<small>{escape(note)}</small></div>"
            )


def since_last_visit(seen: View) -> None:
    """What came since the snapshot that this browser saw last, if it is an older one."""
    remembered = chrome.last_seen()
    if remembered is None or remembered >= int(seen.snapshot.partition("-")[0]):
        return
    since = cache.ask(history.since, seen.selection, remembered)
    if since.added or since.changed:
        st.info(
            "Depuis votre dernière visite\u00a0: "
            f"{counted(since.added, 'article ajouté', 'articles ajoutés')}, "
            f"{counted(since.changed, 'corrigé')}.",
            icon=":material/waving_hand:",
        )


def heading_of_movers(both: Periods) -> None:
    """Which two stretches of days are compared."""
    assert both.now.since and both.now.until and both.before.since and both.before.until
    st.subheader("Ce qui a bougé", anchor=False)
    st.caption(
        f"{days(both.now.since, both.now.until)}, comparés aux {number(both.length)} jours précédents. "
        "Ne figurent que les écarts qui dépassent le bruit de comptage "
        f"(G²\u00a0≥\u00a0{number(BEYOND_NOISE, 1)}, {number(FEWEST)} articles au moins)."
    )


def moved(kind: str, found: pd.DataFrame) -> None:
    """What rose and fell of one kind."""
    st.markdown(f"**{kind}**")
    if found.empty:
        st.caption("Rien au-delà du bruit.")
        return
    st.html("".join(_line(row) for row in found.itertuples()))


def _line(row: Any) -> str:
    shares = per_thousand(row.share_before), per_thousand(row.share)
    told = f"{number(row.k_before)} puis {counted(int(row.k), 'article')}"
    return mover(row.value, row.g2 > 0, *shares, told)


def mover(name: str, rose: bool, before: str, after: str, told: str) -> str:
    """A line of HTML on what moved: its name, from what to what, and on how many articles that rests."""
    return (
        f'<p class="vigie-mover"><i>{"▲" if rose else "▼"}</i> <b>{escape(name)}</b> '
        f"{escape(before)} → {escape(after)} <small>({escape(told)})</small></p>"
    )
