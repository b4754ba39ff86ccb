"""What happened to a selection since an earlier snapshot."""

from dataclasses import dataclass

from dashboard.corpus.read import Corpus
from dashboard.selection import Selection

SINCE = """
    SELECT count(*) FILTER (article.added_in > $number)                                    AS added,
           count(*) FILTER (article.changed_in > $number AND article.added_in <= $number)  AS changed
    FROM counted AS article WHERE {where}
"""
REMOVED = "SELECT count(*) AS removed FROM removal WHERE removed_in > $number"


KNOWN = "SELECT count(*) AS n FROM snapshot WHERE id = $snapshot"


@dataclass(frozen=True, slots=True)
class Since:
    """Articles of the selection added and changed since, and articles of the whole corpus removed since."""

    added: int
    changed: int
    removed: int


def since(corpus: Corpus, selection: Selection, number: int) -> Since:
    """What the selection gained, saw corrected and may have lost after snapshot `number`."""
    found = corpus.query(SINCE, selection, number=number).iloc[0]
    removed = corpus.query(REMOVED, number=number)["removed"].iloc[0]
    return Since(int(found["added"]), int(found["changed"]), int(removed))


def is_ours(corpus: Corpus, snapshot: str) -> bool:
    """Whether this corpus ever was in the state of that id."""
    return bool(corpus.query(KNOWN, snapshot=snapshot)["n"].iloc[0])
