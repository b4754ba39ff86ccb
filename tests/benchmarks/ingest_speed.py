"""Articles per second for reading and storing, phase by phase: `python tests/benchmarks/ingest_speed.py`.

On real articles where they lie beside the repository, and on generated ones. Coding is not part of it.
"""

import argparse
import json
import os
import platform
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import chronicle

from dashboard.corpus import index
from dashboard.corpus.write import staging
from dashboard.ingest import duplicates, run
from dashboard.ingest.article import Article
from dashboard.ingest.inputs import file_reading
from dashboard.ingest.store import store

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "corpora" / "orange_monde.jsonl.gz"


@dataclass
class Phases:
    """Seconds by phase, and those of processor time: on a busy machine only these can be compared."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    busy: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextmanager
    def timed(self, phase: str) -> Iterator[None]:
        begun, worked = time.perf_counter(), time.process_time()
        yield
        self.seconds[phase] += time.perf_counter() - begun
        self.busy[phase] += time.process_time() - worked

    def told(self, count: int) -> Iterator[str]:
        sums = {"read and store": ("read", "store"), "everything but coding": tuple(self.seconds)}
        for name, phases in {**{phase: (phase,) for phase in self.seconds}, **sums}.items():
            seconds, busy = (sum(times[phase] for phase in phases) for times in (self.seconds, self.busy))
            speed = f"{count / seconds:>9,.0f} articles/s {count / busy:>9,.0f} per second of processor"
            yield f"  {name:<36}{seconds:>8.2f} s {busy:>8.2f} s of processor {speed}"


def measured(path: Path, folder: Path) -> tuple[int, Phases]:
    """Read the table at `path` into the corpus of `folder`; the number of articles, and the seconds."""
    phases, touched = Phases(), list[int]()
    with ExitStack() as stack:
        change = stack.enter_context(staging(folder, reason="mesure", coder="0"))
        pieces = iter(file_reading(path, source="mesure", mapping=None).pieces)
        while True:
            with phases.timed("read"):
                chunk = [piece for piece in islice(pieces, run.CHUNK) if isinstance(piece, Article)]
            if not chunk:
                break
            with phases.timed("store"):
                touched += store(change, chunk, complete=True).touched
        with phases.timed("find copies"):
            duplicates.link(change.connection, touched)
        with phases.timed("index of keywords"):
            index.update(change.connection, touched)
        change.changed = True
        with phases.timed("publish (checkpoint, fsync, rename)"):
            stack.close()
    return len(touched), phases


def generated(count: int, path: Path) -> None:
    """Write that many articles as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for table in chronicle.articles(count):
            for row in table.to_pylist():
                said = {"id": row["article_id"], "title": row["title"], "text": row["text"]}
                day = row["published"].isoformat()
                file.write(json.dumps({**said, "published": day}, ensure_ascii=False) + "\n")


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}, load {load:.1f}"


def tell(name: str, path: Path, folder: Path) -> None:
    count, phases = measured(path, folder)
    size = sum(file.stat().st_size for file in folder.glob("corpus-*.duckdb")) / 2**20
    print(f"{name}: n = {count:,}, {path.stat().st_size / 2**20:.0f} MB in, {size:.0f} MB out")
    print("\n".join(phases.told(count)), flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=200_000, help="how many articles to generate")
    given = arguments.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if REAL.exists():
            tell("real articles", REAL, folder / "real")
        generated(given.count, folder / "generated.jsonl")
        tell("generated articles", folder / "generated.jsonl", folder / "generated")


if __name__ == "__main__":
    main()
