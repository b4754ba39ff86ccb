"""What every source yields: an article with its date and the way that date was known, or a refusal."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Precision(StrEnum):
    """How exactly the day of publication is known."""

    DAY = "jour"
    BETWEEN = "intervalle"
    UNKNOWN = "inconnue"


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published, as far as the source tells.

    `day` is set only with precision DAY; `earliest` and `latest` are inclusive bounds, either may be missing.
    `basis` says in French what the date was read from: « attribut datePublished », « lundi 19 janvier ».
    """

    day: date | None = None
    earliest: date | None = None
    latest: date | None = None
    basis: str = ""

    @property
    def precision(self) -> Precision:
        """How exactly the day is known."""
        if self.day:
            return Precision.DAY
        return Precision.BETWEEN if self.earliest or self.latest else Precision.UNKNOWN


@dataclass(frozen=True, slots=True)
class Article:
    """One published text. `source` and `source_key` together are its key.

    `text` is the body, paragraphs and sub-headings separated by blank lines; it may be empty when the source
    shows a title only. `partial` marks an excerpt, which a full text met elsewhere replaces. `instant` is
    the moment of publication with its zone, `modified` that of the last correction, where the source tells.
    `formerly` are keys under which another reading of the same piece may have stored it.
    """

    source: str
    source_key: str
    title: str
    text: str
    lead: str = ""
    url: str | None = None
    author: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    published: Published = field(default_factory=Published)
    instant: datetime | None = None
    modified: datetime | None = None
    partial: bool = False
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A piece of a source that could not become an article: why, in French, and the piece itself.

    `where` names the file, address or line; `raw` is at most the first 10,000 characters.
    """

    source: str
    where: str
    reason: str
    raw: str
