"""Which words tell two groups of articles apart: signed G² for certainty, log-ratio for size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.corpus.read import Corpus
from dashboard.french.stopwords import says_something, stopwords

# A word in fewer articles than this marks nothing: its G² would rest on a handful of texts.
FEWEST_ARTICLES = 5
# The chi-square bound of 5 %, for one word looked at alone: chance exceeds it once in twenty.
SIGNIFICANT = 3.84
# The chi-square bound of 1 %: of a hundred values that did not move, one is shown all the same.
BEYOND_NOISE = 6.63
COLUMNS = ["term", "shown", "articles_in", "n_in", "articles_out", "n_out", "g2", "log_ratio"]

ABSORBED = "SELECT DISTINCT unnest(absorbed) AS term_id FROM compound"
NAMES = "SELECT term_id, term, shown FROM term WHERE term_id IN (SELECT unnest($ids::INTEGER[]))"

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """In how many of `n` articles each term stands, by the number of the term."""

    articles: Numbers
    n: int

    @classmethod
    def of(cls, term_id: pd.Series, articles: pd.Series, n: int) -> Counts:
        """From two columns of the same length."""
        counted = np.zeros(int(term_id.max()) + 1 if len(term_id) else 0)
        counted[term_id.to_numpy(dtype=np.int64)] = articles
        return cls(counted, n)

    def __sub__(self, part: Counts) -> Counts:
        """What is left when the articles of `part` are taken away."""
        whole, less = _same_length(self.articles, part.articles)
        return Counts(whole - less, self.n - part.n)


def distinctive(corpus: Corpus, inside: Counts, outside: Counts, top: int) -> pd.DataFrame:
    """Up to `top` words more frequent inside, the strongest first, then up to `top` less frequent ones.

    COLUMNS: g2 is below zero for the latter. Words that belong together count as one. Left out are those of
    its words that hardly ever stand elsewhere, stop words, numbers, and words in fewer than FEWEST_ARTICLES
    articles of both sides together. Empty when a side has no article.
    """
    if not inside.n or not outside.n:
        return pd.DataFrame(columns=COLUMNS)
    k_in, k_out = _same_length(inside.articles, outside.articles)
    g2 = np.where(k_in + k_out >= FEWEST_ARTICLES, signed_g2(k_in, inside.n, k_out, outside.n), 0)
    absorbed = corpus.query(ABSORBED)["term_id"].to_numpy(dtype=np.int64)
    g2[absorbed[absorbed < len(g2)]] = 0
    order = np.argsort(-g2, kind="stable")
    reach = top + len(stopwords())
    ids = np.unique(np.concatenate([order[:reach], order[-reach:]]))
    ids = ids[g2[ids] != 0]
    names = corpus.query(NAMES, ids=ids.tolist())
    names = names[names["term"].map(says_something).astype(bool)]
    at = names["term_id"].to_numpy(dtype=np.int64)
    found = names.assign(
        articles_in=k_in[at].astype(int),
        n_in=inside.n,
        articles_out=k_out[at].astype(int),
        n_out=outside.n,
        g2=g2[at],
        log_ratio=log_ratio(k_in[at], inside.n, k_out[at], outside.n),
    ).sort_values(["g2", "term"], ascending=[False, True])
    ends = pd.concat([found[found["g2"] > 0].head(top), found[found["g2"] < 0].tail(top)])
    return ends[COLUMNS].reset_index(drop=True)


def signed_g2(k_in: Numbers, n_in: int, k_out: Numbers, n_out: int) -> Numbers:
    """The log-likelihood ratio of a 2×2 table of articles (Dunning 1993), below zero when rarer inside.

    3.84 is significant at 5 %, 10.83 at 0.1 %, for one word looked at alone.
    """
    p = (k_in + k_out) / (n_in + n_out)
    total = 2 * (
        _term(k_in, n_in * p)
        + _term(k_out, n_out * p)
        + _term(n_in - k_in, n_in * (1 - p))
        + _term(n_out - k_out, n_out * (1 - p))
    )
    return np.asarray(np.sign(k_in * n_out - k_out * n_in) * np.maximum(total, 0))


def log_ratio(k_in: Numbers, n_in: int, k_out: Numbers, n_out: int) -> Numbers:
    """How many times the share doubles from outside to inside (Hardie 2014); 0 counts as half an article."""
    return np.asarray(np.log2(np.maximum(k_in, 0.5) / n_in) - np.log2(np.maximum(k_out, 0.5) / n_out))


def _term(observed: Numbers, expected: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(observed > 0, observed * np.log(observed / expected), 0)


def _same_length(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    length = max(len(a), len(b))
    return np.pad(a, (0, length - len(a))), np.pad(b, (0, length - len(b)))
