"""The keyword index of the corpus: kept up article by article, put back in order when it grows untidy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.corpus.inversion import Batch, Integers, Text, Vocabulary, invert
from dashboard.terms import stems

CHUNK = 20_000
# With more of the postings out of order than this a lookup reads noticeably more than its own range.
MOST_UNSORTED = 0.1

TABLES = ("term", "posting", "article_terms", "indexed_day", "index_state")
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
GONE = """
    SELECT term_id, count(*) AS articles, sum(n)::BIGINT AS occurrences
    FROM (SELECT unnest(terms) AS term_id, unnest(counts) AS n FROM article_terms SEMI JOIN stale USING (article_id))
    GROUP BY term_id
"""
COUNT_AGAIN = """
    UPDATE term SET articles = term.articles + change.articles,
                    occurrences = term.occurrences + change.occurrences
    FROM change WHERE term.term_id = change.term_id
"""
KEEP_STATE = "INSERT INTO index_state VALUES ($sorted)"
DAYS = "INSERT INTO indexed_day SELECT published, count(*) FROM counted GROUP BY ALL ORDER BY published"
IN_ORDER = "CREATE TABLE ordered AS SELECT * FROM posting ORDER BY term_id, article_id"


@dataclass
class _Counts:
    """By how much the articles and occurrences of each term grow or shrink."""

    articles: Integers = field(default_factory=lambda: np.zeros(0, np.int64))
    occurrences: Integers = field(default_factory=lambda: np.zeros(0, np.int64))

    def add(self, term: Integers, articles: Integers, occurrences: Integers, size: int) -> None:
        self.articles = _grown(self.articles, size) + _summed(term, articles, size)
        self.occurrences = _grown(self.occurrences, size) + _summed(term, occurrences, size)


def update(connection: duckdb.DuckDBPyConnection, changed: Iterable[int] = ()) -> None:
    """Bring the index up to date with the articles `changed`, and with those that came, went or became duplicates.

    Only a corrected text has to be named; what is missing or too much is found by itself.
    """
    connection.execute(STALE, {"changed": list(changed)})
    ids = [row[0] for row in connection.execute(WANTED).fetchall()]
    vocabulary = Vocabulary(
        [row[0] for row in connection.execute("SELECT term FROM term ORDER BY term_id").fetchall()]
    )
    counts = _Counts()
    in_order = _forget(connection, counts, len(vocabulary.terms))
    for texts in _texts(connection, ids):
        _insert(connection, invert(texts, vocabulary), counts, len(vocabulary.terms))
    _keep_terms(connection, vocabulary, counts)
    _tidy(connection, in_order)


def rebuild(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the index again from the texts."""
    for table in TABLES:
        connection.execute(f"TRUNCATE {table}")
    update(connection)


def check(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What does not agree between the articles and their index, in French; empty when all is well."""
    found = []
    for sentence, sql in CHECKS.items():
        [(count,)] = connection.execute(sql).fetchall()
        if count:
            found.append(sentence.format(count=count))
    return found


CHECKS = {
    "{count} article(s) manquent à l’index des mots-clés.": """
        SELECT count(*) FROM counted ANTI JOIN article_terms USING (article_id)
    """,
    "{count} article(s) de l’index des mots-clés ne comptent plus dans le corpus.": """
        SELECT count(*) FROM article_terms ANTI JOIN counted USING (article_id)
    """,
    "{count} article(s) n’ont pas les mêmes mots dans les deux sens de l’index.": """
        SELECT count(*)
        FROM (SELECT article_id, len(terms) AS n, list_sum(counts) AS total FROM article_terms WHERE terms <> [])
        AS forward
        FULL JOIN (SELECT article_id, count(*) AS n, sum(len(positions)) AS total FROM posting GROUP BY article_id)
        AS inverse USING (article_id)
        WHERE forward.n IS DISTINCT FROM inverse.n OR forward.total IS DISTINCT FROM inverse.total
    """,
    "{count} mot(s) de l’index annoncent un nombre d’articles ou d’occurrences inexact.": """
        SELECT count(*)
        FROM (SELECT * FROM term WHERE articles <> 0 OR occurrences <> 0) AS term
        FULL JOIN (
            SELECT term_id, count(*) AS articles, sum(len(positions)) AS occurrences FROM posting GROUP BY term_id
        ) AS inverse USING (term_id)
        WHERE term.articles IS DISTINCT FROM inverse.articles
           OR term.occurrences IS DISTINCT FROM inverse.occurrences
    """,
    "{count} entrée(s) de l’index portent une autre date que leur article.": """
        SELECT count(*) FROM posting JOIN article USING (article_id)
        WHERE posting.published IS DISTINCT FROM article.published
    """,
    "{count} jour(s) de l’index annoncent un nombre d’articles inexact.": """
        SELECT count(*)
        FROM indexed_day
        FULL JOIN (SELECT published, count(*) AS articles FROM counted GROUP BY ALL) AS day
        ON indexed_day.published IS NOT DISTINCT FROM day.published
        WHERE indexed_day.articles IS DISTINCT FROM day.articles
    """,
}


def _texts(connection: duckdb.DuckDBPyConnection, ids: list[int]) -> Iterator[list[Text]]:
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        yield connection.execute(TEXTS, {"first": chunk[0], "last": chunk[-1]}).fetchall()


def _forget(connection: duckdb.DuckDBPyConnection, counts: _Counts, size: int) -> int:
    """Take the stale articles out; the number of postings that are still in order."""
    gone = connection.execute(GONE).fetchnumpy()
    counts.add(gone["term_id"], -gone["articles"], -gone["occurrences"], size)
    [(in_order,)] = connection.execute("SELECT coalesce(max(sorted_postings), 0) FROM index_state").fetchall()
    if len(gone["term_id"]):
        connection.execute("DELETE FROM posting WHERE article_id IN (FROM stale)")
        connection.execute("DELETE FROM article_terms WHERE article_id IN (FROM stale)")
    return max(0, int(in_order) - int(gone["articles"].sum()))


def _insert(connection: duckdb.DuckDBPyConnection, batch: Batch, counts: _Counts, size: int) -> None:
    term = batch.postings["term_id"].to_numpy()
    occurrences = pc.list_value_length(batch.postings["positions"]).to_numpy()
    counts.add(term, np.ones(len(term), np.int64), occurrences, size)
    for table, rows in (("posting", batch.postings), ("article_terms", batch.articles)):
        connection.register("batch", rows)
        connection.execute(f"INSERT INTO {table} SELECT * FROM batch")
        connection.unregister("batch")


def _keep_terms(connection: duckdb.DuckDBPyConnection, vocabulary: Vocabulary, counts: _Counts) -> None:
    known, shown = len(vocabulary.known), vocabulary.shown()
    new = list(vocabulary.terms)[known:]
    change = np.flatnonzero(counts.articles[:known] | counts.occurrences[:known])
    tables = {
        "change": pa.table(
            {
                "term_id": change,
                "articles": counts.articles[change],
                "occurrences": counts.occurrences[change],
            }
        ),
        "fresh": pa.table(
            {
                "term_id": np.arange(known, known + len(new)),
                "term": pa.array(new, pa.string()),
                "shown": pa.array([shown[known + i] for i in range(len(new))], pa.string()),
                "stem": pa.array(stems(new), pa.string()),
                "articles": counts.articles[known:],
                "occurrences": counts.occurrences[known:],
            }
        ),
    }
    for name, table in tables.items():
        connection.register(name, table)
    connection.execute(COUNT_AGAIN)
    connection.execute("INSERT INTO term SELECT * FROM fresh")
    for name in tables:
        connection.unregister(name)


def _tidy(connection: duckdb.DuckDBPyConnection, in_order: int) -> None:
    """Note how much is in order, after putting everything in order when too much is not."""
    [(postings,)] = connection.execute("SELECT count(*) FROM posting").fetchall()
    if postings - in_order > MOST_UNSORTED * postings:
        connection.execute(IN_ORDER)
        connection.execute("DROP TABLE posting")
        connection.execute("ALTER TABLE ordered RENAME TO posting")
        in_order = postings
    connection.execute("TRUNCATE index_state")
    connection.execute(KEEP_STATE, {"sorted": in_order})
    connection.execute("TRUNCATE indexed_day")
    connection.execute(DAYS)
    connection.execute("DROP TABLE stale")


def _grown(values: Integers, size: int) -> Integers:
    return np.pad(values, (0, size - len(values)))


def _summed(term: Integers, amount: Integers, size: int) -> Integers:
    return np.bincount(term, weights=amount, minlength=size).astype(np.int64)
