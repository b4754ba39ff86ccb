"""The pieces of the page « Sources »: every source with its health, what was refused, removed, published."""

from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard.corpus import visits as memory
from dashboard.corpus.visits import Memory, Visits
from dashboard.errors import InputRefused
from dashboard.french.formats import MISSING, NBSP, counted, number, short_day
from dashboard.french.visits import ago, moment, short_state, state
from dashboard.settings import corpus_folder
from dashboard.ui import tables
from dashboard.ui.escaping import md

MOST_PIECES, MOST_ROWS = 20, 200
BY_HAND = "lue à la demande"


def visits() -> dict[str, Visits]:
    """The visits of `vigie sync` by source, without what only the readers need; a damaged file is told."""
    path = corpus_folder() / memory.FILE_NAME
    try:
        return _visits(str(path), path.stat().st_mtime_ns if path.exists() else 0)
    except InputRefused as damaged:
        st.warning(md(str(damaged)), icon=":material/warning:")
        return {}


@st.cache_data(max_entries=2, show_spinner=False)
def _visits(path: str, _changed: int) -> dict[str, Visits]:
    found = memory.load(Path(path).parent)
    for each in found.values():
        each.memory = Memory(road=each.memory.road)
    return found


def failures(visited: dict[str, Visits]) -> None:
    """One warning per source whose last visit failed, with its error and since when."""
    now = datetime.now(UTC)
    for name, each in visited.items():
        if each.error:
            said = f"{name}{NBSP}: {state(each, now)}. {each.error}"
            st.warning(md(said), icon=":material/sync_problem:")


def table(known: pd.DataFrame, visited: dict[str, Visits]) -> None:
    """Every source that was read or is to be read, one a row."""
    now = datetime.now(UTC)
    rows = [_row(row.source, row, visited.get(row.source), now) for row in known.itertuples()]
    rows += [_row(name, None, each, now) for name, each in visited.items() if name not in {*known["source"]}]
    if not rows:
        st.info("Aucune source n’a encore été lue.", icon=":material/rss_feed:")
        return
    tables.show(pd.DataFrame(rows), "Les sources du corpus, une par ligne")


def _row(name: str, known: object, visited: Visits | None, now: datetime) -> dict[str, object]:
    last = getattr(known, "last_published", None)
    read = getattr(known, "last_read", None)
    seen = visited.last_visit if visited else pd.Timestamp(read).to_pydatetime().replace(tzinfo=UTC)
    return {
        "Source": name,
        "État": short_state(visited, now) if visited else BY_HAND,
        "Dernière visite": ago(seen, now),
        "Dernier article": MISSING if last is None or pd.isna(last) else short_day(pd.Timestamp(last).date()),
        "Articles": int(getattr(known, "articles", 0)),
        "Copies": int(getattr(known, "duplicates", 0)),
        "Sans date": int(getattr(known, "undated", 0)),
        "Lue par": getattr(known, "kind", MISSING),
        "Adresse": _address(visited.address if visited else getattr(known, "address", None)),
    }


def _address(written: str | None) -> str:
    """A web address as it is; of a file the name only, for where it lies concerns nobody here."""
    if not written or "://" in written:
        return written or MISSING
    return Path(written).name


def freshness(known: pd.DataFrame, visited: dict[str, Visits]) -> None:
    """One sentence for all sources: how many are fresh, and who was read longest ago."""
    if not visited:
        st.caption(
            "Aucune source n’est suivie par «\u00a0vigie sync\u00a0»\u00a0: rien n’arrivera de soi-même dans "
            "ce corpus."
        )
        return
    now = datetime.now(UTC)
    fresh = [name for name, each in visited.items() if not each.error and not each.is_stale(now)]
    said = f"{counted(len(fresh), 'source')} à jour sur {number(len(visited))}."
    read = {name: each.last_success for name, each in visited.items() if each.last_success}
    if read:
        oldest = min(read, key=lambda name: read[name])
        said += f" La moins fraîche, {oldest}, a été lue {ago(read[oldest], now)}."
    never = [name for name, each in visited.items() if each.last_success is None]
    if never:
        said += f" Jamais lue{'s' if len(never) > 1 else ''}{NBSP}: {', '.join(never)}."
    latest = known["last_published"].dropna()
    if len(latest):
        said += f" Dernier article{NBSP}: {short_day(pd.Timestamp(latest.max()).date())}."
    st.html(f'<p class="vigie-meta">{escape(said)}</p>')


def refused(reasons: pd.DataFrame, pieces: pd.DataFrame) -> None:
    """Why pieces were refused, how often, and the latest of them as they came."""
    if reasons.empty:
        st.caption("Rien n’a été refusé.")
        return
    shown = reasons.assign(last_seen=[_moment(each) for each in reasons["last_seen"]])
    shown.columns = ["Source", "Raison", "Morceaux", "Dernière fois"]
    tables.show(shown, "Les raisons des refus, par source")
    total = int(reasons["refused"].sum())
    if total > len(pieces):
        st.caption(f"Les {len(pieces)} plus récents de {counted(total, 'morceau', 'morceaux')}{NBSP}:")
    for row in pieces.itertuples():
        with st.expander(md(f"{row.source} · {row.place}")):
            st.text(f"{row.reason} ({_moment(row.first_seen)})")
            st.code(row.raw or "(vide)", language=None, wrap_lines=True)


def removed(found: pd.DataFrame) -> None:
    """What its source took down, and how that was known."""
    if found.empty:
        st.caption("Aucun article n’a été retiré à sa source.")
        return
    days = [MISSING if pd.isna(day) else short_day(pd.Timestamp(day).date()) for day in found["published"]]
    rows = {
        "Titre": found["title"],
        "Source": found["source"],
        "Publié": days,
        "Raison": found["reason"],
        "Retiré dans l’état": found["removed_in"],
    }
    tables.show(pd.DataFrame(rows), "Les articles retirés à leur source")
    if len(found) == MOST_ROWS:
        st.caption(f"Les {MOST_ROWS} plus récents sont affichés.")


def history(found: pd.DataFrame) -> None:
    """The snapshots, the latest first."""
    rows = {
        "État": found["id"],
        "Publié": [_moment(each) for each in found["published"]],
        "Ce qui a été fait": found["reason"],
    }
    tables.show(pd.DataFrame(rows), "Les états du corpus, du plus récent au plus ancien")
    if len(found) == MOST_ROWS:
        st.caption(f"Les {MOST_ROWS} plus récents sont affichés.")


def _moment(utc: object) -> str:
    """A moment of the corpus, which keeps UTC without saying so."""
    return moment(pd.Timestamp(utc).to_pydatetime().replace(tzinfo=UTC))
