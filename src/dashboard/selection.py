"""Which articles the analyst is looking at: the filters in force, and the condition in SQL that they make."""

from dataclasses import dataclass, replace
from datetime import date

from dashboard.matching import matching_text
from dashboard.periods import Preset, since_of

REGIONS = ("Union européenne", "Russie", "Amériques", "Asie", "Afrique", "Moyen-Orient", "Monde")

# The SQL text is fixed: what a person types only ever travels as a parameter.
CONDITIONS = {
    "regions": "list_contains(article.regions, $regions)",
    "since": "article.published >= $since",
    "until": "article.published <= $until",
    "tags": "list_contains(article.tags, $tags)",
    "sections": "article.section = ANY($sections)",
    "countries": "list_contains(article.countries, $countries)",
    "sources": "article.source = ANY($sources)",
}
# Met by any one of the values; a `list_contains` for each takes a fifth of the time of one `list_has_any`.
ANY_OF = {"regions", "tags", "countries"}


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on the table `article` and the values of its parameters."""

    sql: str
    parameters: dict[str, object]


@dataclass(frozen=True, slots=True)
class Selection:
    """The filters in force. Immutable, so it can be a cache key; how a result is shown is not decided here.

    `preset` means a length of time that ends on the last day of the corpus; it gives way to `since` and
    `until` (both included) as soon as one of them is set. An undated article is in no dated selection.
    """

    regions: tuple[str, ...] = ()
    preset: Preset = Preset.ALL
    since: date | None = None
    until: date | None = None
    tags: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    query: str = ""

    def resolved(self, last_day: date | None) -> "Selection":
        """The same selection with its preset turned into days, counted back from `last_day`."""
        if self.since or self.until or last_day is None:
            return replace(self, preset=Preset.ALL)
        first = since_of(self.preset, last_day)
        return replace(self, preset=Preset.ALL, since=first, until=last_day if first else None)

    def where(self) -> Where:
        """The condition that these articles meet; « true » when nothing is filtered.

        The preset must have been resolved before, because its meaning depends on the corpus. Raises
        QuerySyntaxError.
        """
        conditions: list[str] = []
        parameters: dict[str, object] = {}
        for name, condition in CONDITIONS.items():
            value = getattr(self, name)
            if value and name in ANY_OF:
                each = {f"{name}_{number}": one for number, one in enumerate(value)}
                met = (condition.replace(f"${name}", f"${key}") for key in each)
                conditions.append(f"({' OR '.join(met)})")
                parameters |= each
            elif value:
                conditions.append(condition)
                parameters[name] = list(value) if isinstance(value, tuple) else value
        if self.query:
            found = matching_text(self.query)
            conditions.append(f"article.article_id IN (SELECT article_id FROM ({found.sql}))")
            parameters |= found.parameters
        return Where(" AND ".join(conditions) or "true", parameters)

    def only_dates(self) -> "Selection":
        """The same days, every other filter taken off: the corpus in which a share is measured."""
        return Selection(preset=self.preset, since=self.since, until=self.until)
