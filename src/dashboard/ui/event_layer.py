"""The turning points laid over a timeline: which of them concern what is shown, and their list below it."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import date
from html import escape
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import milestones, settings
from dashboard.analysis.tension import Pair
from dashboard.charts import lanes
from dashboard.errors import InputRefused
from dashboard.french.formats import short_day
from dashboard.milestones import Milestone
from dashboard.periods import Grain, start_of
from dashboard.ui.escaping import md
from dashboard.ui.frame import View

MOST = 9
SWITCH = "reperes"


def chosen(
    seen: View,
    first: date | None,
    last: date | None,
    *,
    tags: Collection[str] = (),
    countries: Collection[str] = (),
) -> tuple[Milestone, ...]:
    """MOST turning points between two days that share a tag or name all `countries`, over the whole time.

    Empty while the reader leaves them off, and where no file of turning points is there.
    """
    path = settings.milestones_file(demonstration=seen.demonstration)
    wanted = path and st.toggle(
        "Repères",
        value=True,
        key=SWITCH,
        bind="query-params",
        help=f"Les événements datés qui concernent cette figure, {MOST} au plus, répartis sur la période.",
    )
    if not wanted or not path:
        return ()
    try:
        near = _between(path, first, last)
    except InputRefused as refused:
        st.caption(f"Repères laissés de côté\u00a0: {md(str(refused))}")
        return ()
    return milestones.spread(milestones.concerning(near, tags, countries), MOST, tags)


def of_pairs(
    seen: View, first: date | None, last: date | None, pairs: Iterable[Pair]
) -> tuple[Milestone, ...]:
    """MOST turning points that name both countries of one of the pairs, by the switch of `chosen` above.

    None from a file that cannot be read: `chosen` has said so.
    """
    path = settings.milestones_file(demonstration=seen.demonstration)
    if not path or not st.session_state.get(SWITCH):
        return ()
    with suppress(InputRefused):
        near = _between(path, first, last)
        found = {one for pair in pairs for one in own(near, pair)}
        return milestones.spread([one for one in near if one in found], MOST, ())
    return ()


def own(known: Sequence[Milestone], pair: Pair) -> list[Milestone]:
    """Those of the turning points that name both countries of a pair."""
    return milestones.concerning(known, (), (pair.country_a, pair.country_b))


def _between(path: Path, first: date | None, last: date | None) -> list[Milestone]:
    """The turning points of a file between two days; raises InputRefused when it cannot be read."""
    known = _read(str(path), path.stat().st_mtime_ns)
    return [one for one in known if first and last and first <= one.day <= last]


def of_selection(seen: View, first: date | None, last: date | None) -> tuple[Milestone, ...]:
    """The turning points of the tags or countries that the filters name; none without such a filter."""
    tags, countries = [tag.lower() for tag in seen.selection.tags], seen.selection.countries
    return chosen(seen, first, last, tags=tags, countries=countries) if tags or countries else ()


def lay(figure: go.Figure, shown: tuple[Milestone, ...]) -> None:
    """Number the turning points on a timeline."""
    lanes.mark(figure, [(one.day, one.label) for one in shown])


def legend(shown: tuple[Milestone, ...]) -> None:
    """The turning points by their numbers, in words."""
    if shown:
        told = (f"<b>{n}</b> {escape(short_day(one.day))}, {_linked(one)}" for n, one in enumerate(shown, 1))
        st.html(f'<p class="vigie-meta">{" · ".join(told)}</p>')


def beside(frame: pd.DataFrame, shown: Sequence[Milestone], grain: Grain) -> pd.DataFrame:
    """The periods of a timeline (column start) with the turning points of each in words, for its table."""
    if not shown:
        return frame
    told: dict[date, list[str]] = {}
    for one in shown:
        told.setdefault(start_of(one.day, grain), []).append(f"{short_day(one.day)}, {one.label}")
    return frame.assign(milestones=[" ; ".join(told.get(start, ())) for start in frame["start"]])


def _linked(one: Milestone) -> str:
    label = escape(one.label)
    return f'<a href="{escape(one.link)}" target="_blank" rel="noopener">{label}</a>' if one.link else label


# The time of the last change is there for the key: an edited file is read again.
@st.cache_data(max_entries=4, show_spinner=False)
def _read(path: str, changed: int) -> tuple[Milestone, ...]:  # noqa: ARG001
    return milestones.read(Path(path))
