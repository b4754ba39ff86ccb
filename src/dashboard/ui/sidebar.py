"""The filters that all pages share: widgets bound to the address, read back as one Selection."""

from datetime import date

import streamlit as st

from dashboard.analysis.facets import Facets
from dashboard.french import prose
from dashboard.periods import Preset
from dashboard.selection import REGIONS, Selection
from dashboard.ui.links import NEWEST, OLDEST, SINGLE

# Widget keys are the names in the link.
LISTS = {"region": "regions", "etiquette": "tags", "rubrique": "sections", "source": "sources"}
KEYS = (*LISTS, "pays", *SINGLE)
CHOOSE = "Toutes"


def show(facets: Facets) -> None:
    """Draw all filters in the sidebar, on every run: a bound widget left out loses its parameter."""
    with st.sidebar:
        st.text_input(
            "Contient les mots",
            key="q",
            bind="query-params",
            placeholder='cessez-le-feu, "droits de douane"…',
            help=prose.text("requetes"),
        )
        st.pills("Région", REGIONS, selection_mode="multi", key="region", bind="query-params")
        st.pills(
            "Période",
            [str(preset) for preset in Preset],
            key="periode",
            bind="query-params",
            on_change=_forget_days,
            help="Comptée à rebours depuis le dernier jour du corpus.",
        )
        for key, label in (("du", "Du"), ("au", "Au")):
            st.date_input(
                label,
                value=None,
                min_value=OLDEST,
                max_value=NEWEST,
                format="DD/MM/YYYY",
                key=key,
                bind="query-params",
                on_change=_forget_preset,
            )
        _choice("Étiquettes", facets.tags, "etiquette")
        with st.expander("Autres filtres", expanded=_any_in_force("pays", "rubrique", "source")):
            _choice("Pays", tuple(facets.countries.values()), "pays", placeholder="Tous")
            _choice("Rubriques", facets.sections, "rubrique")
            _choice("Sources", facets.sources, "source")
        st.button(
            "Effacer les filtres",
            on_click=reset,
            icon=":material/filter_alt_off:",
            width="stretch",
            disabled=not _any_in_force(*KEYS),
        )


def chosen(facets: Facets) -> Selection:
    """The selection that the widgets hold now."""
    state = st.session_state
    since, until = _day("du"), _day("au")
    if since and until and since > until:
        since, until = until, since
    codes = {name: code for code, name in facets.countries.items()}
    return Selection(
        **{field: tuple(state.get(key) or ()) for key, field in LISTS.items()},
        countries=tuple(codes[name] for name in state.get("pays") or () if name in codes),
        preset=Preset(state.get("periode") or Preset.ALL),
        since=since,
        until=until,
        query=(state.get("q") or "").strip(),
    )


def reset() -> None:
    """Take every filter off."""
    for key in KEYS:
        st.session_state[key] = None if key in ("periode", "du", "au") else "" if key == "q" else []


def add_to_filter(key: str, value: str) -> None:
    """Add a value to a filter, as a click elsewhere on the screen does."""
    chosen = st.session_state.get(key) or []
    st.session_state[key] = [*chosen, value] if value not in chosen else chosen


def _choice(label: str, options: tuple[str, ...], key: str, placeholder: str = CHOOSE) -> None:
    st.multiselect(label, options, key=key, bind="query-params", placeholder=placeholder)


def _any_in_force(*keys: str) -> bool:
    return any(st.session_state.get(key) for key in keys)


def _day(key: str) -> date | None:
    value = st.session_state.get(key)
    return value if isinstance(value, date) else None


def _forget_days() -> None:
    st.session_state["du"] = st.session_state["au"] = None


def _forget_preset() -> None:
    st.session_state["periode"] = None
