"""The keyword index of the corpus: kept up article by article, put back in order when it grows untidy."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard.corpus import compounds
from dashboard.corpus.index_check import check
from dashboard.corpus.inversion import Batch, Text, Vocabulary, inverted, numbered, split
from dashboard.corpus.places import Places
from dashboard.matching import matching
from dashboard.query_tree import Word, Words
from dashboard.terms import stems

__all__ = ["check", "rebuild", "update"]

CHUNK = 5_000
CHUNKS_UNDER_WAY = 3
# With more of the postings out of order than this a lookup reads noticeably more than its own range.
MOST_UNSORTED = 0.1
# Postings sorted at a time: about a gigabyte of memory.
SORTED_AT_ONCE = 8_000_000

STALE = """
    CREATE OR REPLACE TEMP TABLE stale AS
    SELECT unnest($changed::INTEGER[]) AS article_id
    UNION SELECT article_id FROM counted ANTI JOIN article_terms USING (article_id)
    UNION SELECT article_id FROM article_terms ANTI JOIN counted USING (article_id)
"""
ANY_STALE = "SELECT count(*) FROM stale"
ANY_INDEXED = "SELECT count(*) FROM article_terms"
COMPOUNDS = "SELECT term FROM compound JOIN term USING (term_id)"
ALSO_STALE = "INSERT INTO stale SELECT article_id FROM ({matching}) WHERE article_id NOT IN (FROM stale)"
WANTED = "SELECT article_id FROM counted SEMI JOIN stale USING (article_id) ORDER BY article_id"
TEXTS = """
    SELECT article_id, published, title, lead, text
    FROM counted SEMI JOIN stale USING (article_id)
    WHERE article_id BETWEEN $first AND $last ORDER BY article_id
"""
FORGET = """
    CREATE OR REPLACE TEMP TABLE change AS
    SELECT term_id, -count(*) AS articles, -sum(n) AS occurrences
    FROM (
        SELECT unnest(terms) AS term_id, unnest(counts) AS n
        FROM article_terms SEMI JOIN stale USING (article_id)
    )
    GROUP BY term_id;
    DELETE FROM posting
    WHERE article_id IN (SELECT article_id FROM article_terms SEMI JOIN stale USING (article_id));
    DELETE FROM article_terms WHERE article_id IN (FROM stale);
"""
IN_ORDER = """
    SELECT coalesce((SELECT max(sorted_postings) FROM index_state), 0)
         + coalesce((SELECT sum(articles) FROM change), 0)
"""
COUNT_TERMS = """
    INSERT INTO change SELECT term_id, count(*), sum(len(positions)) FROM heap.fresh GROUP BY term_id;
    CREATE OR REPLACE TEMP TABLE change AS
    SELECT term_id, sum(articles) AS articles, sum(occurrences) AS occurrences FROM change GROUP BY term_id;
    UPDATE term
    SET articles = term.articles + change.articles, occurrences = term.occurrences + change.occurrences
    FROM change WHERE term.term_id = change.term_id;
"""
KEEP_TERMS = """
    INSERT INTO term
    SELECT term_id, term, shown, stem, change.articles, change.occurrences
    FROM new_terms JOIN change USING (term_id) ORDER BY term_id
"""
APPEND = "INSERT INTO posting FROM heap.fresh ORDER BY term_id, article_id"
RANGES = """
    SELECT min(term_id), max(term_id)
    FROM (SELECT term_id, (sum(articles) OVER (ORDER BY term_id) // $size) AS part FROM term)
    GROUP BY part ORDER BY part
"""
PUT_IN_ORDER = """
    INSERT INTO ordered
    FROM (FROM posting UNION ALL FROM heap.fresh)
    WHERE term_id BETWEEN $first AND $last ORDER BY term_id, article_id
"""
# The parts of which nearly all articles hold one of the compounds that they are part of.
KEEP_COMPOUNDS = """
    TRUNCATE compound;
    INSERT INTO compound
    WITH part AS (
        SELECT whole.term_id, word.term_id AS part, word.articles
        FROM parts JOIN term AS whole ON whole.term = compound JOIN term AS word ON word.term = part
    ),
    inside AS (
        SELECT part, count(DISTINCT article_id) AS articles
        FROM posting JOIN part USING (term_id) GROUP BY part
    )
    SELECT term_id,
           coalesce(list(part ORDER BY part) FILTER (inside.articles >= {nearly} * part.articles), [])
    FROM part JOIN inside USING (part) GROUP BY term_id ORDER BY term_id
"""
PLACE = "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
FINISH = """
    TRUNCATE indexed_day;
    INSERT INTO indexed_day SELECT published, count(*) FROM counted GROUP BY ALL ORDER BY published;
    DROP TABLE stale;
    DROP TABLE change;
"""
KEEP_STATE = "INSERT INTO index_state VALUES ($sorted)"
EMPTY = """
    TRUNCATE term; TRUNCATE posting; TRUNCATE article_terms; TRUNCATE compound; TRUNCATE indexed_day;
    TRUNCATE index_state;
"""


def update(connection: duckdb.DuckDBPyConnection, changed: Iterable[int] = ()) -> None:
    """Bring the index up to date with the articles `changed`.

    Only corrected texts and dates have to be named: articles that came, went or became duplicates are found.
    """
    connection.execute(STALE, {"changed": list(changed)})
    if connection.execute(ANY_STALE).fetchall() == [(0,)]:
        return
    fixed = compounds.found(connection)
    _read_again(connection, fixed)
    connection.execute(FORGET)
    [(in_order,)] = connection.execute(IN_ORDER).fetchall()
    terms = connection.execute("SELECT term FROM term ORDER BY term_id").fetchall()
    vocabulary = Vocabulary([term for (term,) in terms])
    places = Places([vocabulary.take_in(name, shown) for name, shown in fixed.items()])
    with _heap(connection):
        for batch in _batches(connection, vocabulary, places):
            _insert(connection, "heap.fresh", batch.postings)
            _insert(connection, "article_terms", batch.articles)
        _keep_terms(connection, vocabulary)
        _keep_postings(connection, max(0, int(in_order)))
    _keep_compounds(connection, fixed)
    connection.execute(FINISH)


def rebuild(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the index again from the texts."""
    connection.execute(EMPTY)
    update(connection)


def _read_again(connection: duckdb.DuckDBPyConnection, fixed: Collection[str]) -> None:
    """Stale are also the articles that hold a compound which is new, or which is none any more."""
    if connection.execute(ANY_INDEXED).fetchall() == [(0,)]:
        return
    known = {name for (name,) in connection.execute(COMPOUNDS).fetchall()}
    for name in known.symmetric_difference(fixed):
        there = matching(Words(tuple(map(Word, name.split(" ")))))
        connection.execute(ALSO_STALE.format(matching=there.sql), there.parameters)


def _batches(
    connection: duckdb.DuckDBPyConnection, vocabulary: Vocabulary, places: Places
) -> Iterator[Batch]:
    """The stale articles as postings: while one chunk is inserted the next are split, numbered and sorted.

    Most of that happens outside of the interpreter's lock, so that threads keep several cores busy. One of
    them numbers all chunks in their order: terms bear the same numbers however many cores there are.
    """
    under_way: deque[Future[Batch]] = deque()
    with (
        ThreadPoolExecutor(1) as splitting,
        ThreadPoolExecutor(1) as numbering,
        ThreadPoolExecutor(1) as sorting,
    ):
        for texts in _texts(connection):
            words = splitting.submit(split, texts)
            read = numbering.submit(lambda given: numbered(given.result(), vocabulary), words)
            under_way.append(sorting.submit(lambda given: inverted(given.result(), places), read))
            if len(under_way) > CHUNKS_UNDER_WAY:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _texts(connection: duckdb.DuckDBPyConnection) -> Iterator[list[Text]]:
    ids = [row[0] for row in connection.execute(WANTED).fetchall()]
    for start in range(0, len(ids), CHUNK):
        last = ids[min(start + CHUNK, len(ids)) - 1]
        yield connection.execute(TEXTS, {"first": ids[start], "last": last}).fetchall()


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("rows", rows)
    connection.execute(f"INSERT INTO {table} FROM rows")
    connection.unregister("rows")


def _keep_terms(connection: duckdb.DuckDBPyConnection, vocabulary: Vocabulary) -> None:
    connection.execute(COUNT_TERMS)
    new = vocabulary.new_terms()
    roots = pa.array(stems(new["term"].to_pylist()), pa.string())
    connection.register("new_terms", new.append_column("stem", roots))
    connection.execute(KEEP_TERMS)
    connection.unregister("new_terms")


def _keep_compounds(connection: duckdb.DuckDBPyConnection, fixed: Collection[str]) -> None:
    rows = [
        (name, part) for name in fixed for part in compounds.parts(name) if part in fixed or " " not in part
    ]
    names, within = zip(*rows, strict=True) if rows else ((), ())
    parts = pa.table({"compound": pa.array(names, pa.string()), "part": pa.array(within, pa.string())})
    connection.register("parts", parts)
    connection.execute(KEEP_COMPOUNDS.format(nearly=compounds.NEARLY_ALWAYS))
    connection.unregister("parts")


def _keep_postings(connection: duckdb.DuckDBPyConnection, in_order: int) -> None:
    """Append the fresh postings, or put all in order when too many would lie unsorted."""
    [(total,)] = connection.execute(
        "SELECT (SELECT count(*) FROM posting) + (SELECT count(*) FROM heap.fresh)"
    ).fetchall()
    if total - in_order > MOST_UNSORTED * total:
        _put_in_order(connection)
        in_order = total
    else:
        connection.execute(APPEND)
    connection.execute("TRUNCATE index_state")
    connection.execute(KEEP_STATE, {"sorted": in_order})


def _put_in_order(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE TABLE ordered AS FROM posting LIMIT 0")
    for first, last in connection.execute(RANGES, {"size": SORTED_AT_ONCE}).fetchall():
        connection.execute(PUT_IN_ORDER, {"first": first, "last": last})
    connection.execute("DROP TABLE posting")
    connection.execute("ALTER TABLE ordered RENAME TO posting")


@contextmanager
def _heap(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """A database beside the corpus for postings on their way, so that its file does not grow twice."""
    [(path,)] = connection.execute(PLACE).fetchall()
    beside = Path(f"{path}.heap") if path else None
    quoted = str(beside or ":memory:").replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS heap")
    try:
        connection.execute("CREATE TABLE heap.fresh AS FROM posting LIMIT 0")
        yield
    finally:
        connection.execute("DETACH heap")
        if beside:
            beside.unlink()
