"""Which articles the analyst is looking at: the filters in force, and the condition in SQL that they make."""

from dataclasses import dataclass, replace
from datetime import date

from dashboard.matching import matching_text
from dashboard.periods import Preset, since_of

REGIONS = ("Union européenne", "Russie", "Amériques", "Asie", "Afrique", "Moyen-Orient", "Monde")

# The SQL text is fixed: what a person types only ever travels as a parameter.
CONDITIONS = {
    "regions": "list_has_any(article.regions, $regions)",
    "since": "article.published >= $since",
    "until": "article.published <= $until",
    "tags": "list_has_any(article.tags, $tags)",
    "sections": "article.section = ANY($sections)",
    "countries": "list_has_any(article.countries, $countries)",
    "sources": "article.source = ANY($sources)",
}


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
        chosen = {name: value for name in CONDITIONS if (value := getattr(self, name))}
        parameters = {name: list(v) if isinstance(v, tuple) else v for name, v in chosen.items()}
        conditions = [CONDITIONS[name] for name in chosen]
        if self.query:
            found = matching_text(self.query)
            conditions.append(f"article.article_id IN (SELECT article_id FROM ({found.sql}))")
            parameters |= found.parameters
        return Where(" AND ".join(conditions) or "true", parameters)

    def only_dates(self) -> "Selection":
        """The same days, every other filter taken off: the corpus in which a share is measured."""
        return Selection(preset=self.preset, since=self.since, until=self.until)
