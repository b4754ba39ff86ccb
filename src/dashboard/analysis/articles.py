"""The articles behind any number: page by page, and one of them whole."""

from datetime import date

import pandas as pd

from dashboard.corpus.read import Corpus
from dashboard.selection import Selection

PAGE = """
    SELECT article.article_id, article.published, article.earliest, article.latest, article.date_precision,
           article.title, article.source, article.section, article.author, article.regions, article.tags,
           article.countries, article.url,
           left(CASE WHEN article.lead <> '' THEN article.lead ELSE article.text END, 280) AS opening
    FROM counted AS article
    WHERE {where}
    ORDER BY coalesce(article.published, article.latest) DESC NULLS LAST, article.article_id DESC
    LIMIT $size OFFSET $first
"""
OF_PERIOD = """
    SELECT article.article_id, article.published, article.title, article.source, article.section, article.url
    FROM counted AS article
    WHERE {where} AND article.published BETWEEN $start AND $end AND {bears}
    ORDER BY article.published DESC, article.article_id DESC
    LIMIT $most
"""
ONE = "SELECT * FROM article WHERE article_id = $article_id"
MENTIONS = """
    SELECT part, starts, ends, country.name AS country, kind
    FROM mention JOIN country ON country.code = mention.country
    WHERE article_id = $article_id ORDER BY part, starts
"""
EVENTS = """
    SELECT event_id, part, sentence_text, sentence_start, event.source, event.target, event.type,
           event_type.verb, event.class, event.force, score, trigger, trigger_start, trigger_end,
           confidence, mutual, why
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


def page(corpus: Corpus, selection: Selection, *, first: int, size: int) -> pd.DataFrame:
    """`size` articles of the selection from number `first` on (counted from 0), the latest first."""
    return corpus.query(PAGE, selection, first=first, size=size)


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


def of_period(
    corpus: Corpus, selection: Selection, *, start: date, end: date, column: str, value: str, most: int
) -> pd.DataFrame:
    """Articles of the selection published from `start` to `end` that bear `value`, the latest first."""
    sql = OF_PERIOD.replace("{bears}", f"list_contains({column}, $value)")
    return corpus.query(sql, selection, start=start, end=end, value=value, most=most)


def export(corpus: Corpus, selection: Selection) -> pd.DataFrame:
    """Every article of the selection with its text, in the columns of `vigie list`."""
    return corpus.query(EXPORT, selection)
