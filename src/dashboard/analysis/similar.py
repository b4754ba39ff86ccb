"""On the same subject: the articles that share the most telling words with one."""

import pandas as pd

from dashboard.corpus.read import Corpus

# The cosine of two articles over the words that tell the first one best, each weighted by its rarity
# (Spärck Jones 1972): ln of the articles of the corpus over those that hold the word.
NEAREST = """
    WITH whole AS (SELECT count(*) AS n FROM counted),
    telling AS (
        SELECT term.term_id, ln(whole.n / term.articles) AS weight
        FROM (SELECT unnest(terms) AS term_id FROM article_terms WHERE article_id = $article_id) AS own
        ANTI JOIN compound USING (term_id)
        JOIN term USING (term_id), whole
        WHERE term.articles BETWEEN 2 AND whole.n / 4 AND length(term.term) > 2
        ORDER BY weight * length(term.term) DESC, term.term LIMIT $words
    ),
    near AS (
        SELECT posting.article_id, sum(telling.weight * telling.weight) AS shared
        FROM posting JOIN telling USING (term_id)
        WHERE posting.article_id <> $article_id
        GROUP BY ALL HAVING count(*) >= $least
    )
    SELECT article.article_id, article.published, article.title, article.source, article.section, article.url,
           near.shared / (SELECT sum(weight * weight) FROM telling) AS nearness
    FROM near JOIN counted AS article USING (article_id)
    ORDER BY nearness DESC, article.published DESC NULLS LAST, article.article_id LIMIT $most
"""
WORDS, LEAST_SHARED = 30, 3
# Under a twelfth of the weight of the telling words, what two articles share is chance.
NEAR_ENOUGH = 1 / 12


def nearest(corpus: Corpus, article_id: int, most: int) -> pd.DataFrame:
    """Up to `most` articles near to one, the nearest first, with `nearness` in 0..1; empty without any."""
    found = corpus.query(NEAREST, article_id=article_id, words=WORDS, least=LEAST_SHARED, most=most)
    return found[found["nearness"] >= NEAR_ENOUGH]
