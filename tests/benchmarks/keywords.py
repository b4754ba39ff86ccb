"""How fast keywords are found, beside SQLite FTS5 and a scan of the texts, on the same generated articles.

    python tests/benchmarks/keywords.py                       # 10,000 and 100,000 articles
    python tests/benchmarks/keywords.py --articles 1000000

Times are medians of warm runs; « cpu » is the processor time of the whole process, which a busy machine
changes less.
"""

import argparse
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import chronicle
import duckdb
import pyarrow as pa

from dashboard.analysis import keywords, vocabulary
from dashboard.corpus import index, read, snapshots
from dashboard.corpus.read import Corpus, open_current
from dashboard.corpus.write import staging
from dashboard.matching import matching_text
from dashboard.periods import Grain
from dashboard.selection import Selection

QUERIES = {
    "one term by month": "sanctions",
    "two terms by month": "sanctions Russie",
    "phrase by month": '"cessez le feu"',
}
# What the index is asked to keep to at a million articles on two idle cores.
WANTED_MS = {"one term by month": 6, "two terms by month": 12, "phrase by month": 60, "top 200 words": 120}
FTS = {
    "sanctions": "sanctions",
    "sanctions Russie": "sanctions AND russie",
    '"cessez le feu"': '"cessez le feu"',
}
SCAN = {
    "sanctions": r"regexp_matches({t}, '\bsanctions\b')",
    "sanctions Russie": r"regexp_matches({t}, '\bsanctions\b') AND regexp_matches({t}, '\brussie\b')",
    '"cessez le feu"': r"regexp_matches({t}, '\bcessez\W+le\W+feu\b')",
}
SCAN_BY_MONTH = """
    SELECT date_trunc('month', published) AS month, count(*) AS k
    FROM article WHERE {condition} GROUP BY ALL
"""
FTS_TABLE = """
    CREATE VIRTUAL TABLE word
    USING fts5(title, text, content='', tokenize='unicode61 remove_diacritics 2')
"""
FTS_BY_MONTH = """
    SELECT month, count(*) FROM word JOIN article ON id = word.rowid WHERE word MATCH ? GROUP BY month
"""
FOLDED = "lower(strip_accents(title || ' . ' || text))"
FILTERED = Selection(regions=("Russie",), since=date(2023, 1, 1), until=date(2023, 12, 31))

BY_MONTH = "SELECT date_trunc('month', published) AS month, count(*) AS k FROM ({matching}) GROUP BY ALL"
KEEP = """
    INSERT INTO article BY NAME
    SELECT *, 'banc' AS source, article_id::VARCHAR AS source_key, '' AS lead, []::VARCHAR[] AS tags,
           'jour' AS date_precision, '' AS date_basis, false AS partial, md5(title) AS fingerprint,
           1 AS added_in, 1 AS changed_in, []::VARCHAR[] AS countries
    FROM batch
"""


@dataclass
class Figures:
    """Everything measured at one size, by name: milliseconds wall and processor, or another number."""

    articles: int
    rows: dict[str, str] = field(default_factory=dict)

    def time(self, name: str, run: Callable[[], object], repeat: int = 15) -> object:
        """Measure `run` warm; what it answers."""
        result, wall, cpu = run(), [], []
        for _ in range(repeat):
            began, used = time.perf_counter(), time.process_time()
            run()
            wall.append(time.perf_counter() - began)
            cpu.append(time.process_time() - used)
        self.note(
            name, f"{statistics.median(wall) * 1e3:9.1f} ms  cpu {statistics.median(cpu) * 1e3:9.1f} ms"
        )
        return result

    def note(self, name: str, figure: str) -> None:
        """Keep a figure and print it at once."""
        self.rows[name] = figure
        print(f"{name:52s} {figure}", flush=True)


def keep(connection: duckdb.DuckDBPyConnection, batches: Iterator[pa.Table]) -> None:
    """Insert generated articles."""
    for batch in batches:
        connection.register("batch", batch)
        connection.execute(KEEP)
        connection.unregister("batch")


def build(folder: Path, figures: Figures) -> None:
    """A published corpus of that many articles; how long its index took and how large it is."""
    with staging(folder, reason="banc", coder="0") as change:
        keep(change.connection, chronicle.articles(figures.articles))
        change.connection.execute("CHECKPOINT")
        before = used_bytes(change.connection)
        began, used = time.perf_counter(), time.process_time()
        index.update(change.connection)
        change.connection.execute("CHECKPOINT")
        wall, cpu = time.perf_counter() - began, time.process_time() - used
        after = used_bytes(change.connection)
        [(text,)] = change.connection.execute(
            "SELECT sum(strlen(title) + strlen(text)) FROM article"
        ).fetchall()
        [(postings, occurrences)] = change.connection.execute(
            "SELECT count(*), sum(len(positions)) FROM posting"
        ).fetchall()
        change.changed = True
    rate, per_core = figures.articles / wall, 2 * figures.articles / cpu
    figures.note(
        "index build",
        f"{wall:9.1f} s   cpu {cpu:9.1f} s   {rate:,.0f} articles/s ({per_core:,.0f}/s on two whole cores)",
    )
    size = f"{(after - before) / 1e6:9.1f} MB, {(after - before) / text:.2f} × the text ({text / 1e6:.1f} MB)"
    figures.note("index size", size)
    figures.note("postings, occurrences", f"{postings:,}  {occurrences:,}")


def used_bytes(connection: duckdb.DuckDBPyConnection) -> int:
    """The blocks of the corpus file that hold something."""
    [(size, blocks)] = connection.execute(
        "SELECT block_size, used_blocks FROM pragma_database_size() WHERE database_name = current_database()"
    ).fetchall()
    return int(size) * int(blocks)


def ask_the_index(corpus: Corpus, figures: Figures) -> dict[str, int]:
    """The queries of the page; how many articles each finds."""
    found = {}
    for name, query in QUERIES.items():
        matching = matching_text(query)
        sql = BY_MONTH.replace("{matching}", matching.sql)
        frame = figures.time(
            f"{name}: index", lambda s=sql, m=matching: corpus.query(s, None, **m.parameters)
        )
        found[query] = int(frame["k"].sum())
        figures.note(f"{name}: articles found", f"{found[query]:,}")
        figures.time(
            f"{name}: whole trend with n and interval",
            lambda q=query: keywords.trend(corpus, Selection(), [q], Grain.MONTH),
        )
    figures.time("top 200 words, one region and year", lambda: vocabulary.frequent(corpus, FILTERED, 200))
    figures.time(
        "top 200 words, one region",
        lambda: vocabulary.frequent(corpus, Selection(regions=("Russie",)), 200),
        3,
    )
    figures.time("keyness of one region and year", lambda: vocabulary.keyness(corpus, FILTERED), 5)
    return found


def ask_by_scanning(folder: Path, figures: Figures, found: dict[str, int]) -> None:
    """The same counts by folding and searching every text."""
    for name, query in QUERIES.items():
        sql = SCAN_BY_MONTH.replace("{condition}", SCAN[query].replace("{t}", FOLDED))
        with duckdb.connect(str(snapshots.current(folder)), read_only=True) as scan:
            frame = figures.time(f"{name}: DuckDB text scan", lambda s=sql, c=scan: c.execute(s).df(), 1)
        agrees(query, found[query], int(frame["k"].sum()))


def ask_fts5(folder: Path, figures: Figures, found: dict[str, int]) -> None:
    """The same counts by SQLite FTS5, accents removed."""
    with sqlite3.connect(folder / "fts.sqlite") as connection:
        connection.execute("CREATE TABLE article (id INTEGER PRIMARY KEY, month TEXT)")
        connection.execute(FTS_TABLE)
        began = time.perf_counter()
        for batch in chronicle.articles(figures.articles):
            rows = batch.to_pydict()
            ids, months = rows["article_id"], (str(day)[:7] for day in rows["published"])
            connection.executemany("INSERT INTO article VALUES (?, ?)", zip(ids, months, strict=True))
            texts = zip(ids, rows["title"], rows["text"], strict=True)
            connection.executemany("INSERT INTO word (rowid, title, text) VALUES (?, ?, ?)", texts)
        connection.commit()
        figures.note("FTS5 build, generating included", f"{time.perf_counter() - began:9.1f} s")
        for name, query in QUERIES.items():
            rows = figures.time(
                f"{name}: SQLite FTS5",
                lambda q=query: connection.execute(FTS_BY_MONTH, (FTS[q],)).fetchall(),
                5,
            )
            agrees(query, found[query], sum(k for _, k in rows))


def agrees(query: str, ours: int, theirs: int) -> None:
    """Tell when another engine counts otherwise; a phrase may bridge two paragraphs there."""
    if ours != theirs:
        print(f"{query}: {ours:,} articles by the index, {theirs:,} by the other")


def add(folder: Path, figures: Figures) -> None:
    """A thousand articles more, from staging to publication."""
    batches = list(chronicle.articles(1_000, first=figures.articles, seed=99))
    began = time.perf_counter()
    with staging(folder, reason="banc", coder="0") as change:
        keep(change.connection, iter(batches))
        index.update(change.connection, range(figures.articles + 1, figures.articles + 1_001))
        change.changed = True
    figures.note("1,000 articles more, published", f"{time.perf_counter() - began:9.1f} s")


def measure(articles: int, *, others: bool) -> Figures:
    """Build a corpus of that size in a temporary folder and ask it everything."""
    figures = Figures(articles)
    print(f"\n== {articles:,} articles ==")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(folder, figures)
        corpus = open_current(folder)
        found = ask_the_index(corpus, figures)
        corpus.close()
        if others:
            ask_by_scanning(folder, figures, found)
        add(folder, figures)
        if others:
            ask_fts5(folder, figures, found)
    return figures


# A snapshot remembers its latest answers; here every run is to count again.
read.KEPT = 0


def main() -> None:
    """Measure every size and print the growth from one to the next."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--index-only", action="store_true", help="without SQLite and the text scan")
    given = parser.parse_args()
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{os.cpu_count()} cores, load average {load}; {chronicle.WORDS_PER_ARTICLE} words per article")
    print("wanted at 1,000,000:", ", ".join(f"{name} ≤ {ms} ms" for name, ms in WANTED_MS.items()))
    measured = [measure(articles, others=not given.index_only) for articles in given.articles]
    print("\n== growth ==")
    for name in measured[0].rows:
        print(f"{name:52s}", " | ".join(m.rows.get(name, "").split("ms")[0].strip() for m in measured))
    print(f"load average at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
