"""The words of a selection: the most frequent ones, and those that mark it off from other articles."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from dashboard.analysis.keyness import BEYOND_NOISE, Counts, distinctive
from dashboard.analysis.shares import span
from dashboard.corpus.read import Corpus
from dashboard.french.stopwords import says_something, stopwords
from dashboard.matching import Matching
from dashboard.periods import Grain, end_of, periods_between
from dashboard.selection import Selection

# How many periods before the last one it is compared with.
PERIODS_BEFORE = 6

SELECTED = "SELECT article.article_id FROM counted AS article WHERE {where}"
MATCHED = """
    SELECT article.article_id
    FROM counted AS article SEMI JOIN ({matching}) AS matching USING (article_id) WHERE {where}
"""
OF_THE_CORPUS = "SELECT term_id, articles, occurrences FROM term WHERE articles > 0"
OF_ARTICLES = """
    SELECT term_id, count(*)::INTEGER AS articles, sum(n)::BIGINT AS occurrences
    FROM (
        SELECT unnest(terms) AS term_id, unnest(counts) AS n
        FROM article_terms WHERE article_id IN ({articles})
    )
    GROUP BY term_id
"""
MOST_FREQUENT = """
    WITH first AS (
        SELECT * FROM ({counts})
        WHERE term_id NOT IN (SELECT unnest(absorbed) FROM compound)
          AND term_id NOT IN (SELECT term_id FROM term WHERE term[1] BETWEEN '0' AND '9')
        ORDER BY articles DESC, term_id LIMIT $most
    )
    SELECT term, shown, first.articles, first.occurrences
    FROM first JOIN term USING (term_id) ORDER BY first.articles DESC, first.occurrences DESC, term
"""
SIZE = "SELECT count(*) AS n FROM ({articles})"


@dataclass(frozen=True)
class Change:
    """The words of the period `start`..`end` against those of `before`..the day before `start`.

    `n` and `n_before` are the articles of each.
    `words` is a frame as `keyness` gives it: rising words first, falling words last.
    """

    before: date
    start: date
    end: date
    n: int
    n_before: int
    words: pd.DataFrame


def frequent(corpus: Corpus, selection: Selection, top: int) -> pd.DataFrame:
    """The words in most articles of the selection: term, shown, articles, occurrences, share (‰ of them).

    Words that belong together count as one: « etats unis », shown as États-Unis; those of its words that
    hardly ever stand elsewhere are left out, as are stop words, numbers and single letters. Empty when the
    selection is.
    """
    sql = MOST_FREQUENT.replace("{counts}", _counts_sql(corpus, selection, None))
    most = top + 2 * len(stopwords())
    while True:
        found = corpus.query(sql, selection, most=most)
        kept = found[found["term"].map(says_something).astype(bool)].head(top).reset_index(drop=True)
        if len(kept) == top or len(found) < most:
            return kept.assign(share=1000 * kept["articles"] / max(1, size(corpus, selection)))
        most *= 4


def keyness(
    corpus: Corpus, selection: Selection, against: Selection | None = None, top: int = 100
) -> pd.DataFrame:
    """The words that mark the selection off from the articles of `against`, or from all others of the corpus.

    One row per word: term, shown, articles_in, n_in, articles_out, n_out, g2, log_ratio; up to `top` words
    that are more frequent in the selection, the strongest first, then up to `top` that are less so. Empty
    when one of the two sides is.
    """
    inside = counts(corpus, selection)
    outside = counts(corpus, against) if against else counts(corpus, Selection()) - inside
    return distinctive(corpus, inside, outside, top)


def rising_falling(corpus: Corpus, selection: Selection, grain: Grain, top: int = 30) -> Change | None:
    """The words of the last finished period that moved beyond noise since the PERIODS_BEFORE before it.

    None without both.
    """
    resolved = selection.resolved(corpus.last_day)
    first, last = span(corpus, selection)
    if first is None or last is None:
        return None
    ended = [start for start in periods_between(first, last, grain) if end_of(start, grain) <= last]
    if len(ended) < 2:
        return None
    start, before = ended[-1], ended[-1 - PERIODS_BEFORE :][0]
    end = end_of(start, grain)
    now = replace(resolved, since=start, until=end)
    then = replace(resolved, since=before, until=start - timedelta(days=1))
    words = keyness(corpus, now, then, top)
    beyond = words[words["g2"].abs() >= BEYOND_NOISE] if len(words) else words
    return Change(before, start, end, size(corpus, now), size(corpus, then), beyond)


def counts(corpus: Corpus, selection: Selection, matching: Matching | None = None) -> Counts:
    """In how many articles of the selection, of those that match if told, each term stands."""
    parameters = matching.parameters if matching else {}
    found = corpus.query(_counts_sql(corpus, selection, matching), selection, **parameters)
    return Counts.of(found["term_id"], found["articles"], size(corpus, selection, matching))


def size(corpus: Corpus, selection: Selection, matching: Matching | None = None) -> int:
    """How many articles the selection holds, of those that match if told."""
    parameters = matching.parameters if matching else {}
    sql = SIZE.replace("{articles}", _articles_sql(matching))
    return int(corpus.query(sql, selection, **parameters)["n"].iloc[0])


def _counts_sql(corpus: Corpus, selection: Selection, matching: Matching | None) -> str:
    if matching is None and selection.resolved(corpus.last_day) == Selection():
        return OF_THE_CORPUS
    return OF_ARTICLES.replace("{articles}", _articles_sql(matching))


def _articles_sql(matching: Matching | None) -> str:
    return MATCHED.replace("{matching}", matching.sql) if matching else SELECTED
