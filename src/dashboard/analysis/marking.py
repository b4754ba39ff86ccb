"""Which words to show of a selection: those that mark it off, its last year, or only the most frequent."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto

import pandas as pd

from dashboard.analysis import vocabulary
from dashboard.analysis.keyness import SIGNIFICANT
from dashboard.corpus.read import Corpus
from dashboard.selection import Selection

SHOWN = 100
YEAR = timedelta(days=364)


class Marked(Enum):
    """What the words of a `Marking` say something of."""

    SELECTION = auto()
    LAST_YEAR = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class Marking:
    """Words with column `by` to rank them: G² where they mark something off, else their articles."""

    frame: pd.DataFrame
    marked: Marked

    @property
    def by(self) -> str:
        """The column that ranks the words."""
        return "articles" if self.marked is Marked.NOTHING else "g2"


def marking(corpus: Corpus, selection: Selection, other: Selection | None) -> Marking:
    """What marks the selection off from the other one; of one without dates, else what marks its last year.

    Where nothing is marked off, as in a corpus of one year, its most frequent words.
    """
    own = _marked(corpus, selection, other)
    if len(own):
        return Marking(own, Marked.SELECTION)
    if corpus.last_day and not (other or selection.since or selection.until):
        year = replace(selection, since=corpus.last_day - YEAR, until=corpus.last_day)
        before = replace(selection, until=corpus.last_day - YEAR - timedelta(days=1))
        own = _marked(corpus, year, before)
        if len(own):
            return Marking(own, Marked.LAST_YEAR)
    return Marking(vocabulary.frequent(corpus, selection, SHOWN), Marked.NOTHING)


def _marked(corpus: Corpus, selection: Selection, other: Selection | None) -> pd.DataFrame:
    found = vocabulary.keyness(corpus, selection, other, SHOWN)
    return found[found["g2"] > SIGNIFICANT] if len(found) else found
