"""One row of a table as it was read, or why it could not be."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """`values` by column; none when `problem` (a French reason) is set: `raw` is then the piece itself."""

    where: str
    values: Mapping[str, object] = field(default_factory=dict)
    problem: str = ""
    raw: str = ""
