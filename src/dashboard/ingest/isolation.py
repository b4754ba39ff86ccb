"""Parsers of hostile formats in a child process with limits of time and memory, reused piece after piece."""

import atexit
import json
import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from dashboard.errors import InputRefused

REQUEST = struct.Struct(">II")
ANSWER = struct.Struct(">I")
_KEPT = ("PATH", "HOME", "LANG", "TZ", "VIRTUAL_ENV")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece may cost: seconds of processor, seconds by the clock, megabytes of address space."""

    cpu_seconds: int = 6
    wall_seconds: float = 10.0
    memory_mb: int = 2048


class ParserStopped(InputRefused):
    """A parser gave no answer; the next piece can be read. `spent`: it broke a limit and its child ended."""

    def __init__(self, sentence: str, *, detail: str = "", spent: bool = False) -> None:
        super().__init__(sentence, detail=detail)
        self.spent = spent


class Isolated:
    """A child process that calls functions of this program on bytes; the answers are JSON values.

    One piece at a time, from any thread. The child starts with the first piece and ends with `close`, with
    its parent, or when a piece breaks a limit; it cannot write files.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def call(self, function: Callable[..., Any], data: bytes, **options: Any) -> Any:
        """`function(data, **options)` by the child; raises ParserStopped when there is no answer.

        The function is found again by its module and name, so it stands at the top of a module.
        """
        name = f"{function.__module__}:{function.__qualname__}"
        request = json.dumps({"function": name, "options": options}).encode()
        with self._lock:
            answer = self._answer(REQUEST.pack(len(request), len(data)) + request + data)
            if answer.get("spent"):
                self._end()
        if "value" in answer:
            return answer["value"]
        detail = f"{name}: {answer['error']}"
        raise ParserStopped(answer["sentence"], detail=detail, spent=answer.get("spent", False))

    def close(self) -> None:
        """End the child; a later `call` starts another one."""
        with self._lock:
            self._end()

    def _answer(self, message: bytes) -> dict[str, Any]:
        """What the child says, or why it said nothing."""
        child = self._running()
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._limits.wall_seconds, stop)
        timer.start()
        try:
            return _exchange(child, message)
        except (OSError, EOFError, ValueError) as failure:
            child.kill()
            seconds = self._limits.wall_seconds if late.is_set() else None
            sentence = _why(child.wait(), seconds)
            return {"sentence": sentence, "error": repr(failure), "spent": True}
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(  # noqa: S603 our own interpreter and module
                [sys.executable, "-m", "dashboard.ingest.isolated_child", json.dumps(asdict(self._limits))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()


def _environment() -> dict[str, str]:
    """What a parser needs to know of its surroundings: no credentials, no proxies."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ", "VIRTUAL_ENV") if name in os.environ
    }
    return {**kept, "PYTHONPATH": os.pathsep.join(sys.path), "ARROW_DEFAULT_MEMORY_POOL": "system"}


def _exchange(child: subprocess.Popen[bytes], message: bytes) -> dict[str, Any]:
    stdin, stdout = child.stdin, child.stdout
    if stdin is None or stdout is None:
        raise EOFError
    stdin.write(message)
    stdin.flush()
    header = stdout.read(ANSWER.size)
    if len(header) < ANSWER.size:
        raise EOFError
    (length,) = ANSWER.unpack(header)
    answer = stdout.read(length)
    if len(answer) < length:
        raise EOFError
    return dict(json.loads(answer))


def _why(return_code: int, wall_seconds: float | None) -> str:
    if wall_seconds is not None:
        return f"Analyse arrêtée après {wall_seconds:.0f}\u00a0s."
    if return_code == -signal.SIGXCPU:
        return "Analyse arrêtée\u00a0: elle demandait trop de calcul."
    return "Analyse interrompue\u00a0: le contenu fait échouer le lecteur."


PARSERS = Isolated()
atexit.register(PARSERS.close)
