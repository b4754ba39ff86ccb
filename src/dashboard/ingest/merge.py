"""One article out of several readings of it: the same key met twice keeps the best of each."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dashboard.ingest.article import Article, Precision, Published

PROSE = "d’après le texte"
MAX_TAGS = 50


def merge(articles: Iterable[Article]) -> list[Article]:
    """One article per (source, source_key), in the order of first sight.

    Tags are united in order of sight. The body is a full text before an excerpt, then the one corrected
    last, then the longer. What one reading lacks (section, author, address) the other gives.
    The narrower date wins; of two different days, one given by the page beats one read in the prose,
    then the earlier wins: an article is not older than the first day it was seen with.
    """
    kept: dict[tuple[str, str], Article] = {}
    for article in articles:
        key = (article.source, article.source_key)
        kept[key] = _united(kept[key], article) if key in kept else article
    return list(kept.values())


def narrower(first: Published, second: Published) -> Published:
    """The better known of two dates, by the rule of `merge`."""
    return min(first, second, key=_vagueness)


def _united(first: Article, second: Article) -> Article:
    best, other = (second, first) if _text_rank(second) > _text_rank(first) else (first, second)
    return replace(
        best,
        lead=best.lead or other.lead,
        url=best.url or other.url,
        author=best.author or other.author,
        section=best.section or other.section,
        tags=tuple(dict.fromkeys((*first.tags, *second.tags)))[:MAX_TAGS],
        published=narrower(first.published, second.published),
        instant=best.instant or other.instant,
        modified=best.modified or other.modified,
    )


def _text_rank(article: Article) -> tuple[bool, float, int, str]:
    corrected = article.modified.timestamp() if article.modified else 0.0
    return (not article.partial, corrected, len(article.text), article.text)


def _vagueness(published: Published) -> tuple[int, int, bool, date, str]:
    earliest, latest = published.earliest, published.latest
    rank = {Precision.DAY: 0, Precision.BETWEEN: 1, Precision.UNKNOWN: 2}[published.precision]
    width = (latest - earliest).days if earliest and latest else date.max.toordinal()
    first_day = published.day or earliest or latest or date.max
    return (rank, 0 if rank == 0 else width, published.basis.startswith(PROSE), first_day, published.basis)
