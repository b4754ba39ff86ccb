"""Machine-written dates (ISO 8601, RFC 822, epoch): the instant and the source's local day, or why none."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_tz
from zoneinfo import ZoneInfo

from dashboard.ingest.article import Published
from dashboard.ingest.pieces import DEFAULT_ZONE

EARLIEST = date(1990, 1, 1)
AHEAD = timedelta(hours=48)

_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T\s]\s*(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?)?")
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:[\s,à]+(\d{1,2})[:hH](\d\d)(?::(\d\d))?)?")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_WEEKDAY = re.compile(r"^[^\W\d_]{2,9}\.?,?\s+(?=\d)")
_WORD = re.compile(r"[^\W\d_]+\.?")
_MONTHS = {
    "janv": "Jan", "janvier": "Jan", "fév": "Feb", "févr": "Feb", "fev": "Feb", "février": "Feb",
    "fevrier": "Feb",
    "mars": "Mar", "avr": "Apr", "avril": "Apr", "mai": "May", "juin": "Jun", "juil": "Jul", "juillet": "Jul",
    "août": "Aug", "aout": "Aug", "sept": "Sep", "septembre": "Sep", "octobre": "Oct", "novembre": "Nov",
    "déc": "Dec", "décembre": "Dec", "decembre": "Dec",
}  # fmt: skip
# Names of summer time that RFC 822 does not know and that would silently be read as UTC.
_ZONES = {"CET": "+0100", "CEST": "+0200", "MET": "+0100", "MEST": "+0200", "WEST": "+0100", "WET": "+0000"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as its source wrote it.

    `day` is the source's local day, `instant` is set when the hour is known. `problem` says in French why
    there is no day; it is empty when there is one.
    """

    day: date | None = None
    instant: datetime | None = None
    problem: str = ""


def moment(raw: object, zone: str = DEFAULT_ZONE, *, now: datetime | None = None) -> Moment:
    """The date written in `raw` (text, number of seconds, date or datetime).

    A date with its own offset keeps the day written there; one in UTC or without offset is taken to `zone`,
    the time of the source. Accepted from 1 January 1990 to 48 hours from now.
    """
    if raw is None or raw == "":
        return Moment(problem="date absente")
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return _accepted(raw, None, now)
    try:
        found = raw if isinstance(raw, datetime) else _read(str(raw).strip()[:100])
        if found is None:
            return Moment(problem=f"date illisible\u00a0: «\u00a0{str(raw)[:60]}\u00a0»")
        if isinstance(found, datetime):
            local = _local(found, ZoneInfo(zone))
            return _accepted(local.date(), local, now)
        return _accepted(found, None, now)
    except (ValueError, OverflowError, OSError):
        return Moment(problem=f"date impossible\u00a0: «\u00a0{str(raw)[:60]}\u00a0»")


def published(raw: object, basis: str, zone: str = DEFAULT_ZONE) -> tuple[Published, datetime | None]:
    """The day of publication with its basis, and the instant; without a day the basis says why."""
    found = moment(raw, zone)
    if found.day is None:
        return Published(basis=found.problem), None
    return Published(day=found.day, basis=basis), found.instant


def _local(found: datetime, zone: ZoneInfo) -> datetime:
    """In the source's own time: what is written in UTC or without offset goes to `zone`."""
    if found.tzinfo is None:
        # An hour that the clock skips in spring is moved forward, as the publishing system does.
        return found.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return found.astimezone(zone) if found.utcoffset() == timedelta(0) else found


def _accepted(day: date, instant: datetime | None, now: datetime | None) -> Moment:
    limit = (now or datetime.now(UTC)) + AHEAD
    if day < EARLIEST:
        return Moment(problem=f"date hors limites\u00a0: {day.isoformat()}, avant 1990")
    if (instant and instant > limit) or day > limit.date():
        return Moment(problem=f"date hors limites\u00a0: {day.isoformat()}, dans l’avenir")
    return Moment(day, instant)


def _read(text: str) -> date | datetime | None:
    """The date in the text, naive when no offset is written; None when the form is unknown."""
    if _EPOCH.fullmatch(text):
        seconds = float(text)
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, *offset = found.groups()
        return _built((year, month, day), (hour, minute, second), offset[0])
    if found := _NUMERIC.fullmatch(text):
        day, month, year, hour, minute, second = found.groups()
        return _built((year, month, day), (hour, minute, second), None)
    return _rfc822(text)


def _built(
    day: tuple[str, str, str], time: tuple[str | None, str | None, str | None], offset: str | None
) -> date | datetime:
    found = date(*map(int, day))
    if time[0] is None:
        return found
    hour, minute, second = (int(part or 0) for part in time)
    return datetime(found.year, found.month, found.day, hour, minute, min(second, 59), tzinfo=_offset(offset))


def _offset(written: str | None) -> timezone | None:
    if written is None:
        return None
    if written[0] not in "+-":
        return UTC
    hours, minutes = int(written[1:3]), int(written[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(written)
    return timezone((1 if written[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def _rfc822(text: str) -> datetime | date | None:
    """An RFC 822 date whose names of days and months may be French."""
    english = _WORD.sub(lambda word: _english(word[0]), _WEEKDAY.sub("", text))
    parts = parsedate_tz(english if ":" in text else f"{english} 00:00:00")
    if parts is None or not english[:1].isdigit():
        return None
    year, month, day, hour, minute, second, *_, offset = parts
    if ":" not in text:
        return date(year, month, day)
    if offset is not None and abs(offset) > 14 * 3600:
        raise ValueError(text)
    zone = None if offset is None else UTC if offset == 0 else timezone(timedelta(seconds=offset))
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)


def _english(word: str) -> str:
    bare = word.rstrip(".")
    return _MONTHS.get(bare.lower()) or _ZONES.get(bare.upper()) or bare
