"""How many articles bear a tag, a section, a region or a country, and when."""

from collections.abc import Sequence
from datetime import date
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


# One row per article and value. In the FROM clause, beside a condition on what comes out of it, `unnest`
# becomes a join that takes twenty times as long.
BORNE = "SELECT article.*, {value} AS value FROM counted AS article WHERE {where}"
VALUES = {
    Dimension.TAGS: "unnest(article.tags)",
    Dimension.REGIONS: "unnest(article.regions)",
    Dimension.SECTIONS: "article.section",
    Dimension.COUNTRIES: "unnest(article.countries)",
}
NAMED = "SELECT borne.* REPLACE (country.name AS value) FROM ({borne}) AS borne JOIN country ON code = value"

PER_PERIOD = """
    SELECT date_trunc($unit, published)::DATE AS start, value, count(*) AS k
    FROM ({borne}) WHERE published IS NOT NULL AND value = ANY($chosen)
    GROUP BY ALL ORDER BY start, value
"""
MOST_FREQUENT = """
    SELECT value, count(*) AS articles
    FROM ({borne}) WHERE value IS NOT NULL
    GROUP BY ALL ORDER BY articles DESC, value LIMIT $most
"""
OF_PERIOD = """
    SELECT article_id, published, title, source, section, url
    FROM ({borne}) WHERE value = $value AND published BETWEEN $start AND $end
    ORDER BY published DESC, article_id DESC LIMIT $most
"""


def borne(dimension: Dimension, sql: str) -> str:
    """`sql` with its {borne} filled in: the columns of the selected articles and each `value` they bear.

    Readers know a country by its French name.
    """
    values = BORNE.replace("{value}", VALUES[dimension])
    if dimension is Dimension.COUNTRIES:
        values = NAMED.replace("{borne}", values)
    return sql.replace("{borne}", values)


def per_period(
    corpus: Corpus, selection: Selection, dimension: Dimension, chosen: Sequence[str], grain: Grain
) -> pd.DataFrame:
    """One row per period and value: start, n, complete, value, k, share, low, high (the last three in ‰).

    n counts the articles of the selection in that period, k those of them that bear the value.
    """
    counts = corpus.query(borne(dimension, PER_PERIOD), selection, unit=grain.sql_unit, chosen=list(chosen))
    return spread(counts, "value", chosen, totals(corpus, selection, grain))


def most_frequent(corpus: Corpus, selection: Selection, dimension: Dimension, most: int) -> pd.DataFrame:
    """The values that most articles of the selection bear: value, articles; the most frequent first."""
    return corpus.query(borne(dimension, MOST_FREQUENT), selection, most=most)


def of_period(
    corpus: Corpus,
    selection: Selection,
    dimension: Dimension,
    value: str,
    *,
    start: date,
    end: date,
    most: int,
) -> pd.DataFrame:
    """Articles of the selection from `start` to `end` that bear the value, the latest first."""
    sql = borne(dimension, OF_PERIOD)
    return corpus.query(sql, selection, value=value, start=start, end=end, most=most)
