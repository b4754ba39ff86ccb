"""What comes with what: the values that the articles bearing one value bear too."""

import pandas as pd

from dashboard.analysis.timelines import Dimension, borne
from dashboard.corpus.read import Corpus
from dashboard.selection import Selection

COMPANIONS = """
    WITH borne AS (
        SELECT DISTINCT article_id, value FROM ({borne}) WHERE value IS NOT NULL
    ),
    bearing AS (SELECT article_id FROM borne WHERE value = $value),
    sizes AS (
        SELECT count(DISTINCT article_id) AS n, (SELECT count(*) FROM bearing) AS of_value FROM borne
    ),
    met AS (
        SELECT value, count(*) AS articles,
               count(*) FILTER (article_id IN (SELECT article_id FROM bearing)) AS together
        FROM borne WHERE value <> $value GROUP BY ALL
    )
    SELECT value, together, articles, of_value, together * n / (articles * of_value) AS lift
    FROM met, sizes WHERE together >= $least
    ORDER BY together DESC, value LIMIT $most
"""
# Two articles may meet by chance; fewer than three say nothing of a habit.
LEAST_TOGETHER = 3


def companions(
    corpus: Corpus, selection: Selection, dimension: Dimension, value: str, most: int
) -> pd.DataFrame:
    """The values met most often with `value`: value, together, articles, of_value, lift.

    `together` counts articles that bear both; `lift` is how many times more often they meet than if they had
    nothing to do with each other. Empty when `value` comes alone.
    """
    sql = borne(dimension, COMPANIONS)
    return corpus.query(sql, selection, value=value, least=LEAST_TOGETHER, most=most)
