"""Explaining in French what the coder read in a text, and why."""

from dashboard.coding.countries import name_of
from dashboard.coding.plover import EVENT_TYPES
from dashboard.coding.reading import read


def explain(text: str) -> str:
    """A French account of the mentions and events of `text`."""
    lines = []
    for sentence in read(text):
        lines.append(sentence.text)
        lines += [f"  {m.form} → {name_of(m.country)} ({m.kind.value})" for m in sentence.mentions]
        lines += [
            f"  {name_of(e.source)} {EVENT_TYPES[e.type].verb} {name_of(e.target)} : {e.score:+.1f}"
            for e in sentence.events
        ]
    return "\n".join(lines)
