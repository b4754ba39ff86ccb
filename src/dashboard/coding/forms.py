"""One way of naming a country, as a line of the lists states it."""

from dataclasses import dataclass
from datetime import date

from dashboard.coding.records import MentionKind

MASK = "-"
_ACRONYM = 4


@dataclass(frozen=True, slots=True)
class Form:
    """One way of naming a country; `code` is « - » for a mask, which names none."""

    text: str
    code: str
    kind: MentionKind
    since: date
    until: date

    def fits(self, written: str) -> bool:
        """Whether capitals are where this form wants them."""
        if not self.text[0].isupper():
            return True
        if len(self.text) <= _ACRONYM and self.text.isupper():
            return written.isupper()
        return written[0].isupper()
