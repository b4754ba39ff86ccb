"""What is derived from an article: its mentions, its events, the countries and regions that it is about."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from dashboard.coding.countries import COUNTRIES
from dashboard.coding.plover import EVENT_TYPES
from dashboard.coding.records import Event, Sentence

Row = dict[str, object]
TITLE, LEAD, TEXT = "titre", "chapô", "texte"
# The tables that hold what is derived, by article.
TABLES = ("mention", "naming", "event")

# The editor's section tells a region; « Le monde de demain » is about the world.
SECTION_REGIONS = {
    "union européenne": "Union européenne",
    "russie": "Russie",
    "amériques": "Amériques",
    "asie": "Asie",
    "afrique": "Afrique",
    "moyen-orient": "Moyen-Orient",
    "le monde de demain": "Monde",
}


@dataclass
class Derived:
    """The rows that one article adds to the derived tables, and the two derived columns of `article`."""

    mentions: list[Row] = field(default_factory=list)
    namings: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Readable:
    """What of a stored article the coder needs."""

    article_id: int
    key: str
    section: str | None
    day: date | None
    parts: tuple[tuple[str, str], ...]


def derived(article: Readable, read: dict[str, tuple[Sentence, ...]]) -> Derived:
    """Everything that follows from the sentences read in each part of an article."""
    result = Derived()
    for part, sentences in read.items():
        for number, sentence in enumerate(sentences):
            result.mentions += [
                {
                    "article_id": article.article_id,
                    "part": part,
                    "sentence": number,
                    "country": mention.country,
                    "kind": str(mention.kind),
                    "starts": mention.start,
                    "ends": mention.end,
                }
                for mention in sentence.mentions
            ]
            result.events += [_event_row(article, part, number, sentence, event) for event in sentence.events]
    at_top = {m["country"] for m in result.mentions if m["part"] != TEXT}
    result.namings = [
        {"article_id": article.article_id, "country": country, "at_top": country in at_top}
        for country in sorted({str(m["country"]) for m in result.mentions})
    ]
    result.countries = about(result.mentions)
    result.regions = regions(article.section, result.countries)
    return result


def about(mentions: list[Row]) -> list[str]:
    """The countries that an article is about: named in its title or lead, or in two sentences of its text."""
    sentences = {(m["country"], m["part"], m["sentence"]) for m in mentions}
    in_text = Counter(str(country) for country, part, _ in sentences if part == TEXT)
    at_top = {str(country) for country, part, _ in sentences if part != TEXT}
    return sorted(at_top | {country for country, count in in_text.items() if count >= 2})


def regions(section: str | None, countries: list[str]) -> list[str]:
    """The region of the section if it has one, plus those of the countries; the world when there is none."""
    found = {SECTION_REGIONS.get((section or "").strip().lower())}
    found |= {COUNTRIES[code].region for code in countries if code in COUNTRIES}
    return sorted(filter(None, found)) or ["Monde"]


def _event_row(article: Readable, part: str, number: int, sentence: Sentence, event: Event) -> Row:
    first, second = sorted((event.source, event.target))
    kind = EVENT_TYPES[event.type]
    identity = f"{article.key}|{part}|{number}|{event.source}|{event.target}|{event.type}|{sentence.text}"
    return {
        "event_id": hashlib.blake2b(identity.encode("utf-8", "replace"), digest_size=5).hexdigest(),
        "article_id": article.article_id,
        "part": part,
        "sentence": number,
        "sentence_text": sentence.text,
        "sentence_start": sentence.start,
        "source": event.source,
        "target": event.target,
        "country_a": first,
        "country_b": second,
        "type": event.type,
        "class": str(kind.event_class),
        "force": str(kind.force),
        "score": event.score,
        "trigger": event.trigger,
        "trigger_start": event.start,
        "trigger_end": event.end,
        "confidence": event.confidence,
        "mutual": event.mutual,
        "why": " · ".join(f"{reason.words} {_signed(reason.weight)}" for reason in event.reasons),
    }


def _signed(weight: float) -> str:
    sign = "+" if weight >= 0 else "\u2212"
    return sign + f"{abs(weight):.1f}".replace(".", ",")
