"""Laying articles into a staged corpus: what is new or changed is written, the rest is left alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa

from dashboard.corpus.write import Staging
from dashboard.errors import InputRefused
from dashboard.ingest import derive, rows
from dashboard.ingest.article import Article
from dashboard.ingest.merge import merge

# More than a third of a site never disappears between two visits, unless it has only a few articles.
MOST_REMOVED, FEW_REMOVED = 1 / 3, 10

KNOWN = f"""
    SELECT article_id, fingerprint, added_in, {rows.STORED}
    FROM article SEMI JOIN incoming USING (source, source_key)
"""
NEXT_ARTICLE = "SELECT coalesce(max(article_id), 0) + 1 FROM article"
FORGET = "DELETE FROM article WHERE article_id = ANY($ids)"
KEEP_ARTICLES = """
    INSERT INTO article BY NAME
    SELECT *, NULL AS duplicate_of, []::VARCHAR[] AS regions, []::VARCHAR[] AS countries FROM incoming
"""
KEEP_SOURCE = """
    MERGE INTO source USING (SELECT $source AS source) AS given USING (source)
    WHEN MATCHED THEN UPDATE SET kind = $kind, address = $address, last_read = $now
    WHEN NOT MATCHED THEN INSERT (source, kind, address, first_read, last_read)
        VALUES ($source, $kind, $address, $now, $now)
"""
KEYS = "SELECT article_id, source_key FROM article WHERE source = $source ORDER BY article_id"
KEEP_REMOVAL = """
    INSERT INTO removal
    SELECT source, source_key, title, url, published, $number, $reason
    FROM article WHERE article_id = ANY($ids)
"""
OF_SOURCE = "SELECT article_id FROM article WHERE source = $source"

_TEXTS = ("source", "source_key", "url", "title", "lead", "text", "author", "section")
ARTICLE_SCHEMA = pa.schema(
    [(name, pa.string()) for name in (*_TEXTS, "date_precision", "date_basis", "fingerprint")]
    + [("tags", pa.list_(pa.string())), ("partial", pa.bool_())]
    + [(name, pa.date32()) for name in ("published", "earliest", "latest")]
    + [(name, pa.timestamp("us")) for name in ("instant", "modified")]
    + [(name, pa.int32()) for name in ("article_id", "added_in", "changed_in")]
)


# What is stored, by source and key.
Known: TypeAlias = dict[tuple[str, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a chunk of articles did to the corpus; `touched` are the ids that must be coded again."""

    new: int
    changed: int
    unchanged: int
    touched: list[int]


def store(
    change: Staging, articles: list[Article], *, complete: bool, claimed: set[int] | None = None
) -> Outcome:
    """Write those articles that the corpus does not hold as they are.

    With `complete` what the source says replaces what was known, else it adds to it. `claimed` collects the
    ids that were found under a former key, each of which one article of a run may have.
    """
    merged = merge(articles)
    known = _known(change.connection, merged)
    claimed = set() if claimed is None else claimed
    [(next_id,)] = change.connection.execute(NEXT_ARTICLE).fetchall()
    kept, new = [], 0
    for article in merged:
        old = known.get((article.source, article.source_key)) or _former(article, known, claimed)
        met = replace(article, source_key=old["source_key"]) if old else article
        row = rows.to_row(_reconciled(rows.from_row(old), met, complete) if old else met)
        if old and row["fingerprint"] == old["fingerprint"]:
            continue
        article_id, added_in = (old["article_id"], old["added_in"]) if old else (next_id + new, change.number)
        new += not old
        kept.append({**row, "article_id": article_id, "added_in": added_in, "changed_in": change.number})
    _write(change.connection, kept)
    changed = len(kept) - new
    return Outcome(new, changed, len(articles) - new - changed, [row["article_id"] for row in kept])


def keep_source(change: Staging, source: str, *, kind: str, address: str) -> None:
    """Note where a source was read last."""
    values = {"source": source, "kind": kind, "address": address, "now": _now()}
    change.connection.execute(KEEP_SOURCE, values)


def drop_source(change: Staging, source: str) -> list[int]:
    """Take a source and all its articles out; the ids that are gone."""
    ids = [i for (i,) in change.connection.execute(OF_SOURCE, {"source": source}).fetchall()]
    if ids:
        _delete(change, ids)
        change.connection.execute("DELETE FROM source WHERE source = $source", {"source": source})
    return ids


def remove_absent(change: Staging, source: str, present: set[str], *, confirmed: bool = False) -> list[int]:
    """Take out the articles of `source` whose keys are no longer `present` there; the fact is kept.

    Raises InputRefused, removing nothing, when more than MOST_REMOVED of them are missing at once and nobody
    `confirmed` it: a broken list is likelier than that.
    """
    stored = change.connection.execute(KEYS, {"source": source}).fetchall()
    absent = [article_id for article_id, key in stored if key not in present]
    if not confirmed and len(absent) > max(FEW_REMOVED, MOST_REMOVED * len(stored)):
        raise InputRefused(
            f"{source}\u00a0: {len(absent)} articles sur {len(stored)} manquent d’un coup dans la liste du "
            "site. Par prudence, rien n’est retiré. Si le site les a bien retirés, relancez avec "
            f'--confirmer-les-retraits (et, pour vigie sync, --only "{source}").'
        )
    if absent:
        _remove(change, absent, "absent de la liste du site")
    return absent


def remove(change: Staging, source: str, reasons: Mapping[str, str]) -> list[int]:
    """Take out the articles of `source` with these keys, each for its reason; the fact is kept."""
    if not reasons:
        return []
    stored = {key: i for i, key in change.connection.execute(KEYS, {"source": source}).fetchall()}
    found = {stored[key]: reason for key, reason in reasons.items() if key in stored}
    for article_id, reason in found.items():
        _remove(change, [article_id], reason)
    return list(found)


def _remove(change: Staging, ids: list[int], reason: str) -> None:
    change.connection.execute(KEEP_REMOVAL, {"ids": ids, "number": change.number, "reason": reason})
    _delete(change, ids)


def _delete(change: Staging, ids: list[int]) -> None:
    for table in ("article", *derive.TABLES):
        change.connection.execute(f"DELETE FROM {table} WHERE article_id = ANY($ids)", {"ids": ids})
    change.changed = True


def _reconciled(old: Article, article: Article, complete: bool) -> Article:
    """What is known of an article after meeting it again; no excerpt takes the place of a full text."""
    if not complete:
        return merge([old, article])[0]
    if article.partial and not old.partial:
        return replace(article, text=old.text, lead=article.lead or old.lead, partial=False)
    return article


def _former(article: Article, known: Known, claimed: set[int]) -> dict[str, Any] | None:
    """What is stored of the article under a key that another reading gave it, unless it contradicts it."""
    for key in article.formerly:
        old = known.get((article.source, key))
        if old and old["article_id"] not in claimed and _agrees(rows.from_row(old), article):
            claimed.add(old["article_id"])
            return old
    return None


def _agrees(old: Article, article: Article) -> bool:
    """Whether day and address are the same, as far as both are known."""
    days, addresses = {old.published.day, article.published.day}, {old.url, article.url}
    return len(days - {None}) < 2 and len(addresses - {None}) < 2


def _known(connection: duckdb.DuckDBPyConnection, articles: list[Article]) -> Known:
    keys = [
        {"source": article.source, "source_key": key}
        for article in articles
        for key in (article.source_key, *article.formerly)
    ]
    connection.register(
        "incoming", pa.Table.from_pylist(keys, pa.schema({"source": pa.string(), "source_key": pa.string()}))
    )
    found = connection.execute(KNOWN)
    names = [column[0] for column in found.description or ()]
    records = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    connection.unregister("incoming")
    return {(record["source"], record["source_key"]): record for record in records}


def _write(connection: duckdb.DuckDBPyConnection, kept: list[dict[str, Any]]) -> None:
    if not kept:
        return
    connection.execute(FORGET, {"ids": [row["article_id"] for row in kept]})
    connection.register("incoming", pa.Table.from_pylist(kept, schema=ARTICLE_SCHEMA))
    connection.execute(KEEP_ARTICLES)
    connection.unregister("incoming")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
