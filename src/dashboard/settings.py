"""Where things lie: the corpus folder, the program's own folder, the built-in chronicle."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app.py"
CHRONICLE = ROOT / "data" / "demo"
MILESTONES = "evenements.csv"
CORPUS_VARIABLE = "VIGIE_CORPUS"


def milestones_file(*, demonstration: bool) -> Path | None:
    """The turning points to lay over timelines: `evenements.csv` of the corpus, else of the chronicle."""
    own = corpus_folder() / MILESTONES
    if own.is_file():
        return own
    return CHRONICLE / MILESTONES if demonstration else None


def corpus_folder() -> Path:
    """The folder that VIGIE_CORPUS names, else data/corpus beside the program."""
    named = os.environ.get(CORPUS_VARIABLE)
    return Path(named).expanduser() if named else ROOT / "data" / "corpus"
