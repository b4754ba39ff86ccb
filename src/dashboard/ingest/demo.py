"""Building the corpus of demonstration from the chronicle, in a folder that holds nothing else."""

from pathlib import Path

from dashboard.corpus import snapshots
from dashboard.corpus.read import open_current
from dashboard.errors import InputRefused
from dashboard.ingest import artificial, chronicle, run
from dashboard.ingest.chronicle import SOURCE
from dashboard.ingest.readings import Input, Reading, Report

# What gives way to the first true source.
NOT_NEWS = (SOURCE, artificial.SOURCE)

OTHERS = "SELECT count(*) AS n FROM article WHERE source <> $source"


def wanted(folder: Path) -> bool:
    """Whether there is nothing to show yet: no corpus, or one that knows only what it refused."""
    if not (folder / snapshots.POINTER).exists():
        return True
    corpus = open_current(folder)
    held = int(corpus.articles)
    corpus.close()
    return held == 0


def build(folder: Path, chronicle_folder: Path, watch: run.Watch = run.unwatched) -> Report:
    """Read the chronicle into the corpus of `folder`.

    Raises InputRefused when an entry is damaged, and when the corpus holds articles of other sources: true
    news and entries written for demonstration are never mixed.
    """
    _refuse_to_mix(folder, SOURCE)
    entries = list(chronicle.read(chronicle_folder))  # all of them or none
    opened = Reading(chronicle.KIND, entries, complete=True)
    given = Input("data/demo", lambda: opened)
    return run.ingest(folder, [given], reason="chronique de démonstration", watch=watch)


def build_artificial(folder: Path, count: int, watch: run.Watch = run.unwatched) -> Report:
    """Fill the corpus of `folder` with `count` articles that say nothing true. Refuses as `build` does."""
    _refuse_to_mix(folder, artificial.SOURCE)
    opened = Reading(artificial.KIND, artificial.articles(count), complete=True)
    given = Input("hasard", lambda: opened)
    return run.ingest(folder, [given], reason=f"{count} articles artificiels", watch=watch)


def _refuse_to_mix(folder: Path, source: str) -> None:
    if not (folder / snapshots.POINTER).exists():
        return
    corpus = open_current(folder)
    others = int(corpus.query(OTHERS, source=source)["n"].iloc[0])
    corpus.close()
    if others:
        raise InputRefused(
            f"Ce corpus contient déjà d’autres articles\u00a0: «\u00a0{source}\u00a0» n’y est pas ajouté. "
            "Donnez-lui un autre dossier avec --corpus."
        )
