"""Text of others in places where Streamlit reads Markdown."""

import re

# No-break spaces stay: French puts them before its double marks.
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
# Every ASCII mark of punctuation can be escaped in CommonMark (section 2.4), and the backslash undoes most of
# Streamlit's shortcodes too (« :red[…] », « :smile: »).
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# What Streamlit still reads in the text once its backslashes are gone: addresses become links,
# « :streamlit: » its emblem, « -> » an arrow. A word joiner, which no reader sees, keeps them apart.
_READ_LATER = re.compile(
    r"https?(?=://)|www(?=\.)|(?=@)|:(?=streamlit:)|(?<!\S)[-<>~](?=(?:->|[->=])(?!\S))", re.IGNORECASE
)
WORD_JOINER = "\u2060"


def md(text: str) -> str:
    """The text such that Markdown shows it as it is, on one line."""
    one_line = _SPACES.sub(" ", text).strip()
    return _PUNCTUATION.sub(r"\\\1", _READ_LATER.sub(rf"\g<0>{WORD_JOINER}", one_line))
