"""What happened since an earlier snapshot: a frozen link can say it."""

from pathlib import Path

from dashboard.analysis import history
from dashboard.analysis.history import Since
from dashboard.corpus.read import open_current
from dashboard.ingest import run
from dashboard.ingest.article import Article
from dashboard.ingest.readings import Input, Reading
from dashboard.selection import Selection


def read(folder: Path, *articles: Article) -> None:
    opened = Reading("essai", articles, complete=True)
    run.ingest(folder, [Input("essai", lambda: opened)], reason="essai")


def article(key: str, text: str, tag: str) -> Article:
    return Article("site", key, f"Titre {key}", text, tags=(tag,))


def test_added_and_corrected_articles_of_the_selection_are_counted(tmp_path: Path):
    read(tmp_path, article("1", "Un premier texte.", "a"), article("2", "Un deuxième texte.", "b"))
    read(tmp_path, article("1", "Un premier texte, corrigé.", "a"), article("3", "Un troisième texte.", "a"))
    corpus = open_current(tmp_path)
    assert history.since(corpus, Selection(), 1) == Since(added=1, changed=1, removed=0)
    assert history.since(corpus, Selection(tags=("b",)), 1) == Since(added=0, changed=0, removed=0)
    assert history.since(corpus, Selection(), 2) == Since(added=0, changed=0, removed=0)


def test_a_state_of_another_corpus_is_told_from_one_of_ours(tmp_path: Path):
    read(tmp_path, article("1", "Un premier texte.", "a"))
    corpus = open_current(tmp_path)
    assert history.is_ours(corpus, corpus.snapshot)
    assert not history.is_ours(corpus, "1-zzzzzz")
