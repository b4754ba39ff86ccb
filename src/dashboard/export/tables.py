"""Tables to take away: CSV that a French spreadsheet opens, with where it comes from on top."""

from collections.abc import Sequence

import pandas as pd

# A cell that begins so would be run as a formula by a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv(frame: pd.DataFrame, passport: Sequence[str] = ()) -> bytes:
    """The frame with « ; » and decimal commas, in UTF-8 with its mark; `passport` lines come first, after #.

    Texts of others never become formulas: an apostrophe is put before what would.
    """
    safe = frame.map(_harmless)
    head = "".join(f"# {' '.join(line.split())}\n" for line in passport)
    body: str = safe.to_csv(sep=";", decimal=",", index=False, lineterminator="\n")
    return (head + body).encode("utf-8-sig")


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
