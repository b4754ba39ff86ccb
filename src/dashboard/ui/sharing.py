"""Two links to what is on the screen: a living one that follows the corpus, a frozen one to quote."""

from urllib.parse import urlencode

import streamlit as st

from dashboard.analysis import history
from dashboard.french.formats import counted, listed
from dashboard.ui import cache
from dashboard.ui.controls import EFFECTIVE
from dashboard.ui.escaping import md
from dashboard.ui.frame import View
from dashboard.ui.links import whole

STATE = "etat"
LIVING = "Suit le corpus\u00a0: «\u00a012 mois\u00a0» y restera les douze derniers mois."
FROZEN = "À citer\u00a0: dates, réglages et état du corpus y sont écrits. Rouvert, il dit ce qui a changé."


def show(seen: View) -> None:
    """A button that opens both links, each with a copy icon."""
    with st.sidebar, st.popover("Partager cette vue", icon=":material/link:", width="stretch"):
        st.markdown("**Lien vivant**")
        st.caption(LIVING)
        st.code(_address(_current()), language=None, wrap_lines=True)
        st.markdown("**Lien figé**")
        st.caption(FROZEN)
        st.code(_address(frozen(seen)), language=None, wrap_lines=True)


def tell_state(seen: View) -> None:
    """For a visitor who came by a frozen link: whether the corpus still says the same."""
    quoted = st.query_params.get(STATE, "")
    number = whole(quoted.partition("-")[0])
    if number is None:
        return
    if quoted == seen.snapshot:
        st.success(
            f"Lien figé\u00a0: état {seen.snapshot}, identique à celui qui a été cité.",
            icon=":material/lock:",
        )
        return
    if not cache.ask(history.is_ours, quoted):
        st.warning(
            f"Lien figé\u00a0: l’état {md(quoted[:20])} n’est pas de ce corpus.", icon=":material/link_off:"
        )
        return
    since = cache.ask(history.since, seen.selection, number)
    moved = [
        counted(since.added, "article ajouté", "articles ajoutés") if since.added else "",
        counted(since.changed, "article corrigé", "articles corrigés") if since.changed else "",
        counted(since.removed, "article retiré du corpus", "articles retirés du corpus")
        if since.removed
        else "",
    ]
    told = listed([words for words in moved if words]) or "rien n’a changé dans cette sélection"
    st.info(f"Lien figé sur l’état {quoted[:20]}\u00a0; depuis\u00a0: {told}.", icon=":material/history:")


def frozen(seen: View) -> dict[str, list[str]]:
    """The parameters of the frozen link: every filter in absolute terms, every setting, the snapshot."""
    chosen = seen.selection
    # A view without dates holds the undated articles too; the snapshot alone fixes what it shows.
    days = {"du": chosen.since, "au": chosen.until}
    absolute = {name: [day.isoformat()] for name, day in days.items() if day}
    kept = {name: values for name, values in _current().items() if name not in ("periode", STATE)}
    settings = {name: values for name, values in st.session_state.get(EFFECTIVE, {}).items() if values}
    return {**kept, **settings, **absolute, STATE: [seen.snapshot]}


def _current() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _address(parameters: dict[str, list[str]]) -> str:
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{urlencode(parameters, doseq=True)}" if parameters else base
