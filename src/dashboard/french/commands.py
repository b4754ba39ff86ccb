"""The French of the command line's own words: usage, errors, « --help »."""

import gettext
import os
from pathlib import Path

LOCALES = Path(__file__).with_name("locales")


def speak_french() -> None:
    """Let gettext, by which click words its messages, find our French; to be called first of all."""
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("messages", str(LOCALES))
