"""The frame around every page: style, shared filters, the sentence that says what is on the screen."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import NoReturn

import streamlit as st

from dashboard.analysis import facets as questions
from dashboard.analysis.facets import Facets
from dashboard.errors import VigieError
from dashboard.french import sentences
from dashboard.french.formats import counted
from dashboard.query import QuerySyntaxError
from dashboard.selection import Selection
from dashboard.ui import cache, chips, chrome, links, sidebar
from dashboard.ui.escaping import md

log = logging.getLogger("vigie")

STYLE = Path(__file__).with_name("style.css")
UNFORESEEN = (
    "Cette page a rencontré une erreur imprévue\u00a0; elle est consignée dans le journal du serveur. "
    "Vos filtres sont intacts\u00a0: essayez une autre page ou rechargez celle-ci."
)
CHRONICLE, ARTIFICIAL = "Chronique Vigie", "Corpus artificiel"
LOGO = Path(__file__).with_name("vigie.svg")
# A file of ours: the browser would fetch a « :material/…: » icon of a tab from another machine.
TAB = Path(__file__).with_name("tab.svg")
FIRST_PAGE = "pages/panorama.py"
LINK_READ = "_link_read"
NOTICES = "_notices"


@dataclass(frozen=True)
class View:
    """What a page needs of the frame: the selection, its size, the names of countries, the snapshot."""

    selection: Selection
    articles: int
    undated: int
    names: Mapping[str, str]
    snapshot: str
    first_day: date | None
    last_day: date | None
    demonstration: bool
    artificial: bool

    @property
    def sentence(self) -> str:
        """The selection in words, with its number of articles."""
        return sentences.selection(self.selection, articles=self.articles, names=self.names)

    @property
    def filters(self) -> str:
        """The selection in words, without its size."""
        return sentences.SEPARATOR.join(sentences.filters(self.selection, self.names))


def open_page() -> None:
    """What every page of the site has, before anything is known of the corpus."""
    st.set_page_config(page_title="Vigie", page_icon=str(TAB), layout="wide")
    st.logo(str(LOGO), size="large")
    st.html(STYLE)
    with st.container(gap=None):
        chrome.speak_french()
        chrome.let_figures_scroll()


def to_first_page() -> None:
    """The bare address leads to the first page; a default page would not answer to its own name."""
    st.switch_page(FIRST_PAGE)


def read_link() -> None:
    """Once per visit and before any filter is drawn: mend the link, or rerun with the mended one."""
    if LINK_READ in st.session_state:
        return
    raw = {name: st.query_params.get_all(name) for name in st.query_params}
    mended, notices = links.canonical(raw, cache.ask(questions.facets))
    st.session_state[LINK_READ] = True
    st.session_state[NOTICES] = notices
    if mended != raw:
        st.query_params.from_dict(mended)
        st.rerun()


def filters() -> None:
    """The shared filters, and what was lost of a damaged link."""
    sidebar.show(cache.ask(questions.facets))
    for notice in st.session_state.pop(NOTICES, ()):
        st.warning(md(notice), icon=":material/link_off:")


def view() -> View:
    """The selection in force and its size; a page asks for it first."""
    corpus = cache.corpus()
    facets: Facets = cache.ask(questions.facets)
    chosen = sidebar.chosen(facets)
    size = cache.ask(questions.size, chosen)
    return View(
        selection=chosen.resolved(corpus.last_day),
        articles=int(size["articles"]),
        undated=int(size["undated"]),
        names=cache.ask(questions.country_names),
        snapshot=corpus.snapshot,
        first_day=corpus.first_day,
        last_day=corpus.last_day,
        demonstration=CHRONICLE in facets.sources,
        artificial=ARTIFICIAL in facets.sources,
    )


def head(title: str, seen: View) -> None:
    """The title of the page and, below it, what is being looked at."""
    chrome.remember(seen.snapshot)
    st.title(title, anchor=False)
    st.html(f'<p class="vigie-selection">{escape(seen.sentence)}</p>')
    chips.show()
    if seen.demonstration:
        st.caption(
            "Chronique de démonstration\u00a0: des faits réels et datés, racontés en quelques phrases "
            "écrites pour Vigie. Ce n’est pas un relevé de presse."
        )
    if seen.artificial:
        st.warning("Corpus artificiel\u00a0: ces articles sont tirés au sort et ne disent rien de vrai.")


class PageEnds(Exception):
    """A page has said all that there is to say; the frame goes on, as it would not after `st.stop()`."""


@contextmanager
def at_work() -> Iterator[None]:
    """While a page runs, to its end or until it calls `end`.

    When that takes more than a moment a sign stands in the corner of the screen; nothing moves for it.
    """
    with st.container(key="travail").spinner("Calcul en cours…"), suppress(PageEnds):
        yield


def end(sentence: str) -> NoReturn:
    """End the page with what there is to say in place of its figures."""
    st.info(sentence, icon=":material/search_off:")
    raise PageEnds


@contextmanager
def explained() -> Iterator[None]:
    """The one place that shows failures: a sentence for the reader, the detail for the log."""
    try:
        yield
    except VigieError as error:
        log.warning("%s (%s)", error, error.detail)
        st.error(md(str(error)), icon=":material/error:")
        if isinstance(error, QuerySyntaxError):
            st.code(error.pointer(), language=None)
    except Exception:
        log.exception("unforeseen")
        st.error(UNFORESEEN, icon=":material/error:")


def stop_when_empty(seen: View) -> None:
    """End the page with a sentence when the selection holds no article."""
    if not seen.articles:
        end("Aucun article ne correspond à ces filtres. Élargissez la période ou retirez un filtre.")


def tell_undated(seen: View) -> None:
    """How many articles of the selection have no day and are therefore on no curve."""
    if seen.undated:
        verb = "est sans date et reste" if seen.undated == 1 else "sont sans date et restent"
        st.caption(f"{counted(seen.undated, 'article')} de la sélection {verb} hors des courbes.")
