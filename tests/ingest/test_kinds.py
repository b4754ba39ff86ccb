import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.errors import InputRefused
from dashboard.ingest.article import Article
from dashboard.ingest.kinds import Kind, read_file, recognise

FEED = b'<rss version="2.0"><channel><item><title>Un</title><link>http://a.example/1</link></item></channel></rss>'
PAGE = (
    b'<html><body class="single"><article><h1>Un</h1><div class="entry-content"><p>Texte.</p></div></article>'
)
ARCHIVE = b'<html><body class="archive"><article><h2><a href="http://a.example/1">Un</a></h2><p>a</p></article></body>'
WXR = b"""<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>Un</title><wp:post_id>1</wp:post_id>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_password/></item></channel></rss>"""
CSV = "titre;texte\nUn;Texte.\n".encode("cp1252")
JSONL = json.dumps({"titre": "Un", "texte": "Texte."}).encode() + b"\n"

CASES = [
    ("a.xml", FEED, Kind.FEED),
    ("a.txt", b"\xef\xbb\xbf\n" + FEED, Kind.FEED),
    ("a.php", b"<br />\n<b>Notice</b>: x\n" + FEED, Kind.FEED),
    ("a.xml", b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>', Kind.FEED),
    ("a.xml", b'<rdf:RDF xmlns:rdf="x"></rdf:RDF>', Kind.FEED),
    ("a.xml", WXR, Kind.WXR),
    ("a.xml", b"<opml><body/></opml>", Kind.OPML),
    ("a.txt", PAGE, Kind.PAGE),
    ("a.html", b"<!DOCTYPE html>\n" + ARCHIVE, Kind.ARCHIVE),
    ("a.dat", CSV, Kind.CSV),
    ("a.csv.gz", gzip.compress(CSV, mtime=0), Kind.CSV),
    ("a.dat", JSONL, Kind.JSON),
    ("a.gz", gzip.compress(JSONL, mtime=0), Kind.JSON),
    ("a.json", b'[\n {"titre": "Un"}]', Kind.JSON),
    ("a.txt", "Le Kremlin a confirmé lundi 19 janvier 2026 la rencontre.".encode(), Kind.CAPTURE),
    ("a.html", b"Un texte, sans balise ; avec des virgules.", Kind.CAPTURE),
    ("a.txt", "[Vidéo] Le sommet, en trois dates".encode(), Kind.CAPTURE),
    ("a.txt", "Titre, texte : ce que dit l’accord\n\nMoscou accuse.".encode(), Kind.CAPTURE),
]


@pytest.mark.parametrize(("name", "data", "kind"), CASES)
def test_a_file_is_known_by_its_content_not_by_its_name(tmp_path, name, data, kind):
    path = tmp_path / name
    path.write_bytes(data)
    assert recognise(path) is kind


def test_a_parquet_file_is_known(tmp_path):
    path = tmp_path / "a.bin"
    pq.write_table(pa.table({"titre": ["Un"], "texte": ["Texte."]}), path)
    assert recognise(path) is Kind.PARQUET
    assert [piece.title for piece in read_file(path)] == ["Un"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t",
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"%PDF-1.7",
        b"PK\x03\x04",
        bytes(range(256)) * 9,
        b"\x7fELF\x02\x00",
    ],
)
def test_what_is_not_read_is_refused_by_name_in_one_line(tmp_path, data):
    path = tmp_path / "image.txt"
    path.write_bytes(data)
    with pytest.raises(InputRefused, match=r"image\.txt") as raised:
        recognise(path)
    assert "\n" not in str(raised.value)


def test_what_is_missing_a_folder_or_a_sitemap_is_refused_by_name(tmp_path):
    (tmp_path / "plan.xml").write_bytes(b"<urlset></urlset>")
    for path in (tmp_path / "absent", tmp_path, tmp_path / "plan.xml"):
        with pytest.raises(InputRefused, match=path.name):
            recognise(path)


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, data, _ in CASES[:14] if b"Un" in data])
def test_every_kind_is_read_by_its_reader(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    [piece] = read_file(path, source="essai")
    assert isinstance(piece, Article)
    assert (piece.source, piece.title) == ("essai", "Un")


def test_the_source_is_the_name_of_the_file_unless_it_is_given(tmp_path):
    path = tmp_path / "revue.jsonl.gz"
    path.write_bytes(gzip.compress(JSONL, mtime=0))
    assert [piece.source for piece in read_file(path)] == ["revue"]


def test_a_list_of_feeds_is_no_file_of_articles(tmp_path):
    path = tmp_path / "flux.opml"
    path.write_bytes(b"<opml><body/></opml>")
    with pytest.raises(InputRefused, match="liste de flux"):
        read_file(path)


def test_real_captures_are_known(shared):
    assert {recognise(path) for path in (shared / "seeds").glob("*.txt")} == {Kind.CAPTURE}
