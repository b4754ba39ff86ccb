"""Is there more on Russia, or only more of the section Russia? Shares with the mix of sections held constant.

Direct standardisation: in every period the share of the articles that bear a value is taken section by
section, then averaged with weights that do not change, those of the sections in the whole selection. A
section without an article in a period leaves its average; the other weights grow in proportion.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.analysis.timelines import Dimension, borne
from dashboard.corpus.read import Corpus
from dashboard.periods import Grain
from dashboard.selection import Selection

BY_SECTION = """
    SELECT date_trunc($unit, published)::DATE AS start, coalesce(section, '') AS section, value,
           count(*) AS k
    FROM ({borne}) WHERE published IS NOT NULL AND value = ANY($chosen)
    GROUP BY ALL ORDER BY ALL
"""
SECTIONS = """
    SELECT date_trunc($unit, article.published)::DATE AS start, coalesce(article.section, '') AS section,
           count(*) AS n
    FROM counted AS article
    WHERE {where} AND article.published IS NOT NULL
    GROUP BY ALL ORDER BY ALL
"""


def standardised(
    corpus: Corpus, selection: Selection, dimension: Dimension, chosen: Sequence[str], grain: Grain
) -> pd.DataFrame:
    """One row per period and value: start, value, `standard` (‰). Periods without an article are absent."""
    sections = corpus.query(SECTIONS, selection, unit=grain.sql_unit)
    found = corpus.query(borne(dimension, BY_SECTION), selection, unit=grain.sql_unit, chosen=list(chosen))
    weights = sections.groupby("section")["n"].sum() / max(1, sections["n"].sum())
    rows = sections.merge(pd.DataFrame({"value": pd.Series(list(chosen), dtype=object)}), how="cross")
    rows = rows.merge(found, how="left", on=["start", "section", "value"]).fillna({"k": 0})
    rows = rows.assign(weight=rows["section"].map(weights), rate=rows["k"] / rows["n"])
    rows = rows.assign(weighted=rows["weight"] * rows["rate"])
    sums = rows.groupby(["start", "value"], sort=True)[["weighted", "weight"]].sum().reset_index()
    with np.errstate(invalid="ignore"):
        standard = 1000 * sums["weighted"] / sums["weight"]
    return pd.DataFrame(
        {"start": pd.to_datetime(sums["start"]).dt.date, "value": sums["value"], "standard": standard}
    )
