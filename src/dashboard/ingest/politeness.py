"""Manners with other people's servers: one request at a time, pauses, and what robots.txt asks."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.robotparser import RobotFileParser

LONGEST_CRAWL_DELAY = 30.0


@dataclass(frozen=True, slots=True)
class Manners:
    """How a server is treated; every duration in seconds.

    `pause` between two requests to a host, `tries` per address with `backoff` doubling between them, no wait
    over `longest_wait`, `deadline` for one request with its body.
    """

    pause: float = 1.0
    tries: int = 3
    backoff: float = 1.0
    longest_wait: float = 60.0
    deadline: float = 30.0
    redirects: int = 5


@dataclass(slots=True)
class Host:
    """What is known of one host: whose turn it is, when it was last asked, what its robots.txt says."""

    turn: threading.RLock = field(default_factory=threading.RLock)
    last: float = float("-inf")
    robots: RobotFileParser | None = None

    @contextmanager
    def one_request(self, pause: float) -> Iterator[None]:
        """Wait for the turn and for the pause since the last request."""
        with self.turn:
            delay = max(pause, self.crawl_delay())
            time.sleep(max(0.0, self.last + delay - time.monotonic()))
            try:
                yield
            finally:
                self.last = time.monotonic()

    def crawl_delay(self) -> float:
        """The pause that robots.txt asks for, at most `LONGEST_CRAWL_DELAY`."""
        asked = self.robots.crawl_delay("Vigie") if self.robots else None
        return min(float(asked or 0), LONGEST_CRAWL_DELAY)


def robots_of(text: str) -> RobotFileParser:
    """The rules that a robots.txt writes down; a page of another kind has none, and all is allowed."""
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    return rules
