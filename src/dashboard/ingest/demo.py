"""Building the corpus of demonstration from the chronicle, in a folder that holds nothing else."""

from pathlib import Path

from dashboard.corpus import snapshots
from dashboard.corpus.read import open_current
from dashboard.errors import InputRefused
from dashboard.ingest import chronicle, run
from dashboard.ingest.chronicle import SOURCE

OTHERS = "SELECT count(*) AS n FROM article WHERE source <> $source"


def build(folder: Path, chronicle_folder: Path) -> run.Report:
    """Read the chronicle into the corpus of `folder`.

    Raises InputRefused when the corpus holds articles of other sources: true news and entries written for
    demonstration are never mixed.
    """
    if (folder / snapshots.POINTER).exists():
        corpus = open_current(folder)
        others = int(corpus.query(OTHERS, source=SOURCE)["n"].iloc[0])
        corpus.close()
        if others:
            raise InputRefused(
                "Ce corpus contient déjà vos articles : la chronique de démonstration n’y est pas ajoutée. "
                "Donnez-lui un autre dossier avec --corpus."
            )
    opened = run.Reading(chronicle.KIND, chronicle.read(chronicle_folder), complete=True)
    given = run.Input("data/demo", lambda: opened)
    return run.ingest(folder, [given], reason="chronique de démonstration")


__all__ = ["SOURCE", "build"]
