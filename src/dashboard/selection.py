"""Which articles the analyst is looking at: one object with three faces, SQL, link and sentence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
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

URL_NAMES = {
    "regions": "region",
    "preset": "periode",
    "since": "du",
    "until": "au",
    "tags": "etiquette",
    "sections": "rubrique",
    "countries": "pays",
    "sources": "source",
    "query": "q",
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

    def to_url(self) -> dict[str, list[str]]:
        """The filters as parameters of a link, without those at their default; see `from_url`."""
        return {
            url_name: [str(v) for v in value] if isinstance(value, tuple) else [str(value)]
            for name, url_name in URL_NAMES.items()
            if (value := getattr(self, name)) and value != Preset.ALL
        }

    @classmethod
    def from_url(cls, parameters: Mapping[str, Iterable[str]]) -> "Selection":
        """The selection that a link names; what cannot be read is left out (`problems` lists it)."""
        read = {
            name: _READERS[name](list(parameters.get(url_name, ()))) for name, url_name in URL_NAMES.items()
        }
        given = {name: value for name, value in read.items() if value is not None}
        return cls(**_in_order(given))  # type: ignore[arg-type]


def problems(parameters: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """The (parameter, value) pairs of a link that name no possible filter, whatever the corpus holds."""
    unread = []
    for name, url_name in URL_NAMES.items():
        for value in parameters.get(url_name, ()):
            known = name != "regions" or value in REGIONS
            if not known or _READERS[name]([value]) is None:
                unread.append((url_name, value))
    return unread


def _words(values: list[str]) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(filter(None, values))) or None


def _known_regions(values: list[str]) -> tuple[str, ...] | None:
    return tuple(region for region in REGIONS if region in values) or None


def _day(values: list[str]) -> date | None:
    try:
        return date.fromisoformat(values[0]) if values else None
    except ValueError:
        return None


def _preset(values: list[str]) -> Preset | None:
    return Preset(values[0]) if values and values[0] in list(Preset) else None


def _text(values: list[str]) -> str | None:
    return values[0].strip() or None if values else None


_READERS: dict[str, Callable[[list[str]], object]] = {
    "regions": _known_regions,
    "preset": _preset,
    "since": _day,
    "until": _day,
    "query": _text,
    **dict.fromkeys(("tags", "sections", "countries", "sources"), _words),
}


def _in_order(given: dict[str, object]) -> dict[str, object]:
    """Dates the right way round, and no preset beside them."""
    since, until = given.get("since"), given.get("until")
    if isinstance(since, date) and isinstance(until, date) and since > until:
        given["since"], given["until"] = until, since
    if since or until:
        given.pop("preset", None)
    return given


assert {f.name for f in fields(Selection)} == set(URL_NAMES), "every filter has its name in the link"
