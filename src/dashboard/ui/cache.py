"""The only memory of the screens: answers, each kept with the snapshot on which it was counted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from dashboard.corpus import snapshots
from dashboard.corpus.read import Corpus
from dashboard.settings import corpus_folder

Answer = TypeVar("Answer")


def corpus() -> Corpus:
    """The published corpus; opened again when a new snapshot was published. Raises CorpusMissing."""
    return _open(str(snapshots.current(corpus_folder()).resolve()))


def ask(question: Callable[..., Answer], *arguments: Any, **named: Any) -> Answer:
    """Answer `question(corpus, …)`, from memory if the corpus has not changed."""
    current = corpus()
    name = f"{question.__module__}.{question.__qualname__}"
    answer: Answer = _answer(name, str(current.path), arguments, named, question, current)
    return answer


def picture(draw: Callable[[pd.DataFrame, str], str], frame: pd.DataFrame, by: str) -> str:
    """What `draw` makes of the column `by` of a frame, from memory if it was drawn before."""
    drawn: str = _picture(f"{draw.__module__}.{draw.__qualname__}", frame, by, draw)
    return drawn


@st.cache_resource(max_entries=2, show_spinner=False, on_release=lambda opened: opened.close())
def _open(path: str) -> Corpus:
    return Corpus(Path(path))


# Arguments that start with an underscore are not part of the key.
@st.cache_data(max_entries=1_000, show_spinner=False)
def _answer(
    name: str,  # noqa: ARG001  (this and the next are there for the key)
    path: str,  # noqa: ARG001
    arguments: tuple[Any, ...],
    named: dict[str, Any],
    _question: Callable[..., Any],
    _corpus: Corpus,
) -> Any:
    return _question(_corpus, *arguments, **named)


@st.cache_data(max_entries=200, show_spinner=False)
def _picture(name: str, frame: pd.DataFrame, by: str, _draw: Callable[[pd.DataFrame, str], str]) -> str:  # noqa: ARG001
    return _draw(frame, by)
