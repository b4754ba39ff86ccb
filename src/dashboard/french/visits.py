"""How fresh a source is, in words: when it was visited, whether it answers, since when not."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from dashboard.french.formats import counted, short_day

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# Beyond that a date says more than a number of days.
LONGEST = timedelta(days=30)


class Visited(Protocol):
    """What is remembered of the visits to a source."""

    error: str
    failures: int

    @property
    def last_visit(self) -> datetime | None: ...

    @property
    def last_success(self) -> datetime | None: ...

    @property
    def failing_from(self) -> datetime | None: ...

    def is_stale(self, now: datetime) -> bool: ...


def ago(then: datetime | None, now: datetime) -> str:
    """« à l’instant », « il y a 3 heures », « il y a 4 jours », « le 12 mars 2024 », « jamais »."""
    if then is None:
        return "jamais"
    passed = now - then
    if passed < MINUTE:
        return "à l’instant"
    for step, name in ((HOUR, "minute"), (DAY, "heure"), (LONGEST, "jour")):
        if passed < step:
            unit = {"minute": MINUTE, "heure": HOUR, "jour": DAY}[name]
            return f"il y a {counted(passed // unit, name)}"
    return f"le {short_day(then.astimezone(UTC).date())}"


def moment(then: datetime) -> str:
    """« 12 mars 2024 à 14:32 UTC »."""
    utc = then.astimezone(UTC)
    return f"{short_day(utc.date())} à {utc:%H:%M} UTC"


def state(visited: Visited, now: datetime) -> str:
    """« à jour », « en échec depuis le … (3 visites) », « sans nouvelles depuis le … »."""
    if visited.error and visited.failing_from:
        return f"en échec depuis le {moment(visited.failing_from)} ({counted(visited.failures, 'visite')})"
    if visited.is_stale(now):
        last = visited.last_success
        return f"sans visite réussie depuis le {moment(last)}" if last else "jamais lue"
    return "à jour"


def short_state(visited: Visited, now: datetime) -> str:
    """« à jour », « en échec », « sans nouvelles », « jamais lue »."""
    if visited.error:
        return "en échec"
    if visited.last_success is None:
        return "jamais lue"
    return "sans nouvelles" if visited.is_stale(now) else "à jour"
