"""Writers in processes of their own, for tests that kill them: run as a script.

`hold FOLDER` keeps the right to write until its input ends. `die FOLDER PHASE …` starts, for each pair, a
writer that is killed by SIGKILL on reaching the phase. `full FOLDER BYTES` writes files of at most that size.
"""

import os
import resource
import signal
import sys
from pathlib import Path

from dashboard.corpus.write import Staging, staging
from dashboard.errors import VigieError

ADD = """
    INSERT INTO article BY NAME
    SELECT 1000 + i AS article_id, 'nouveau' AS source, i::VARCHAR AS source_key, 'Nouveau' AS title,
           '' AS lead, repeat(md5(i::VARCHAR), 40) AS text, [] AS tags,
           'inconnue' AS date_precision, '' AS date_basis,
           false AS partial, md5(i::VARCHAR) AS fingerprint, 1 AS added_in, 1 AS changed_in,
           ['Monde'] AS regions, [] AS countries
    FROM range(2000) AS r(i)
"""
# What is on the disk when the writer asks for the nth time that it be kept: see snapshots.publish.
FSYNC_OF = {"file finished": 1, "file named": 2, "pointer written": 3, "pointer turned": 4}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at_fsync(number: int) -> None:
    seen, real = 0, os.fsync

    def counted(handle: int) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            die()
        real(handle)

    os.fsync = counted


def change(folder: Path, phase: str) -> None:
    if phase in FSYNC_OF:
        die_at_fsync(FSYNC_OF[phase])
    with staging(folder, reason=phase, coder="0") as staged:
        if phase == "copy made":
            die()
        write(staged)
        if phase == "rows written":
            die()
        staged.connection.execute("BEGIN")
        staged.connection.execute("DELETE FROM article WHERE article_id = 1000")
        if phase == "inside a transaction":
            die()
        staged.connection.execute("COMMIT")
        staged.changed = True


def write(staged: Staging) -> None:
    staged.connection.execute(ADD)


def killed(folder: Path, phase: str) -> bool:
    child = os.fork()
    if child == 0:
        change(folder, phase)
        os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def hold(folder: Path) -> None:
    with staging(folder, reason="tenu", coder="0"):
        print("ready", flush=True)
        sys.stdin.read()


def full(folder: Path, most_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    try:
        with staging(folder, reason="plein", coder="0") as staged:
            for _ in range(20):
                write(staged)
            staged.changed = True
    except VigieError as error:
        print(error)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["hold", folder]:
            hold(Path(folder))
        case ["full", folder, most_bytes]:
            full(Path(folder), int(most_bytes))
        case ["die", *pairs]:
            for folder, phase in zip(pairs[::2], pairs[1::2], strict=True):
                print("killed" if killed(Path(folder), phase) else "survived")
