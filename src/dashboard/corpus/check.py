"""Whether a published corpus is sound: readable to its last block, and every row where it belongs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from dashboard.corpus import index_check
from dashboard.corpus.read import is_damage
from dashboard.errors import CorpusDamaged

# Reading everything takes as long as it takes; whatever else a reader may not do, this one may not either.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    "lock_configuration": True,
}
TABLES = "SELECT table_name FROM duckdb_tables() WHERE NOT internal ORDER BY table_name"
DERIVED = ("mention", "naming", "event", "sketch", "posting", "article_terms")

# The text in which the offsets of a derived row count.
PART = "CASE {row}.part WHEN 'titre' THEN title WHEN 'chapô' THEN lead ELSE text END"
OF_ARTICLES = "FROM {row} JOIN article USING (article_id)"

ORPHANS = "{{count}} ligne(s) de la table {table} ne mènent à aucun article."
CHECKS = {
    "{count} article(s) portent un numéro déjà pris.": """
        SELECT count(*) - count(DISTINCT article_id) FROM article
    """,
    "{count} article(s) sont là deux fois sous la même clé.": """
        SELECT count(*) - count(DISTINCT (source, source_key)) FROM article
    """,
    "{count} événement(s) portent un identifiant déjà pris.": """
        SELECT count(*) - count(DISTINCT event_id) FROM event
    """,
    "{count} source(s) sont notées deux fois.": "SELECT count(*) - count(DISTINCT source) FROM source",
    "{count} article(s) viennent d’une source qui n’est pas notée.": """
        SELECT count(*) FROM article ANTI JOIN source USING (source)
    """,
    "{count} copie(s) renvoient à un article absent ou qui n’est pas compté.": """
        SELECT count(*) FROM article AS copy
        WHERE duplicate_of IS NOT NULL AND duplicate_of NOT IN (SELECT article_id FROM counted)
    """,
    "{count} article(s) ont une date de publication hors des limites (1990 – demain).": """
        SELECT count(*) FROM article
        WHERE published NOT BETWEEN DATE '1990-01-01' AND current_date + 3
    """,
    "{count} article(s) ont des bornes de date à l’envers.": """
        SELECT count(*) FROM article WHERE earliest > latest
    """,
    "{count} article(s) ont une date qui contredit sa précision annoncée.": """
        SELECT count(*) FROM article WHERE (date_precision = 'jour') <> (published IS NOT NULL)
    """,
    "{count} article(s) n’ont aucune région.": "SELECT count(*) FROM article WHERE len(regions) = 0",
    "{count} article(s) parlent d’un pays inconnu.": """
        SELECT count(DISTINCT article_id) FROM (SELECT article_id, unnest(countries) AS code FROM article)
        ANTI JOIN country USING (code)
    """,
    "{count} mention(s) nomment un pays inconnu.": """
        SELECT count(*) FROM mention ANTI JOIN country ON mention.country = country.code
    """,
    "{count} événement(s) sont d’un type inconnu.": """
        SELECT count(*) FROM event ANTI JOIN event_type USING (type)
    """,
    "{count} acteur(s) d’événement ne sont pas nommés dans leur article.": """
        SELECT count(*)
        FROM (SELECT article_id, unnest([source, target]) AS country FROM event)
        ANTI JOIN (SELECT DISTINCT article_id, country FROM mention) AS named USING (article_id, country)
    """,
    "{count} événement(s) ne disent pas leur paire dans l’ordre.": """
        SELECT count(*) FROM event
        WHERE country_a >= country_b OR [country_a, country_b] <> list_sort([source, target])
    """,
    "{count} pays ne sont pas résumés comme ils sont nommés.": """
        SELECT count(*)
        FROM (SELECT DISTINCT article_id, country FROM mention) AS named
        FULL JOIN naming USING (article_id, country)
        WHERE named.country IS NULL OR naming.country IS NULL
    """,
    "{count} mention(s) sortent de leur texte.": f"""
        SELECT count(*) {OF_ARTICLES.format(row="mention")}
        WHERE NOT (0 <= starts AND starts < ends AND ends <= length({PART.format(row="mention")}))
    """,
    "{count} événement(s) ne citent pas la phrase de leur article.": f"""
        SELECT count(*) {OF_ARTICLES.format(row="event")}
        WHERE substr({PART.format(row="event")}, sentence_start + 1, length(sentence_text)) <> sentence_text
    """,
    "{count} événement(s) ont un mot déclencheur hors de leur phrase.": """
        SELECT count(*) FROM event
        WHERE NOT (sentence_start <= trigger_start AND trigger_start < trigger_end
                   AND trigger_end <= sentence_start + length(sentence_text))
    """,
    "{count} article(s) sont d’un état qui n’est pas encore venu.": """
        SELECT count(*) FROM article
        WHERE greatest(added_in, changed_in) > (SELECT max(number) FROM snapshot) OR added_in > changed_in
    """,
}
SUMS = """
    SELECT count(*)                                              AS articles,
           count(*) FILTER (duplicate_of IS NULL)                AS counted,
           count(*) FILTER (duplicate_of IS NOT NULL)            AS copies,
           count(*) FILTER (published IS NULL)                   AS undated,
           (SELECT count(*) FROM event)                          AS events,
           (SELECT count(*) FROM source)                         AS sources,
           (SELECT count(*) FROM removal)                        AS removed,
           (SELECT id FROM snapshot ORDER BY number DESC LIMIT 1) AS snapshot
    FROM article
"""
REFUSALS = """
    SELECT source, reason, count(*) AS count, min(place) AS place FROM refusal
    GROUP BY source, reason ORDER BY count DESC, source, reason
"""


@dataclass(frozen=True, slots=True)
class Refusals:
    """What was refused of one source for one reason: how often, and one place where it stands."""

    source: str
    reason: str
    count: int
    place: str


@dataclass(frozen=True, slots=True)
class Soundness:
    """What a check found: French `problems`, none when all is well; `sums` by name; refusals by reason."""

    problems: tuple[str, ...]
    sums: dict[str, Any] = field(default_factory=dict)
    refusals: tuple[Refusals, ...] = ()


def check(path: Path) -> Soundness:
    """Read the snapshot in that file whole and hold it to its rules.

    Raises CorpusDamaged when it cannot be read to its end.
    """
    try:
        with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
            _read_all(connection)
            problems = (*_orphans(connection), *_broken(connection), *index_check.check(connection))
            found = connection.execute(SUMS)
            names = [column[0] for column in found.description or ()]
            sums = dict(zip(names, found.fetchall()[0], strict=True))
            refusals = tuple(Refusals(*row) for row in connection.execute(REFUSALS).fetchall())
    except duckdb.Error as error:
        if is_damage(error) or isinstance(error, duckdb.CatalogException | duckdb.BinderException):
            raise CorpusDamaged("Le corpus publié est abîmé.", detail=str(error)) from error
        raise
    return Soundness(problems, sums, refusals)


def _read_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Every value of every table: a block that was damaged on the disk raises."""
    for (table,) in connection.execute(TABLES).fetchall():
        connection.execute(f'SELECT bit_xor(hash("{table}")) FROM "{table}"').fetchall()


def _orphans(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for table in DERIVED:
        sql = f"SELECT count(*) FROM {table} ANTI JOIN article USING (article_id)"
        [(count,)] = connection.execute(sql).fetchall()
        if count:
            yield ORPHANS.format(table=table).format(count=count)


def _broken(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for sentence, sql in CHECKS.items():
        [(count,)] = connection.execute(sql).fetchall()
        if count:
            yield sentence.format(count=count)
