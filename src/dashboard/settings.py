"""Where things lie: the corpus folder, the program's own folder, the built-in chronicle."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app.py"
CHRONICLE = ROOT / "data" / "demo"
CORPUS_VARIABLE = "VIGIE_CORPUS"


def corpus_folder() -> Path:
    """The folder that VIGIE_CORPUS names, else data/corpus beside the program."""
    named = os.environ.get(CORPUS_VARIABLE)
    return Path(named).expanduser() if named else ROOT / "data" / "corpus"
