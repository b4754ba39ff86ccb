"""Labelled sentences as the coder reads them: one row for each pair of countries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from dashboard.coding.corpora import Article, articles_of
from dashboard.coding.features import Pair, manner_features, pair_features, pairs, sentence_features
from dashboard.coding.folding import fold
from dashboard.coding.frames import frame
from dashboard.coding.gazetteer import gazetteer
from dashboard.coding.lexicon import lexicon
from dashboard.coding.records import Mention
from dashboard.coding.sentences import spans


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of countries in a labelled sentence, and how much it counts in learning."""

    id: str
    group: str
    start: int
    pair: Pair
    features: frozenset[str]
    truths: tuple[dict[str, Any] | None, dict[str, Any] | None]
    count: float = 1.0


def rows_of(item: dict[str, Any], count: float = 1.0) -> list[Row]:
    """The pairs of one labelled text, read as the coder reads it, each of which counts so much."""
    text = item["text"]
    day = date.fromisoformat(item["date"]) if item.get("date") else None
    truths = {(tuple(sorted(r["pair"])), r["class"]): r for r in item["relations"]}
    low = fold(text)
    mentions = gazetteer().mentions(text, day, low)
    found = []
    for start, end in spans(text):
        inside: list[Mention] = [m for m in mentions if start <= m.start and m.end <= end]
        if len({m.country for m in inside}) < 2:
            continue
        laid = frame(low[start:end], start, inside, lexicon())
        shared = sentence_features(laid)
        for pair in pairs(laid):
            key = tuple(sorted((pair.source, pair.target)))
            found.append(
                Row(
                    item["id"],
                    item.get("group") or item.get("date") or item["id"],
                    start,
                    pair,
                    frozenset(shared | pair_features(laid, pair) | manner_features(laid, pair)),
                    (truths.get((key, "conflict")), truths.get((key, "cooperation"))),
                    count,
                )
            )
    return found


def resolved(labels: list[dict[str, Any]], corpora: Sequence[Path]) -> list[dict[str, Any]]:
    """Labels that point into the articles of `corpora`, with the text they point at.

    Labels of an article that none of them holds are left out; of an article told twice the first counts.
    """
    wanted = {label["article"] for label in labels}
    articles: dict[str, Article] = {}
    for article in chain.from_iterable(map(articles_of, corpora)):
        if article["id"] in wanted:
            articles.setdefault(article["id"], article)
    return [
        {
            "id": f"{label['article']}:{label['field']}:{label['start']}",
            "text": articles[label["article"]][label["field"]][label["start"] : label["end"]],
            "date": _day(articles[label["article"]]),
            "relations": label["relations"],
        }
        for label in labels
        if label["article"] in articles
    ]


def _day(article: dict[str, Any]) -> str:
    return (article.get("published") or article.get("date") or "")[:10]
