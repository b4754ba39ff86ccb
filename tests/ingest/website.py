"""A small website on this machine for the tests: answers by path, and a record of what was asked."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from dashboard.ingest.fetching import Fetcher
from dashboard.ingest.politeness import Manners

HASTY = Manners(pause=0, backoff=0.01, longest_wait=0.3, deadline=2)


@dataclass
class Answer:
    """What the site says at one path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    trickle: float = 0.0


Route = Answer | Callable[["Website", str, dict[str, str]], Answer]


@dataclass
class Website:
    """`routes` by path with query, falling back to the path alone; everything else is 404."""

    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""
    busy: int = 0
    busiest: int = 0

    def answer(self, target: str, headers: dict[str, str]) -> Answer:
        self.asked.append(target)
        self.headers.append(headers)
        found = self.routes.get(target) or self.routes.get(target.partition("?")[0]) or self.routes.get("*")
        if found is None:
            return Answer(b"rien", 404)
        return found(self, target, headers) if callable(found) else found

    def pages_asked(self) -> list[str]:
        return [target for target in self.asked if target != "/robots.txt"]


@contextmanager
def website(routes: dict[str, Route]) -> Iterator[Website]:
    """The site, served until the end of the block."""
    site = Website(routes)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16

        def do_GET(self) -> None:
            site.busy += 1
            site.busiest = max(site.busiest, site.busy)
            answer = site.answer(self.path, {name.lower(): value for name, value in self.headers.items()})
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self._send(answer)
                self.wfile.flush()
            except OSError:
                self.close_connection = True
            site.busy -= 1

        def _send(self, answer: Answer) -> None:
            if not answer.trickle:
                self.wfile.write(answer.body)
                return
            for byte in answer.body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(answer.trickle)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def visitor(**changes: object) -> Iterator[Fetcher]:
    """A fetcher that may visit this machine and does not dawdle."""
    options = {"allow_private": True, "manners": HASTY, **changes}
    with Fetcher(**options) as fetcher:  # type: ignore[arg-type]
        yield fetcher
