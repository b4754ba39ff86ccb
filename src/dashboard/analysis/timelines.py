"""How many articles bear a tag, a section, a region or a country, and when."""

from collections.abc import Sequence
from enum import StrEnum

import pandas as pd

from dashboard.analysis.shares import spread, totals
from dashboard.corpus.read import Corpus
from dashboard.periods import Grain
from dashboard.selection import Selection


class Dimension(StrEnum):
    """By what a timeline is split; the value is the word on the screen and in the link."""

    TAGS = "étiquettes"
    REGIONS = "régions"
    SECTIONS = "rubriques"
    COUNTRIES = "pays"


COLUMNS = {
    Dimension.TAGS: "article.tags",
    Dimension.REGIONS: "article.regions",
    Dimension.SECTIONS: "[article.section]",
    Dimension.COUNTRIES: "article.countries",
}

PER_PERIOD = """
    SELECT date_trunc($unit, article.published)::DATE AS start, part.value AS value, count(*) AS k
    FROM counted AS article, unnest({column}) AS part(value)
    WHERE {where} AND article.published IS NOT NULL AND part.value = ANY($values)
    GROUP BY ALL ORDER BY start, value
"""

MOST_FREQUENT = """
    SELECT part.value AS value, count(*) AS articles
    FROM counted AS article, unnest({column}) AS part(value)
    WHERE {where} AND part.value IS NOT NULL
    GROUP BY ALL ORDER BY articles DESC, value LIMIT $most
"""


def per_period(
    corpus: Corpus, selection: Selection, dimension: Dimension, values: Sequence[str], grain: Grain
) -> pd.DataFrame:
    """One row per period and value: start, n, complete, value, k, share, low, high (the last three in ‰).

    n counts the articles of the selection in that period, k those of them that bear the value.
    """
    sql = PER_PERIOD.replace("{column}", COLUMNS[dimension])
    counts = corpus.query(sql, selection, unit=grain.sql_unit, values=list(values))
    return spread(counts, "value", values, totals(corpus, selection, grain))


def most_frequent(corpus: Corpus, selection: Selection, dimension: Dimension, most: int) -> pd.DataFrame:
    """The values that most articles of the selection bear: value, articles; the most frequent first."""
    sql = MOST_FREQUENT.replace("{column}", COLUMNS[dimension])
    return corpus.query(sql, selection, most=most)
