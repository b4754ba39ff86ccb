"""A query's words where they stand: lines of context, and the words that come with them."""

from collections.abc import Iterator

import pandas as pd

from dashboard.analysis.keyness import distinctive
from dashboard.analysis.vocabulary import counts
from dashboard.corpus.read import Corpus
from dashboard.matching import matching_text
from dashboard.occurrences import hits, is_asked_for
from dashboard.query import parse, split_compared
from dashboard.query_tree import Or, Query
from dashboard.selection import Selection

AROUND = 70  # characters on each side of a hit
MOST_PER_ARTICLE = 3
COLUMNS = ["left", "hit", "right", "article_id", "title", "day"]

TEXTS = """
    SELECT article.article_id, article.published AS day, article.title, article.lead, article.text
    FROM counted AS article SEMI JOIN ({matching}) AS matching USING (article_id)
    WHERE {where}
    ORDER BY article.published DESC NULLS LAST, article.article_id DESC
    LIMIT $most
"""


def cooccurring(corpus: Corpus, selection: Selection, query: str, top: int) -> pd.DataFrame:
    """The words that come with the query more than elsewhere in the selection, the strongest first.

    Columns as in `vocabulary.keyness`, where « in » are the articles of the selection that match and « out »
    its others. The words of the query itself are left out. Raises QuerySyntaxError.
    """
    tree = _tree(query)
    inside = counts(corpus, selection, matching_text(query, name="t"))
    found = distinctive(corpus, inside, counts(corpus, selection) - inside, top + 50)
    own = found["term"].map(lambda term: is_asked_for(term, tree)).astype(bool)
    return found[~own & (found["g2"] > 0)].head(top).reset_index(drop=True)


def in_context(corpus: Corpus, selection: Selection, query: str, lines: int) -> pd.DataFrame:
    """Up to `lines` places where the query's words stand: left, hit, right, article_id, title, day.

    The latest articles first, at most MOST_PER_ARTICLE lines of each. Empty for a query that only excludes.
    Raises QuerySyntaxError.
    """
    tree, matching = _tree(query), matching_text(query, name="t")
    sql = TEXTS.replace("{matching}", matching.sql)
    articles = corpus.query(sql, selection, most=lines, **matching.parameters)
    rows = [
        (*line, article.article_id, article.title, article.day)
        for article in articles.itertuples()
        for line in list(_lines(tree, str(article.title), (str(article.lead), str(article.text))))[
            :MOST_PER_ARTICLE
        ]
    ]
    return pd.DataFrame(rows[:lines], columns=COLUMNS)


def _lines(tree: Query, title: str, texts: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """The body first, because the title stands beside every line."""
    for text in (*texts, title):
        whole, found = hits(tree, text, title=text is title)
        for start, end in found:
            left, right = _around(whole, start, end)
            yield _flat(left), _flat(whole[start:end]), _flat(right)


def _around(whole: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after, whole words only."""
    left, right = whole[max(0, start - AROUND) : start], whole[end : end + AROUND]
    if start > AROUND:
        left = left.partition(" ")[2]
    if end + AROUND < len(whole):
        right = right.rpartition(" ")[0]
    return left, right


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _tree(query: str) -> Query:
    trees = tuple(parse(one) for one in split_compared(query) or (query,))
    return trees[0] if len(trees) == 1 else Or(trees)
