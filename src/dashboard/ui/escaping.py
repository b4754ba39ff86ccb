"""Text of others in places where Streamlit reads Markdown."""

import re

# Every ASCII mark of punctuation can be escaped in CommonMark (section 2.4); Streamlit's own shortcodes
# (« :red[…] », « :smile: ») and automatic links are undone by the same backslash.
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def md(text: str) -> str:
    """The text such that Markdown shows it as it is, on one line."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
