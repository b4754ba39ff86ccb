"""What a server answered, or why nothing usable came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from dashboard.errors import InputRefused

LONGEST_RETRY = 86_400.0
TEMPORARY = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is where it came from after redirects; `headers` have lower-case names.

    With `not_modified` the body is empty: what was read under this `etag` or `last_modified` holds.
    """

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    not_modified: bool = False

    @property
    def etag(self) -> str:
        return self.headers.get("etag", "")

    @property
    def last_modified(self) -> str:
        return self.headers.get("last-modified", "")

    @property
    def charset(self) -> str:
        """The charset that the server declared; "" when it said nothing."""
        _, found, charset = self.headers.get("content-type", "").lower().partition("charset=")
        return charset.split(";")[0].strip(" \"'") if found else ""

    @property
    def media_type(self) -> str:
        """Such as `text/html`; "" when the server said nothing."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class FetchFailed(InputRefused):
    """Nothing usable came from an address, as told in French.

    `temporary` failures may be gone at the next visit. `retry_after` (seconds) is what the server asked for,
    at most a day. `status` and `body` are those of an HTTP refusal.
    """

    def __init__(
        self,
        sentence: str,
        url: str,
        *,
        temporary: bool,
        status: int | None = None,
        retry_after: float | None = None,
        body: bytes = b"",
        detail: str = "",
    ) -> None:
        super().__init__(sentence, detail=detail or url)
        self.url = url
        self.temporary = temporary
        self.status = status
        self.retry_after = retry_after
        self.body = body


class TooLarge(FetchFailed):
    """The answer is larger than was asked for at most."""


def retry_after(written: str, now: datetime | None = None) -> float | None:
    """The wait that a Retry-After header asks for, given in seconds or as a date; None when it asks nothing.

    At most a day: a date in 2099 asks no more than to be left alone today.
    """
    text = written.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_RETRY)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((aware - (now or datetime.now(UTC))).total_seconds(), 0.0), LONGEST_RETRY)


def http_refusal(url: str, host: str, status: int, headers: Mapping[str, str], body: bytes) -> FetchFailed:
    """An HTTP refusal in French."""
    sentences = {
        401: f"{host} demande une identification (401).",
        403: f"{host} refuse la visite (403).",
        404: f"{host} n’a rien à cette adresse (404).",
        410: f"{host} a retiré cette adresse (410).",
        429: f"{host} demande d’espacer les visites (429).",
    }
    usual = f"{host} est en panne ({status})." if status >= 500 else f"{host} refuse la demande ({status})."
    return FetchFailed(
        sentences.get(status, usual),
        url,
        temporary=status in TEMPORARY,
        status=status,
        retry_after=retry_after(headers.get("retry-after", "")),
        body=body,
    )
