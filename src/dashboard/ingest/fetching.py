"""Fetching from the web, politely and safely: every failure is a French sentence, and temporary or not."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType

import httpcore
import httpx

from dashboard.ingest.answers import Fetched, FetchFailed, TooLarge, http_refusal
from dashboard.ingest.bodies import BodyRefused, unpacked
from dashboard.ingest.network import AddressRefused, CheckedTransport
from dashboard.ingest.pieces import MAX_FEED_BYTES
from dashboard.ingest.politeness import Host, Manners, robots_of

MAX_ROBOTS_BYTES = 500_000
MAX_REFUSAL_BYTES = 65_536

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Fetcher:
    """One visitor for all sources; even from several threads it asks a host one thing at a time.

    `contact` is where the visited can complain; `allow_private` lets it visit the local network.
    """

    def __init__(
        self, *, contact: str = "", allow_private: bool = False, manners: Manners | None = None
    ) -> None:
        self._manners = manners or Manners()
        self._transport = CheckedTransport(allow_private=allow_private)
        self._agent = user_agent(contact)
        self._hosts: dict[str, Host] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._transport.close()

    def get(
        self, url: str, *, etag: str = "", last_modified: str = "", max_bytes: int = MAX_FEED_BYTES
    ) -> Fetched:
        """What stands at this address, in at most `max_bytes`, or that it did not change.

        Temporary failures are tried again, as often and as late as the manners say. Raises FetchFailed, or
        its kind TooLarge.
        """
        conditions = {"if-none-match": etag, "if-modified-since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        for attempt in range(1, self._manners.tries):
            try:
                return self._follow(url, headers, max_bytes, ask_robots=True)
            except FetchFailed as failure:
                wait = self._wait(failure, attempt)
                if wait is None:
                    raise
                time.sleep(wait)
        return self._follow(url, headers, max_bytes, ask_robots=True)

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the robots.txt of this host declares. Raises FetchFailed."""
        address = _address(url)
        self._check_robots(address)
        rules = self._host(address).robots
        return (rules.site_maps() if rules else None) or []

    def _wait(self, failure: FetchFailed, attempt: int) -> float | None:
        """The seconds before the next attempt; None when there should be none."""
        if not failure.temporary or (failure.retry_after or 0) > self._manners.longest_wait:
            return None
        backoff = min(self._manners.backoff * 2 ** (attempt - 1), self._manners.longest_wait)
        return backoff if failure.retry_after is None else failure.retry_after

    def _follow(self, url: str, headers: dict[str, str], max_bytes: int, *, ask_robots: bool) -> Fetched:
        """The answer behind the redirects, each of which is checked as the first address was."""
        address = _address(url)
        for _ in range(self._manners.redirects + 1):
            if ask_robots:
                self._check_robots(address)
            with self._host(address).one_request(self._manners.pause):
                answer, target = self._once(address, headers, max_bytes)
            if answer is not None:
                return answer
            address = _address(str(address.join(target)))
        raise FetchFailed(f"{address.host} renvoie sans fin d’une adresse à l’autre.", url, temporary=False)

    def _once(
        self, address: httpx.URL, headers: dict[str, str], max_bytes: int
    ) -> tuple[Fetched | None, str]:
        """One request: an answer, or the address that it points to."""
        sent = {"user-agent": self._agent, "accept-encoding": "gzip", "accept": "*/*", **headers}
        with self._explained(address):
            self._transport.deadline.start(self._manners.deadline)
            response = self._transport.handle_request(httpx.Request("GET", address, headers=sent))
            try:
                return self._read(address, response, max_bytes, conditional=bool(headers))
            finally:
                response.close()

    def _read(
        self, address: httpx.URL, response: httpx.Response, max_bytes: int, *, conditional: bool
    ) -> tuple[Fetched | None, str]:
        status, location = response.status_code, response.headers.get("location", "")
        if status in _REDIRECTS and location:
            return None, location
        found = {name.lower(): value for name, value in response.headers.items()}
        if status == 304 and conditional:
            return Fetched(str(address), b"", found, not_modified=True), ""
        if not 200 <= status < 300:
            raise http_refusal(str(address), address.host, status, found, _refusal_body(response))
        length = found.get("content-length", "")
        if length.isdigit() and int(length) > max_bytes:
            raise BodyRefused("réponse trop volumineuse", too_large=True)
        body = unpacked(_chunks(response), found.get("content-encoding", ""), max_bytes)
        return Fetched(str(address), body, found), ""

    def _check_robots(self, address: httpx.URL) -> None:
        """Raise FetchFailed when robots.txt closes the address, or cannot be known for now."""
        host = self._host(address)
        with host.turn:
            if host.robots is None:
                host.robots = robots_of(self._robots_text(address))
        if not host.robots.can_fetch("Vigie", str(address)):
            raise FetchFailed(
                f"Le robots.txt de {address.host} ferme cette adresse aux robots.",
                str(address),
                temporary=False,
            )

    def _robots_text(self, address: httpx.URL) -> str:
        """What the host's robots.txt says; "" when it has none."""
        try:
            url = str(address.copy_with(raw_path=b"/robots.txt"))
            return self._follow(url, {}, MAX_ROBOTS_BYTES, ask_robots=False).body.decode("utf-8", "replace")
        except FetchFailed as failure:
            if failure.temporary:
                raise
            return ""

    def _host(self, address: httpx.URL) -> Host:
        with self._lock:
            return self._hosts.setdefault(address.netloc.decode("ascii"), Host())

    @contextmanager
    def _explained(self, address: httpx.URL) -> Iterator[None]:
        """Every failure of the network as a FetchFailed."""
        host, url = address.host, str(address)
        try:
            yield
        except AddressRefused as refused:
            sentence = f"{host} mène à une adresse privée ou réservée\u00a0: visite refusée."
            raise FetchFailed(sentence, url, temporary=False, detail=f"{url} {refused}") from refused
        except BodyRefused as refused:
            kind = TooLarge if refused.too_large else FetchFailed
            raise kind(f"{host}\u00a0: {refused}.", url, temporary=refused.temporary) from refused
        except httpcore.TimeoutException as late:
            sentence = f"{host} n’a pas répondu en {self._manners.deadline:.0f}\u00a0s."
            raise FetchFailed(sentence, url, temporary=True) from late
        except httpcore.ConnectError as failure:
            sentence = f"Connexion impossible avec {host}."
            raise FetchFailed(sentence, url, temporary=True, detail=f"{url} {failure}") from failure
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as failure:
            sentence = f"{host} a coupé ou brouillé la réponse."
            raise FetchFailed(sentence, url, temporary=True, detail=f"{url} {failure!r}") from failure


def user_agent(contact: str) -> str:
    """Who visits: the name, the version and where to complain."""
    try:
        name = f"Vigie/{version('vigie')}"
    except PackageNotFoundError:
        name = "Vigie"
    where = "".join(char for char in contact if " " <= char <= "~")
    return f"{name} (+{where})" if where else name


def _address(url: str) -> httpx.URL:
    """The address without its fragment; raises FetchFailed when it is no web address."""
    try:
        address = httpx.URL(url.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError) as failure:
        raise FetchFailed("Adresse web illisible.", url[:500], temporary=False) from failure
    if address.scheme not in {"http", "https"} or not address.host or "%" in address.host:
        sentence = "Seules les adresses http et https sont visitées."
        raise FetchFailed(sentence, url[:500], temporary=False)
    if address.userinfo:
        raise FetchFailed("Une adresse avec mot de passe n’est pas visitée.", address.host, temporary=False)
    return address


def _chunks(response: httpx.Response) -> Iterator[bytes]:
    """The body as it comes over the wire, nothing unpacked."""
    stream = response.stream
    assert isinstance(stream, httpx.SyncByteStream)
    yield from stream


def _refusal_body(response: httpx.Response) -> bytes:
    """What the server says in refusing, when that is short."""
    try:
        return unpacked(_chunks(response), response.headers.get("content-encoding", ""), MAX_REFUSAL_BYTES)
    except BodyRefused:
        return b""
