"""Articles on the same subject."""

from pathlib import Path

from dashboard.analysis import similar
from tiny_corpus import tiny_corpus

SUBJECTS = {
    "gazoduc": "Le gazoduc Nordica fuit au large de Rügen, la compagnie Baltgaz ferme les vannes de Lubmin.",
    "pêche": "Les chalutiers de Saint-Malo protestent contre les quotas de maquereau fixés à Bruxelles.",
    "volcan": "Le volcan Fagradal crache des cendres, les avions contournent Reykjavik et Keflavik.",
}
FILLERS = [f"Le conseil numéro {number} se réunit sans rien décider de nouveau." for number in range(12)]


def test_the_nearest_article_is_the_one_on_the_same_subject(tmp_path: Path):
    again = "La fuite du gazoduc Nordica est colmatée, Baltgaz rouvre les vannes de Lubmin près de Rügen."
    texts = [*SUBJECTS.values(), again, *FILLERS]
    corpus = tiny_corpus(tmp_path, [{"title": "t", "text": text} for text in texts])
    assert similar.nearest(corpus, 1, 3)["article_id"].tolist() == [4]


def test_an_article_alone_with_its_subject_has_no_neighbour(tmp_path: Path):
    corpus = tiny_corpus(tmp_path, [{"text": text} for text in [*SUBJECTS.values(), *FILLERS]])
    assert similar.nearest(corpus, 2, 3).empty
