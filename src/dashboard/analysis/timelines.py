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


# One row per article and value; a country is known to readers by its French name.
VALUES = {
    Dimension.TAGS: "unnest(article.tags) AS part(value)",
    Dimension.REGIONS: "unnest(article.regions) AS part(value)",
    Dimension.SECTIONS: "(SELECT article.section) AS part(value)",
    Dimension.COUNTRIES: """unnest(article.countries) AS named(code)
        JOIN country AS part(code, value) ON part.code = named.code""",
}

PER_PERIOD = """
    SELECT date_trunc($unit, article.published)::DATE AS start, part.value AS value, count(*) AS k
    FROM counted AS article, {values}
    WHERE {where} AND article.published IS NOT NULL AND part.value = ANY($chosen)
    GROUP BY ALL ORDER BY start, value
"""
MOST_FREQUENT = """
    SELECT part.value AS value, count(*) AS articles
    FROM counted AS article, {values}
    WHERE {where} AND part.value IS NOT NULL
    GROUP BY ALL ORDER BY articles DESC, value LIMIT $most
"""
OF_PERIOD = """
    SELECT article.article_id, article.published, article.title, article.source, article.section, article.url
    FROM counted AS article, {values}
    WHERE {where} AND part.value = $value AND article.published BETWEEN $start AND $end
    ORDER BY article.published DESC, article.article_id DESC LIMIT $most
"""


def per_period(
    corpus: Corpus, selection: Selection, dimension: Dimension, chosen: Sequence[str], grain: Grain
) -> pd.DataFrame:
    """One row per period and value: start, n, complete, value, k, share, low, high (the last three in ‰).

    n counts the articles of the selection in that period, k those of them that bear the value.
    """
    sql = PER_PERIOD.replace("{values}", VALUES[dimension])
    counts = corpus.query(sql, selection, unit=grain.sql_unit, chosen=list(chosen))
    return spread(counts, "value", chosen, totals(corpus, selection, grain))


def most_frequent(corpus: Corpus, selection: Selection, dimension: Dimension, most: int) -> pd.DataFrame:
    """The values that most articles of the selection bear: value, articles; the most frequent first."""
    sql = MOST_FREQUENT.replace("{values}", VALUES[dimension])
    return corpus.query(sql, selection, most=most)


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
    sql = OF_PERIOD.replace("{values}", VALUES[dimension])
    return corpus.query(sql, selection, value=value, start=start, end=end, most=most)
