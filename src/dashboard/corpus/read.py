"""Asking a published snapshot: one connection per file, one cursor per question, a limit on time."""

from collections import OrderedDict
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from threading import Lock

import duckdb
import pandas as pd

from dashboard.corpus import snapshots
from dashboard.errors import CorpusDamaged, QueryRefused
from dashboard.selection import Selection

LONGEST_QUERY_MS = 8_000
# How many answers are kept, and up to how many bytes each.
KEPT, SHORT = 64, 1_000_000
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "max_execution_time": LONGEST_QUERY_MS,
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    "lock_configuration": True,
}

IDENTITY = "SELECT number, id, coder FROM snapshot ORDER BY number DESC LIMIT 1"
# DuckDB has no class of its own for a checksum that does not fit: it raises a bare Error with these words.
DAMAGE = "Corrupt database file"
# What DuckDB says of what came later than the rest of a corpus.
LATER = ("Table with name compound", "Table with name pairing", "Table Function with name told")
LACKING = tuple(f"{name} does not exist" for name in LATER)
OUTDATED = (
    "Ce corpus a été écrit par une version plus ancienne de Vigie\u00a0: "
    "«\u00a0vigie code --all\u00a0» le met à jour."
)
EXTENT = "SELECT first_day, last_day, articles, undated_articles FROM extent"


class Corpus:
    """A snapshot open for reading. Safe to share between threads: every question has its own cursor."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._answers = Answers()
            self._connection = duckdb.connect(str(path), read_only=True, config=CONFIG)
            self.number, self.snapshot, self.coder = self._connection.execute(IDENTITY).fetchall()[0]
            found = self._connection.execute(EXTENT).fetchall()[0]
        except (duckdb.Error, IndexError) as error:
            raise CorpusDamaged("Le corpus publié ne peut pas être ouvert.", detail=str(error)) from error
        self.first_day, self.last_day, self.articles, self.undated_articles = found

    def query(self, sql: str, selection: Selection | None = None, **parameters: object) -> pd.DataFrame:
        """The answer to `sql` as a frame whose columns are its SELECT list.

        `{where}` in the text stands for the condition of the selection on `article`; every other value is a
        named parameter. Raises QueryRefused when the answer takes longer than LONGEST_QUERY_MS, CorpusDamaged
        when the file cannot be read to its end or was written before what is asked for was kept.
        """
        if selection is not None:
            where = selection.resolved(self.last_day).where()
            sql = sql.replace("{where}", where.sql)
            parameters = {**where.parameters, **parameters}
        return self._answers.get((sql, repr(parameters)), lambda: self._asked(sql, parameters))

    def _asked(self, sql: str, parameters: dict[str, object]) -> pd.DataFrame:
        with self._connection.cursor() as cursor:
            try:
                return cursor.execute(sql, parameters).df()
            except duckdb.InterruptException as error:
                raise QueryRefused(
                    "La question demande trop de calcul\u00a0: réduisez la période ou ajoutez un filtre.",
                    detail=str(error),
                ) from error
            except duckdb.Error as error:
                if any(lacking in str(error) for lacking in LACKING):
                    raise CorpusDamaged(OUTDATED, detail=str(error)) from error
                if is_damage(error):
                    raise CorpusDamaged("Le corpus publié est abîmé.", detail=str(error)) from error
                raise

    def close(self) -> None:
        """Let go of the file; the snapshot can then be deleted by the system."""
        self._connection.close()


class Answers:
    """The latest short answers of a snapshot, which never changes: a page asks some questions many times."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], pd.DataFrame] = OrderedDict()
        self._lock = Lock()

    def get(self, question: tuple[str, str], ask: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The answer kept to that question, else what `ask` gives; a frame that its reader may change."""
        with self._lock:
            known = self._kept.get(question)
            if known is not None:
                self._kept.move_to_end(question)
                return known.copy(deep=False)
        answer = ask()
        if answer.memory_usage().sum() <= SHORT:
            with self._lock:
                self._kept[question] = answer
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return answer.copy(deep=False)


def open_current(folder: Path) -> Corpus:
    """The published corpus of that folder. Raises CorpusMissing or CorpusDamaged."""
    return Corpus(snapshots.current(folder))


def is_damage(error: duckdb.Error) -> bool:
    """Whether a failure comes from the file itself, not from the question."""
    return isinstance(error, duckdb.IOException | duckdb.FatalException) or DAMAGE in str(error)


def sql_of(name: str) -> str:
    """The text of a file of SQL that lies beside this module."""
    return resources.files("dashboard.corpus").joinpath(name).read_text(encoding="utf-8")
