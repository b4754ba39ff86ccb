"""What moved: tags, countries, pairs and words in the latest period against the one before it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from dashboard.analysis import tension, vocabulary
from dashboard.analysis.facets import size
from dashboard.analysis.keyness import BEYOND_NOISE, signed_g2
from dashboard.analysis.timelines import Dimension, most_frequent
from dashboard.corpus.read import Corpus
from dashboard.selection import Selection

# Without dates of its own a selection is looked at over the shortest of these lengths that holds enough.
USUAL_DAYS = (30, 90, 365)
ENOUGH_ARTICLES = 100
FEWEST = 5
EVERYTHING = 100_000


# The day of the article before which `others` came later.
COUNTED_BACK = """
    SELECT article.published FROM counted AS article WHERE {where} AND article.published IS NOT NULL
    ORDER BY article.published DESC LIMIT 1 OFFSET $others
"""


@dataclass(frozen=True, slots=True)
class Periods:
    """Two stretches of days of the same length, one right after the other, and how many articles each has."""

    now: Selection
    before: Selection
    n: int
    n_before: int

    @property
    def length(self) -> int:
        """Days in each."""
        assert self.now.since and self.now.until
        return (self.now.until - self.now.since).days + 1


def periods(corpus: Corpus, selection: Selection) -> Periods | None:
    """The days of the selection, or its last 30 to 365, and as many before; None in an undated corpus."""
    if corpus.last_day is None:
        return None
    resolved = selection.resolved(corpus.last_day)
    last: date = min(resolved.until or corpus.last_day, corpus.last_day)
    first = resolved.since or _usual_start(corpus, resolved, last)
    now = replace(resolved, since=first, until=last)
    day_before = first - timedelta(days=1)
    before = replace(resolved, since=day_before - (last - first), until=day_before)
    n, n_before = (int(size(corpus, chosen)["articles"]) for chosen in (now, before))
    return Periods(now, before, n, n_before)


def _usual_start(corpus: Corpus, selection: Selection, last: date) -> date:
    starts = [last - timedelta(days=days - 1) for days in USUAL_DAYS]
    found = corpus.query(COUNTED_BACK, selection, others=ENOUGH_ARTICLES - 1)["published"]
    enough = found.iloc[0].date() if len(found) else date.min
    return next((start for start in starts if start <= enough), starts[-1])


def of_dimension(corpus: Corpus, both: Periods, dimension: Dimension, most: int) -> pd.DataFrame:
    """The values of a dimension that moved beyond noise, the strongest first.

    Columns: value, k, n (latest period), k_before, n_before, share, share_before (‰), g2 (below zero for a
    fall). Empty when nothing moved or when one of the periods holds no article.
    """
    now, before = (
        most_frequent(corpus, chosen, dimension, EVERYTHING).set_index("value")["articles"]
        for chosen in (both.now, both.before)
    )
    return _joined(both, now, before, most)


def of_pairs(corpus: Corpus, both: Periods, most: int) -> pd.DataFrame:
    """The pairs of countries that are named together in more or fewer articles; columns as `of_dimension`."""
    counted = []
    for chosen in (both.now, both.before):
        ranked = tension.ranking(corpus, chosen, 1)
        counted.append(pd.Series(ranked["n"].to_numpy(), index=ranked["name_a"] + " – " + ranked["name_b"]))
    return _joined(both, counted[0], counted[1], most)


def of_words(corpus: Corpus, both: Periods, most: int) -> pd.DataFrame:
    """The words in more or fewer articles than before; columns as `of_dimension`."""
    found = vocabulary.keyness(corpus, both.now, both.before, most)
    counts = found.rename(columns={"shown": "value", "articles_in": "k", "articles_out": "k_before"})
    return _moved(counts, both.n, both.n_before, most)


def _joined(both: Periods, now: pd.Series, before: pd.Series, most: int) -> pd.DataFrame:
    counts = pd.concat({"k": now, "k_before": before}, axis=1).fillna(0).astype(int)
    return _moved(counts.rename_axis("value").reset_index(), both.n, both.n_before, most)


def _moved(counts: pd.DataFrame, n: int, n_before: int, most: int) -> pd.DataFrame:
    columns = ["value", "k", "n", "k_before", "n_before", "share", "share_before", "g2"]
    if counts.empty or not n or not n_before:
        return pd.DataFrame(columns=columns)
    k, k_before = counts["k"].to_numpy(float), counts["k_before"].to_numpy(float)
    g2 = signed_g2(k, n, k_before, n_before)
    found = counts.assign(
        n=n, n_before=n_before, share=1000 * k / n, share_before=1000 * k_before / n_before, g2=g2
    )
    beyond = found[(np.abs(g2) >= BEYOND_NOISE) & (k + k_before >= FEWEST)]
    order = beyond.assign(strength=beyond["g2"].abs()).sort_values(
        ["strength", "value"], ascending=[False, True]
    )
    return order[columns].head(most).reset_index(drop=True)
