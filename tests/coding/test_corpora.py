"""Labels point into articles of corpora as these are published: feeds, lists, captured pages, JSON lines."""

import gzip
import json
from pathlib import Path

from dashboard.coding.corpora import articles_of
from dashboard.coding.labelled import resolved

TITLE, LEAD = "Paris rappelle son ambassadeur", "Le Quai d’Orsay proteste contre Ankara."
BODY = "Menu   Berne reçoit Vienne. Berne en parle."
NO_RELATION: list[object] = []


def feeds_by_month(folder: Path) -> Path:
    file = folder / "flux.xml"
    entry = f"<article><title> {TITLE}</title><description>{LEAD}</description></article>"
    file.write_text(f'<category><date month="Mar" day="4">{entry}</date></category>', encoding="utf-8")
    return file


def feeds(folder: Path) -> Path:
    file = folder / "flux.json"
    entry = {"date": "Sat, 15 Feb 2025 23:11:55 +0100", "title": TITLE, "description": None}
    file.write_text(json.dumps([entry]), encoding="utf-8")
    return file


def pages(folder: Path) -> Path:
    file = folder / "pages.txt"
    first = f'<article-nb="2022/03/15/19-4">\n<filname="SURF-4"> ¤ {LEAD}\n<filname="PROF-4"> ¤ {BODY}\n'
    without_body = '<article-nb="2022/03/15/19-5">\n<filname="SURF-5"> ¤ Rien.\n'
    last = f'<article-nb="2022/03/15/19-6">\n<filname="PROF-6"> ¤ {BODY}'
    file.write_text(first + without_body + last, encoding="utf-8")
    return file


def test_feeds_by_month_give_title_lead_and_day(tmp_path: Path) -> None:
    (article,) = articles_of(feeds_by_month(tmp_path))
    assert (article["published"], article["title"], article["lead"]) == ("2022-03-04", TITLE, LEAD)


def test_an_entry_keeps_its_id_whatever_comes_before_it_and_on_whatever_day(tmp_path: Path) -> None:
    alone = feeds_by_month(tmp_path)
    text = alone.read_text(encoding="utf-8")
    other = '<date month="Jan" day="9"><article><title>Autre</title></article></date>'
    later = text.replace('<date month="Mar" day="4">', other + '<date month="Dec" day="1">')
    anew = tmp_path / "anew.xml"
    anew.write_text(later, encoding="utf-8")
    assert [entry["id"] for entry in articles_of(alone)] == ["lm22-8fc98641e27d"]
    assert [entry["id"] for entry in articles_of(anew)][1:] == ["lm22-8fc98641e27d"]
    assert [entry["id"] for entry in articles_of(feeds(tmp_path))] == ["rss25-8d000ed50baa"]


def test_a_list_of_feeds_bears_entries_without_a_lead(tmp_path: Path) -> None:
    (article,) = articles_of(feeds(tmp_path))
    assert (article["published"], article["title"], article["lead"]) == ("2025-02-15", TITLE, "")


def test_captured_pages_give_their_body_and_pages_without_one_nothing(tmp_path: Path) -> None:
    article, last = articles_of(pages(tmp_path))
    assert article == {"id": "lmp-20220315-4", "published": "2022-03-15", "text": BODY}
    assert last == article | {"id": "lmp-20220315-6"}


def test_json_lines_are_read_gzipped_or_not(tmp_path: Path) -> None:
    line = json.dumps({"id": "1", "date": "2026-01-02", "text": BODY}) + "\n"
    plain, packed = tmp_path / "a.jsonl", tmp_path / "a.jsonl.gz"
    plain.write_text(line, encoding="utf-8")
    packed.write_bytes(gzip.compress(line.encode()))
    assert list(articles_of(plain)) == list(articles_of(packed))


def test_of_an_article_told_twice_the_first_counts(tmp_path: Path) -> None:
    for name, text in (("a", "Berne se tait."), ("b", "Vienne se tait.")):
        (tmp_path / name).write_text(json.dumps({"id": "1", "date": "2026-01-02", "text": text}))
    label = {"article": "1", "field": "text", "start": 0, "end": 5, "relations": NO_RELATION}
    (found,) = resolved([label], [tmp_path / "a", tmp_path / "b"])
    assert found["text"] == "Berne"


def test_a_label_finds_its_sentence_and_one_without_its_article_is_left_out(tmp_path: Path) -> None:
    start = BODY.index("Berne")
    label = {"field": "text", "start": start, "end": start + 20, "relations": NO_RELATION}
    known, lost = {**label, "article": "lmp-20220315-4"}, {**label, "article": "lmp-20220315-9"}
    (found,) = resolved([known, lost], [pages(tmp_path)])
    assert found["text"] == "Berne reçoit Vienne."
    assert found["date"] == "2022-03-15"
