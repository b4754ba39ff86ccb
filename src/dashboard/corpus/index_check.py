"""Whether the keyword index says the same as the articles."""

import duckdb

CHECKS = {
    "{count} article(s) manquent à l’index des mots-clés.": """
        SELECT count(*) FROM counted ANTI JOIN article_terms USING (article_id)
    """,
    "{count} article(s) de l’index des mots-clés ne comptent plus dans le corpus.": """
        SELECT count(*) FROM article_terms ANTI JOIN counted USING (article_id)
    """,
    "{count} article(s) n’ont pas les mêmes mots dans les deux sens de l’index.": """
        SELECT count(*)
        FROM (
            SELECT article_id, len(terms) AS n, list_sum(counts) AS total
            FROM article_terms WHERE len(terms) > 0
        ) AS forward
        FULL JOIN (
            SELECT article_id, count(*) AS n, sum(len(positions)) AS total FROM posting GROUP BY article_id
        ) AS inverse USING (article_id)
        WHERE forward.n IS DISTINCT FROM inverse.n OR forward.total IS DISTINCT FROM inverse.total
    """,
    "{count} mot(s) de l’index annoncent un nombre d’articles ou d’occurrences inexact.": """
        SELECT count(*)
        FROM (SELECT * FROM term WHERE articles <> 0 OR occurrences <> 0) AS term
        FULL JOIN (
            SELECT term_id, count(*) AS articles, sum(len(positions)) AS occurrences
            FROM posting GROUP BY term_id
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


def check(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What does not agree between the articles and their index, in French; empty when all is well."""
    counted = {sentence: connection.execute(sql).fetchall()[0][0] for sentence, sql in CHECKS.items()}
    return [sentence.format(count=count) for sentence, count in counted.items() if count]
