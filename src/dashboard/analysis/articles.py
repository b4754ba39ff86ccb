"""The articles behind any number: page by page, and one of them whole."""

from enum import StrEnum

import pandas as pd

from dashboard.corpus.read import Corpus
from dashboard.selection import Selection

# After so many letters the beginning of an article is cut.
CUT = 280

PAGE = """
    SELECT article.article_id, article.published, article.earliest, article.latest, article.date_precision,
           article.title, article.source, article.section, article.author, article.regions, article.tags,
           article.countries, article.url,
           left(CASE WHEN article.lead <> '' THEN article.lead ELSE article.text END, $cut) AS opening
    FROM counted AS article
    WHERE {where}
    ORDER BY {order}, article.article_id DESC
    LIMIT $size OFFSET $first
"""
SOME = """
    SELECT article_id, published, title, source, section, url
    FROM counted WHERE article_id = ANY($ids) ORDER BY published DESC NULLS LAST, article_id DESC
"""
ONE = "SELECT * FROM article WHERE article_id = $article_id"
MENTIONS = """
    SELECT part, starts, ends, country.name AS country, kind
    FROM mention JOIN country ON country.code = mention.country
    WHERE article_id = $article_id ORDER BY part, starts
"""
EVENTS = """
    SELECT event_id, part, sentence_text, sentence_start, event.source, event.target, event.type,
           event_type.noun, event.class AS kind, event.force, event.score, trigger, trigger_start,
           trigger_end, confidence, mutual, why
    FROM event JOIN event_type ON event_type.type = event.type
    WHERE article_id = $article_id ORDER BY part, sentence_start, event_id
"""
EXPORT = """
    SELECT article.source || '/' || article.source_key AS key, article.source, article.url, article.title,
           article.author, article.section, article.regions, article.tags, article.published,
           article.date_precision, article.date_basis,
           concat_ws(chr(10) || chr(10), nullif(article.lead, ''), article.text) AS text
    FROM counted AS article
    WHERE {where}
    ORDER BY article.published DESC NULLS LAST, key
"""


class Order(StrEnum):
    """In which order articles are listed; the value is the word on the screen and in the link."""

    LATEST = "récents"
    OLDEST = "anciens"
    TITLE = "titre"


# An undated article stands where its latest possible day is, at the end when nothing is known.
ORDERS = {
    Order.LATEST: "coalesce(article.published, article.latest) DESC NULLS LAST",
    Order.OLDEST: "coalesce(article.published, article.latest) ASC NULLS LAST",
    Order.TITLE: "article.title COLLATE fr",
}


def page(
    corpus: Corpus, selection: Selection, *, first: int, size: int, order: Order = Order.LATEST
) -> pd.DataFrame:
    """`size` articles of the selection from number `first` on (counted from 0), with their `opening`."""
    sql = PAGE.replace("{order}", ORDERS[order])
    return corpus.query(sql, selection, first=first, size=size, cut=CUT)


def some(corpus: Corpus, ids: tuple[int, ...]) -> pd.DataFrame:
    """The articles of these ids, the latest first."""
    return corpus.query(SOME, ids=list(ids))


def one(corpus: Corpus, article_id: int) -> pd.Series | None:
    """Every column of an article, or None when the corpus does not hold it."""
    found = corpus.query(ONE, article_id=article_id)
    return None if found.empty else found.iloc[0]


def mentions(corpus: Corpus, article_id: int) -> pd.DataFrame:
    """The countries named in an article: part, starts, ends, country (French name), kind."""
    return corpus.query(MENTIONS, article_id=article_id)


def events(corpus: Corpus, article_id: int) -> pd.DataFrame:
    """The events read in an article, in the order of the text."""
    return corpus.query(EVENTS, article_id=article_id)


def export(corpus: Corpus, selection: Selection) -> pd.DataFrame:
    """Every article of the selection with its text, in the columns of `vigie list`."""
    return corpus.query(EXPORT, selection)
