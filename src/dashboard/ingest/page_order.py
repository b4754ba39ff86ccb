"""Archives run from newest to oldest: what that says of each article's date, and which dates it denies."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard.ingest.article import Published
from dashboard.ingest.merge import PROSE
from dashboard.ingest.prose_dates import Reading

ORDER = "d’après l’ordre de la page"
SLACK = timedelta(days=4)
NEAR = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Clue:
    """What one article says of its date: a day the page states, or a reading of its prose, or nothing."""

    stated: date | None = None
    words: str = ""
    reading: Reading | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """The days it can mean, oldest first."""
        return (self.stated,) if self.stated else self.reading.days if self.reading else ()

    @property
    def weight(self) -> int:
        """What it counts against a clue that contradicts it: the page over a weekday over a bare date."""
        says_weekday = bool(self.reading and (self.reading.says_weekday or self.reading.is_today))
        return 4 if self.stated else 2 if says_weekday else 1


def order_bounds(clues: Sequence[Clue]) -> list[Published]:
    """When each article of one archive was published, newest first as the page lists them.

    1. The days that are certain and in order form the longest chain that descends (a few days of slack:
       prose names the day of the fact). A day read in prose that stands outside the chain is an older
       fact: not kept.
    2. Words without a year take the one year that stands between their neighbours of the chain and
       within 400 days of one of them; otherwise the first and last possible day.
    3. Articles without a date lie between the nearest dated ones above (latest) and below (earliest).
    """
    chain = {i: clues[i].days[0] for i in _descending(clues)}
    years: dict[int, date] = {}
    for i, clue in enumerate(clues):
        if i not in chain and len(clue.days) > 1 and (day := _only_near(clue.days, *_around(i, chain))):
            years[i] = day
    settled = _longest([(i, day, 1) for i, day in sorted((chain | years).items())])
    days = {i: (chain | years)[i] for i in settled}
    return [_published(i, clue, days, i in years) for i, clue in enumerate(clues)]


def _published(i: int, clue: Clue, days: dict[int, date], deduced: bool) -> Published:
    if clue.stated:
        return Published(day=clue.stated, basis=f"{clue.words} (page)")
    words = f"{PROSE}\u00a0: {clue.reading.words}" if clue.reading else ""
    if i in days:
        known = "" if clue.reading and clue.reading.says_year else " (année déduite de la page)"
        return Published(
            day=days[i], basis=words + (" (année d’après les articles voisins)" if deduced else known)
        )
    above, below = _around(i, days)
    between = _between(below, above)
    if not clue.reading:
        return between
    fitting = [day for day in clue.days if _fits(day, below, above)]
    if not fitting or len(clue.days) == 1:
        denied = f"«\u00a0{clue.reading.words}\u00a0» contredit l’ordre de la page"
        return replace(between, basis=f"{between.basis}\u202f; {denied}".removeprefix("\u202f; "))
    years = ", ".join(str(day.year) for day in fitting)
    return Published(
        earliest=fitting[0], latest=fitting[-1] + SLACK, basis=f"{words} (année incertaine\u00a0: {years})"
    )


def _between(below: date | None, above: date | None) -> Published:
    earliest, latest = (min(below, above), max(below, above)) if below and above else (below, above)
    if earliest and latest:
        return Published(None, earliest, latest, f"{ORDER}\u00a0: entre deux articles datés")
    if earliest:
        return Published(None, earliest, None, f"{ORDER}\u00a0: au-dessus d’un article daté")
    return Published(None, None, latest, f"{ORDER}\u00a0: sous un article daté") if latest else Published()


def _around(i: int, days: dict[int, date]) -> tuple[date | None, date | None]:
    """The days of the nearest dated articles above (newer) and below (older)."""
    ranks = sorted(days)
    above, below = bisect_left(ranks, i) - 1, bisect_right(ranks, i)
    return (days[ranks[above]] if above >= 0 else None, days[ranks[below]] if below < len(ranks) else None)


def _only_near(candidates: Sequence[date], above: date | None, below: date | None) -> date | None:
    near = [
        day
        for day in candidates
        if _fits(day, below, above) and any(abs(day - known) <= NEAR for known in (above, below) if known)
    ]
    return near[0] if len(near) == 1 else None


def _fits(day: date, below: date | None, above: date | None) -> bool:
    return (not below or day >= below - SLACK) and (not above or day <= above + SLACK)


def _descending(clues: Sequence[Clue]) -> list[int]:
    certain = [(i, clue.days[0], clue.weight) for i, clue in enumerate(clues) if len(clue.days) == 1]
    return _longest([entry for entry in certain if entry[2] > 1 or not _is_denied(entry[0], entry[1], clues)])


def _is_denied(i: int, day: date, clues: Sequence[Clue]) -> bool:
    """Whether an article near by names a weekday that no year brings into order with this bare date."""
    above = any(max(clue.days) < day - SLACK for clue in clues[max(0, i - 20) : i] if clue.weight > 1)
    return above or any(min(clue.days) > day + SLACK for clue in clues[i + 1 : i + 20] if clue.weight > 1)


def _longest(dated: Sequence[tuple[int, date, int]]) -> list[int]:
    """The heaviest chain of days that never rises by more than the slack, as ranks in order."""
    best: list[tuple[int, int]] = []
    for rank, (_, day, weight) in enumerate(dated):
        behind = [(best[j][0], j) for j in range(max(0, rank - 200), rank) if dated[j][1] >= day - SLACK]
        total, before = max(behind, default=(0, -1))
        best.append((total + weight, before))
    at = max(range(len(best)), key=lambda j: best[j][0], default=-1)
    chain: list[int] = []
    while at >= 0:
        chain.append(dated[at][0])
        at = best[at][1]
    return chain[::-1]
