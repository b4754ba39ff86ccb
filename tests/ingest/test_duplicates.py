"""The same dispatch carried by two sources counts once."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.corpus.read import open_current
from dashboard.ingest import run
from dashboard.ingest.article import Article, Published
from dashboard.ingest.readings import Input, Reading

DISPATCH = """
Le ministère des Affaires étrangères a convoqué mardi l’ambassadeur pour protester contre la publication
d’une carte qui place la rivière frontalière du mauvais côté. Le gouvernement voisin parle d’une erreur
d’imprimerie et promet une nouvelle édition avant la fin du mois. Les deux capitales se disputent cette
vallée depuis trente ans et leurs armées y patrouillent chacune de leur côté du fleuve.
"""
OTHER = """
Les négociateurs des deux pays se sont retrouvés à Genève pour parler de pêche. Ils ont promis de se
revoir au printemps et de publier d’ici là les quotas de sardine et de maquereau de chacun.
"""


def article(source: str, key: str, text: str, day: int = 3, **more: object) -> Article:
    published = Published(day=date(2024, 5, day), basis="essai")
    return Article(
        source=source, source_key=key, title="La carte de la rivière", text=text, published=published, **more
    )


def ingested(folder: Path, *articles: Article) -> dict[str, str | None]:
    """What each article is a duplicate of, by source and key, after reading them one after the other."""
    for one in articles:
        given = Input("essai", lambda one=one: Reading("flux", [one], complete=True))
        run.ingest(folder, [given], reason="essai")
    corpus = open_current(folder)
    found = corpus.query(
        "SELECT a.source || '/' || a.source_key AS name, b.source || '/' || b.source_key AS kept "
        "FROM article AS a LEFT JOIN article AS b ON b.article_id = a.duplicate_of ORDER BY 1"
    )
    corpus.close()
    return {row.name: row.kept if isinstance(row.kept, str) else None for row in found.itertuples()}


def test_a_dispatch_met_in_two_sources_counts_once_and_the_first_is_kept(tmp_path):
    slightly_cut = DISPATCH.replace("mardi ", "")
    links = ingested(tmp_path, article("a", "1", DISPATCH), article("b", "9", slightly_cut, day=4))
    assert links == {"a/1": None, "b/9": "a/1"}


def test_two_different_texts_of_the_same_day_both_count(tmp_path):
    assert ingested(tmp_path, article("a", "1", DISPATCH), article("b", "2", OTHER)) == {
        "a/1": None,
        "b/2": None,
    }


def test_the_same_words_a_month_later_are_another_article(tmp_path):
    links = ingested(tmp_path, article("a", "1", DISPATCH, day=1), article("a", "2", DISPATCH, day=28))
    assert links == {"a/1": None, "a/2": None}


def test_a_full_text_takes_the_place_of_the_excerpt_that_came_before(tmp_path):
    excerpt = article("a", "1", DISPATCH[:215], partial=True)
    whole = article("b", "2", DISPATCH + OTHER)
    assert ingested(tmp_path, excerpt, whole) == {"a/1": "b/2", "b/2": None}


def test_a_corrected_text_that_says_something_else_counts_again(tmp_path):
    links = ingested(
        tmp_path, article("a", "1", DISPATCH), article("b", "2", DISPATCH), article("b", "2", OTHER)
    )
    assert links == {"a/1": None, "b/2": None}


def test_three_copies_all_point_to_one(tmp_path):
    copies = [article(source, "1", DISPATCH) for source in "abc"]
    assert ingested(tmp_path, *copies) == {"a/1": None, "b/1": "a/1", "c/1": "a/1"}


def test_a_copy_has_no_copies_of_its_own(tmp_path):
    near = DISPATCH.replace("publication", "parution")
    farther = near.replace("vallée", "plaine")  # near to the copy alone, too far from the text that counts
    links = ingested(
        tmp_path, article("a", "1", DISPATCH), article("b", "1", near), article("c", "1", farther)
    )
    assert links == {"a/1": None, "b/1": "a/1", "c/1": None}


@pytest.mark.parametrize("text", ["", "Sommet de l’Otan à Madrid"], ids=["no text", "a few words"])
def test_short_notices_are_never_taken_for_copies(tmp_path, text):
    assert set(ingested(tmp_path, article("a", "1", text), article("b", "2", text)).values()) == {None}
