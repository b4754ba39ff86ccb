"""The keyword index of the corpus: kept up article by article, put back in order when it grows untidy."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import duckdb
import pyarrow as pa

from dashboard.corpus.index_check import check
from dashboard.corpus.inversion import Batch, Text, Vocabulary, inverted, numbered
from dashboard.terms import stems

__all__ = ["check", "rebuild", "update"]

CHUNK = 5_000
# With more of the postings out of order than this a lookup reads noticeably more than its own range.
MOST_UNSORTED = 0.1

STALE = """
    CREATE OR REPLACE TEMP TABLE stale AS
    SELECT unnest($changed::INTEGER[]) AS article_id
    UNION SELECT article_id FROM counted ANTI JOIN article_terms USING (article_id)
    UNION SELECT article_id FROM article_terms ANTI JOIN counted USING (article_id)
"""
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
    CREATE OR REPLACE TEMP TABLE fresh AS FROM posting LIMIT 0;
"""
IN_ORDER = """
    SELECT coalesce((SELECT max(sorted_postings) FROM index_state), 0)
         + coalesce((SELECT sum(articles) FROM change), 0)
"""
COUNT_TERMS = """
    INSERT INTO change SELECT term_id, count(*), sum(len(positions)) FROM fresh GROUP BY term_id;
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
APPEND = "INSERT INTO posting FROM fresh ORDER BY term_id, article_id"
PUT_IN_ORDER = """
    CREATE TABLE ordered AS
    FROM (FROM posting UNION ALL FROM fresh) ORDER BY term_id, article_id;
    DROP TABLE posting;
    ALTER TABLE ordered RENAME TO posting;
"""
FINISH = """
    TRUNCATE indexed_day;
    INSERT INTO indexed_day SELECT published, count(*) FROM counted GROUP BY ALL ORDER BY published;
    DROP TABLE stale;
    DROP TABLE change;
    DROP TABLE fresh;
"""
KEEP_STATE = "INSERT INTO index_state VALUES ($sorted)"
EMPTY = """
    TRUNCATE term; TRUNCATE posting; TRUNCATE article_terms; TRUNCATE indexed_day; TRUNCATE index_state;
"""


def update(connection: duckdb.DuckDBPyConnection, changed: Iterable[int] = ()) -> None:
    """Bring the index up to date with the articles `changed`.

    Only corrected texts and dates have to be named: articles that came, went or became duplicates are found.
    """
    connection.execute(STALE, {"changed": list(changed)})
    connection.execute(FORGET)
    [(in_order,)] = connection.execute(IN_ORDER).fetchall()
    terms = connection.execute("SELECT term FROM term ORDER BY term_id").fetchall()
    vocabulary = Vocabulary([term for (term,) in terms])
    for batch in _batches(connection, vocabulary):
        _insert(connection, "fresh", batch.postings)
        _insert(connection, "article_terms", batch.articles)
        vocabulary.count(batch.forms)
    _keep_terms(connection, vocabulary)
    _keep_postings(connection, max(0, int(in_order)))


def rebuild(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the index again from the texts."""
    connection.execute(EMPTY)
    update(connection)


def _batches(connection: duckdb.DuckDBPyConnection, vocabulary: Vocabulary) -> Iterator[Batch]:
    """The stale articles as postings; the sorting of a batch goes on while the next one is read."""
    waiting: Future[Batch] | None = None
    with ThreadPoolExecutor(1) as sorting:
        for texts in _texts(connection):
            read = numbered(texts, vocabulary)
            if waiting:
                yield waiting.result()
            waiting = sorting.submit(inverted, read)
        if waiting:
            yield waiting.result()


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


def _keep_postings(connection: duckdb.DuckDBPyConnection, in_order: int) -> None:
    """Append the fresh postings, or put all in order when too many would lie unsorted."""
    [(total,)] = connection.execute(
        "SELECT (SELECT count(*) FROM posting) + (SELECT count(*) FROM fresh)"
    ).fetchall()
    if total - in_order > MOST_UNSORTED * total:
        connection.execute(PUT_IN_ORDER)
        in_order = total
    else:
        connection.execute(APPEND)
    connection.execute("TRUNCATE index_state")
    connection.execute(KEEP_STATE, {"sorted": in_order})
    connection.execute(FINISH)
