"""The child process of `isolation`: reads a request, calls the function, writes its answer."""

import json
import os
import resource
import sys
from importlib import import_module
from typing import Any, BinaryIO

from dashboard.errors import VigieError
from dashboard.ingest.isolation import ANSWER, REQUEST


def serve(limits: dict[str, float]) -> None:
    """Answer requests from standard input until it ends."""
    memory = int(limits["memory_mb"]) << 20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints is no answer
    while header := source.read(REQUEST.size):
        request_length, data_length = REQUEST.unpack(header)
        request = json.loads(source.read(request_length))
        _allow(int(limits["cpu_seconds"]))
        _write(answers, _answer(request, source.read(data_length)))


def _allow(seconds: int) -> None:
    """Give the next piece its seconds of processor: the limit counts from the start of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    ceiling = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (ceiling, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answer(request: dict[str, Any], data: bytes) -> bytes:
    try:
        module, _, name = request["function"].partition(":")
        value = getattr(import_module(module), name)(data, **request["options"])
        return json.dumps({"value": value}).encode()
    except MemoryError as failure:
        sentence = "Analyse arrêtée\u00a0: elle demandait trop de mémoire."
        return json.dumps({"sentence": sentence, "error": repr(failure)[:1000], "spent": True}).encode()
    except Exception as failure:  # whatever a parser raises is an answer
        explained = isinstance(failure, VigieError)
        sentence = str(failure) if explained else "Le contenu ne peut pas être analysé."
        return json.dumps({"sentence": sentence, "error": repr(failure)[:1000]}).encode()


def _write(answers: BinaryIO, answer: bytes) -> None:
    answers.write(ANSWER.pack(len(answer)) + answer)
    answers.flush()


if __name__ == "__main__":
    serve(json.loads(sys.argv[1]))
