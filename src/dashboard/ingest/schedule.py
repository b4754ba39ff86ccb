"""Doing something again and again until told to stop, one round after the other."""

import logging
import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import FrameType

from dashboard.errors import InputRefused, VigieError

log = logging.getLogger("vigie")

UNITS = {"m": "minutes", "h": "hours", "d": "days", "j": "days"}
SIGNALS = (signal.SIGTERM, signal.SIGINT)


def interval(text: str) -> timedelta:
    """The time that « 30m », « 2h » or « 1d » (or « 1j ») stands for; raises InputRefused for other words."""
    found = re.fullmatch(r"(\d{1,4})([mhdj])", text.strip().lower())
    if not found or not int(found[1]):
        raise InputRefused(
            f"«\u00a0{text}\u00a0»\u00a0: écrivez un nombre et m, h ou j, par exemple 30m, 2h, 1j."
        )
    return timedelta(**{UNITS[found[2]]: int(found[1])})


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """Yields an event that SIGTERM or SIGINT sets; the second signal ends the process at once."""
    stop = threading.Event()

    def told(number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, told) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def keep_on(
    once: Callable[[], object], every: timedelta, stop: threading.Event, tell: Callable[[str], None]
) -> None:
    """Do it, wait, do it again, until `stop` is set; a round that fails is told and the next one is tried.

    The wait begins when a round is over, so that two never overlap.
    """
    while not stop.is_set():
        try:
            once()
        except VigieError as failure:
            tell(str(failure))
        except Exception:
            log.exception("unforeseen")
            tell("Cette visite a échoué sur une erreur imprévue, consignée dans le journal.")
        if not stop.is_set():
            tell(f"Prochaine visite\u00a0: {datetime.now().astimezone() + every:%d/%m à %H:%M}.")
        stop.wait(every.total_seconds())
