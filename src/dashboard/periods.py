"""How finely time is cut, and what « les 12 derniers mois » means."""

from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

# A share of fewer articles than this jumps by more than a tenth when one of them changes.
ENOUGH_ARTICLES = 10


class Grain(StrEnum):
    """The length of one period of a timeline; the value is the word on the screen and in the link."""

    DAY = "jour"
    WEEK = "semaine"
    MONTH = "mois"
    QUARTER = "trimestre"

    @property
    def sql_unit(self) -> str:
        """The unit that DuckDB's `date_trunc` expects; weeks begin on Monday (ISO 8601)."""
        return {Grain.DAY: "day", Grain.WEEK: "week", Grain.MONTH: "month", Grain.QUARTER: "quarter"}[self]


# Grain, its length in days, and the longest span in which its points can still be told apart.
READABLE = ((Grain.DAY, 1, 62), (Grain.WEEK, 7, 500), (Grain.MONTH, 30, 4_000))


class Preset(StrEnum):
    """A length of time that ends on the last day of the corpus; the value stands in the link as it is."""

    DAYS_30 = "30 jours"
    MONTHS_3 = "3 mois"
    MONTHS_12 = "12 mois"
    ALL = "Tout"


def since_of(preset: Preset, last_day: date) -> date | None:
    """The first day of a preset that ends on `last_day`, both included; None for the whole corpus."""
    match preset:
        case Preset.DAYS_30:
            return last_day - timedelta(days=29)
        case Preset.MONTHS_3:
            return last_day - relativedelta(months=3) + timedelta(days=1)
        case Preset.MONTHS_12:
            return last_day - relativedelta(months=12) + timedelta(days=1)
        case Preset.ALL:
            return None


def start_of(day: date, grain: Grain) -> date:
    """The first day of the period in which `day` lies."""
    match grain:
        case Grain.DAY:
            return day
        case Grain.WEEK:
            return day - timedelta(days=day.weekday())
        case Grain.MONTH:
            return day.replace(day=1)
        case Grain.QUARTER:
            return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)


def end_of(start: date, grain: Grain) -> date:
    """The last day of the period that begins on `start`."""
    match grain:
        case Grain.DAY:
            return start
        case Grain.WEEK:
            return start + timedelta(days=6)
        case Grain.MONTH:
            return start + relativedelta(months=1) - timedelta(days=1)
        case Grain.QUARTER:
            return start + relativedelta(months=3) - timedelta(days=1)


def automatic_grain(first: date | None, last: date | None, articles: int) -> Grain:
    """The finest grain at which a timeline of these days can be read and its shares mean something.

    That is: not too many points, and ENOUGH_ARTICLES in the average period. Months when nothing is dated.
    """
    if first is None or last is None:
        return Grain.MONTH
    days = (last - first).days + 1
    for grain, length, most_days in READABLE:
        if days <= most_days and articles * length >= ENOUGH_ARTICLES * days:
            return grain
    return Grain.QUARTER


def periods_between(first: date, last: date, grain: Grain) -> list[date]:
    """The first day of every period from the one of `first` to the one of `last`, both included."""
    starts, start = [], start_of(first, grain)
    while start <= last:
        starts.append(start)
        start = end_of(start, grain) + timedelta(days=1)
    return starts
