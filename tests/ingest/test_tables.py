import csv
import gzip
import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.errors import InputRefused
from dashboard.ingest import run
from dashboard.ingest.article import Article, Refused
from dashboard.ingest.mapping import chosen_mapping, guess_mapping, mapping_lines
from dashboard.ingest.pieces import NotPublic
from dashboard.ingest.readings import Input, Reading
from dashboard.ingest.tables import read_table, table_columns

COLUMNS = ("Titre", "Contenu", "Date", "Lien", "Mots-clés")
ROWS = [
    dict(zip(COLUMNS, row, strict=True))
    for row in [
        ("Un", "Texte un.", "2024-01-02", "https://a.example/1", "otan; russie"),
        ("Deux", "<p>Texte</p><p>deux.</p>", "03/02/2024", "https://a.example/2", ""),
    ]
]


def written(folder, name, rows=ROWS):
    path = folder / name
    if name.endswith(".parquet"):
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif ".csv" in name:
        with path.open("w", newline="", encoding="utf-8") as stream:
            table = csv.DictWriter(stream, list(rows[0]), delimiter=";")
            table.writeheader()
            table.writerows(rows)
    else:
        lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
        path.write_bytes(gzip.compress(lines) if name.endswith(".gz") else lines)
    return path


def pieces(path, **options):
    return list(read_table(path, source="essai", **options))


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.jsonl.gz", "a.parquet"])
def test_the_same_rows_are_the_same_articles_in_every_format(tmp_path, name):
    first, second = pieces(written(tmp_path, name))
    assert (first.title, first.text, first.url) == ("Un", "Texte un.", "https://a.example/1")
    assert first.source_key == "a.example/1"
    assert first.tags == ("otan", "russie")
    assert first.published.day == date(2024, 1, 2)
    assert first.published.basis == "colonne «\u00a0Date\u00a0»"
    assert second.text == "Texte\n\ndeux."
    assert second.published.day == date(2024, 2, 3)


def test_columns_are_guessed_in_french_and_english_and_shown():
    columns = [
        "GUID",
        "headline",
        "Corps",
        "chapô",
        "Date de publication",
        "Auteur",
        "Rubrique",
        "Étiquettes",
        "x",
    ]
    mapping = guess_mapping(columns)
    assert mapping == {
        "id": "GUID",
        "title": "headline",
        "text": "Corps",
        "lead": "chapô",
        "published": "Date de publication",
        "author": "Auteur",
        "section": "Rubrique",
        "tags": "Étiquettes",
    }
    lines = mapping_lines(mapping, columns)
    assert "titre ← colonne «\u00a0headline\u00a0»" in lines
    assert lines[-1] == "colonnes non lues\u00a0: x"


def test_the_guess_can_be_corrected_and_a_field_left_out(tmp_path):
    path = written(tmp_path, "a.csv", [{"titre": "Un", "resume": "Court.", "corps_long": "Long."}])
    [piece] = pieces(path, mapping={"text": "corps_long", "lead": ""})
    assert (piece.text, piece.lead) == ("Long.", "")
    assert table_columns(path) == ["titre", "resume", "corps_long"]


@pytest.mark.parametrize("wrong", [{"text": "absente"}, {"couleur": "titre"}])
def test_a_wrong_correction_names_what_there_is(wrong):
    with pytest.raises(InputRefused, match=r"colonne|Champs"):
        chosen_mapping(["titre", "texte"], wrong)


def test_a_table_without_title_or_text_is_refused_with_its_columns(tmp_path):
    with pytest.raises(InputRefused, match="a, b"):
        pieces(written(tmp_path, "a.csv", [{"a": 1, "b": 2}]))


def test_bad_csv_rows_are_refused_one_by_one_and_the_others_go_in(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        'titre;texte;date\nUn;a;2024-01-01\n"Ouvert;b;2024-01-02\nTrois;c;2024-01-03\nQuatre;d\n'
        '"Cinq ""cité""\nsuite";e;2024-01-05\nSix;f;2024-01-06;g\nSept;h;2024-01-07\n;;2024-01-08\n'
    )
    found = pieces(path)
    assert [p.title for p in found if isinstance(p, Article)] == ["Un", "Trois", 'Cinq "cité" suite', "Sept"]
    refused = [(p.where, p.reason) for p in found if isinstance(p, Refused)]
    assert refused == [
        ("a.csv, ligne 3", "guillemets mal fermés"),
        ("a.csv, ligne 5", "2 colonnes au lieu de 3"),
        ("a.csv, ligne 8", "4 colonnes au lieu de 3"),
        ("a.csv, ligne 10", "ni titre ni texte"),
    ]


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t"), ("cp1252", "|")],
)
def test_csv_characters_and_separators_are_found(tmp_path, encoding, separator):
    path = tmp_path / "a.csv"
    lines = [["titre", "texte", "date"], ["Été", "L’été à Kiev… déjà", "2024-01-01"]]
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    [piece] = pieces(path)
    assert (piece.title, piece.text) == ("Été", "L’été à Kiev… déjà")


def test_a_json_line_is_cut_at_line_feeds_only(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"titre": "Un\u0085deux", "texte": "a\u2028b"}\n'.encode())
    [piece] = pieces(path)
    assert isinstance(piece, Article)


def test_bad_json_lines_are_refused_with_their_number(tmp_path):
    path = tmp_path / "a.jsonl"
    good = '{"titre": "Un", "texte": "\\ud800 a"}\n'
    path.write_text(good + '{"titre": \n[1]\n\nnull\n' + "[" * 10_000 + "\n" + good)
    found = pieces(path)
    assert sum(isinstance(p, Article) for p in found) == 2
    assert [p.where for p in found if isinstance(p, Refused)] == [f"a.jsonl, ligne {n}" for n in (2, 3, 5, 6)]
    found[0].text.encode()


def test_a_saved_answer_of_the_wordpress_api_keeps_the_numbers_of_its_posts(tmp_path):
    hidden = {"id": 8, "title": {"rendered": "CANARI"}, "content": {"rendered": "", "protected": True}}
    shown = {
        "id": 7,
        "title": {"rendered": "L&rsquo;Iran"},
        "content": {"rendered": "<p>Texte.</p>"},
        "tags": [3],
    }
    path = tmp_path / "posts.json"
    path.write_text(json.dumps([shown, hidden]))
    first, second = pieces(path)
    assert (first.source_key, first.title, first.tags) == ("7", "L’Iran", ())
    assert isinstance(second, NotPublic)


def test_a_damaged_parquet_or_gzip_file_is_one_clear_refusal(tmp_path):
    path = written(tmp_path, "a.parquet")
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(InputRefused, match="abîmé"):
        pieces(path)
    packed = written(tmp_path, "a.jsonl.gz")
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(InputRefused, match="abîmée"):
        pieces(packed)


def test_a_gzip_bomb_is_refused(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"titre":"a"}\n' + bytes(120_000_000)))
    with pytest.raises(InputRefused, match="enfle"):
        pieces(path)


def test_traps_in_cells_are_disarmed(tmp_path):
    row = {
        "titre": '=HYPERLINK("x")',
        "texte": "a",
        "url": "javascript:alert(1)",
        "auteur": "moi@presse.example",
    }
    [piece] = pieces(
        written(tmp_path, "a.jsonl", [{**row, "tags": ["x" * 200] * 2 + [str(n) for n in range(80)]}])
    )
    assert piece.url is None
    assert piece.author is None
    assert len(piece.tags) == 50
    assert max(map(len, piece.tags)) == 80


def test_a_text_that_is_too_long_is_refused_not_cut(tmp_path):
    [piece] = pieces(written(tmp_path, "a.jsonl", [{"titre": "Un", "texte": "a " * 300_000}]))
    assert isinstance(piece, Refused)
    assert len(piece.raw) == 10_000


def test_the_public_corpus_goes_in_whole_without_any_mapping(shared):
    found = pieces(shared / "corpora" / "orange_monde.jsonl.gz")
    assert len(found) == 4068
    assert all(isinstance(piece, Article) and piece.published.day for piece in found)
    assert len({piece.source_key for piece in found}) == 4068


BARE = [
    {"Titre": f"Titre {n}", "Contenu": f"Texte {n}." if n < 3 else "", "Quand": f"2024-01-0{n}",
     "Ref": f"r{n}", "Lien": f"https://a.example/{n}", "Sujet": "gaz"}
    for n in (1, 2, 3)
]  # fmt: skip


def ingested(folder, columns, mapping=None, rows=BARE):
    """What a run makes of a table that has these columns of the rows."""
    path = written(folder, "a.csv", [{name: row[name] for name in columns} for row in rows])
    opened = Reading("tableau CSV", read_table(path, source="essai", mapping=mapping), complete=True)
    report = run.ingest(folder / "corpus", [Input("a.csv", lambda: opened)], reason="essai")
    return report.new, report.changed, report.unchanged


@pytest.mark.parametrize(
    ("columns", "mapping"),
    [
        (["Titre", "Contenu", "Quand", "Sujet"], {"tags": "Sujet"}),
        (["Titre", "Contenu", "Quand"], {"published": "Quand"}),
        (["Quand", "Contenu", "Titre", "Ref"], {"id": "Ref"}),
        (["Titre", "Contenu", "Quand", "Lien"], {"published": "Quand"}),
        (["Titre", "Contenu", "Quand", "Sujet"], {"title": "Contenu", "text": "Sujet"}),
    ],
)
def test_a_table_without_numbers_read_again_with_other_columns_is_corrected_not_doubled(
    tmp_path, columns, mapping
):
    assert ingested(tmp_path, ["Titre", "Contenu", "Quand"]) == (3, 0, 0)
    assert ingested(tmp_path, columns, mapping)[0] == 0
    assert ingested(tmp_path, columns, mapping) == (0, 0, 3)


def test_a_table_read_again_as_it_was_changes_nothing_whatever_it_is_keyed_by(tmp_path):
    for columns in (["Titre", "Contenu"], ["Titre", "Ref", "Contenu"], ["Titre", "Lien"]):
        folder = tmp_path / "-".join(columns)
        folder.mkdir()
        assert ingested(folder, columns, {"id": "Ref"} if "Ref" in columns else None) == (3, 0, 0)
        assert ingested(folder, columns, {"id": "Ref"} if "Ref" in columns else None) == (0, 0, 3)


def test_articles_of_one_title_and_several_days_stay_apart_once_their_days_are_read(tmp_path):
    rows = [{**BARE[2], "Titre": "Revue de presse", "Quand": f"2024-01-0{day}"} for day in (1, 2, 3)]
    assert ingested(tmp_path, ["Titre", "Quand"], rows=rows)[0] == 1  # told apart by nothing
    dated = {"published": "Quand"}
    assert ingested(tmp_path, ["Titre", "Quand"], dated, rows)[:2] == (2, 1)
    for order in (rows, rows[::-1]):
        assert ingested(tmp_path, ["Titre", "Quand"], dated, order) == (0, 0, 3)
    later = {**rows[0], "Quand": "2024-01-09"}
    assert ingested(tmp_path, ["Titre", "Quand"], dated, [later, *rows[1:]]) == (1, 0, 2)
