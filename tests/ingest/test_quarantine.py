"""What was refused can be looked at, once, until its file is read without it."""

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest

from dashboard.corpus import snapshots
from dashboard.corpus.read import open_current
from dashboard.corpus.write import staging
from dashboard.errors import CorpusMissing
from dashboard.ingest import quarantine, run
from dashboard.ingest.article import Refused
from dashboard.ingest.fetching import Fetcher
from dashboard.ingest.inputs import inputs_of
from dashboard.ingest.readings import Report

GOOD = b"id,title\n1,Un titre\n"


def read(corpus: Path, *files: Path, source: str | None = None) -> Report:
    with Fetcher() as fetcher:
        given = inputs_of([str(file) for file in files], source=source, fetcher=fetcher)
        return run.ingest(corpus, given, reason="essai")


def refused(corpus: Path) -> list[tuple[str, str]]:
    opened = open_current(corpus)
    found = opened.query("SELECT source, place FROM refusal ORDER BY ALL")
    opened.close()
    return [(row.source, row.place) for row in found.itertuples()]


def written(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def test_the_same_refusal_is_kept_once(tmp_path: Path):
    refusal = Refused("site", "export.csv, ligne 3", "ni titre ni texte", "x" * 20_000)
    for expected in (True, False):
        with staging(tmp_path, reason="essai", coder="0") as change:
            quarantine.keep(change, [refusal, refusal])
            assert change.changed is expected
    found = open_current(tmp_path).query("SELECT * FROM refusal")
    assert len(found) == 1
    assert len(found["raw"].iloc[0]) == 10_000


@pytest.mark.parametrize(
    ("name", "data", "shown"),
    [
        ("vide.csv", b"", ""),
        ("rapport.pdf", b"%PDF-1.7 \x00\x01\xff", "%PDF-1.7"),
        ("colonnes.csv", b"nom;prix\nble;3\n", "nom;prix\nble;3"),
        ("plan.xml", b'<?xml version="1.0"?><urlset><url/></urlset>', '<?xml version="1.0"?><urlset>'),
    ],
)
def test_a_file_that_is_refused_whole_is_kept_once_with_its_reason_and_its_beginning(
    tmp_path: Path, name: str, data: bytes, shown: str
):
    files = written(tmp_path / "in", {name: data, "bon.csv": GOOD})
    told = read(tmp_path / "corpus", *files).failures
    opened = open_current(tmp_path / "corpus")
    [row] = opened.query("SELECT source, place, reason, raw FROM refusal").to_dict("records")
    assert (row["source"], row["place"], [row["reason"]]) == (name.partition(".")[0], name, told)
    assert row["raw"].startswith(shown)
    assert bool(row["raw"]) is bool(shown)
    before = snapshots.current(tmp_path / "corpus")
    assert read(tmp_path / "corpus", *files).failures == told
    assert snapshots.current(tmp_path / "corpus") == before


def test_no_more_than_the_beginning_of_a_long_file_is_kept(tmp_path: Path):
    [long] = written(tmp_path / "in", {"x.csv": b"nom;prix\n" + b"ble;3\n" * 10_000})
    read(tmp_path / "corpus", long)
    assert len(open_current(tmp_path / "corpus").query("SELECT raw FROM refusal")["raw"].iloc[0]) <= 500


def test_a_refused_file_that_is_mended_and_read_is_refused_no_more(tmp_path: Path):
    bad, other = written(tmp_path / "in", {"revue.csv": b"", "autre.csv": b""})
    read(tmp_path / "corpus", bad, other, source="Revue")
    assert refused(tmp_path / "corpus") == [("Revue", "autre.csv"), ("Revue", "revue.csv")]
    bad.write_bytes(GOOD)
    read(tmp_path / "corpus", bad, source="Revue")
    assert refused(tmp_path / "corpus") == [("Revue", "autre.csv")]


def test_a_refused_line_that_is_mended_is_refused_no_more_and_the_others_stay(tmp_path: Path):
    [table] = written(tmp_path / "in", {"revue.csv": b"id,title\n1,Un\n2\n3\n"})
    read(tmp_path / "corpus", table)
    assert [place for _, place in refused(tmp_path / "corpus")] == [
        "revue.csv, ligne 3",
        "revue.csv, ligne 4",
    ]
    table.write_bytes(b"id,title\n1,Un\n2,Deux\n3\n")
    read(tmp_path / "corpus", table)
    assert [place for _, place in refused(tmp_path / "corpus")] == ["revue.csv, ligne 4"]


def test_another_source_with_a_file_of_that_name_takes_no_refusal_away(tmp_path: Path):
    [bad] = written(tmp_path / "one", {"export.csv": b""})
    [good] = written(tmp_path / "two", {"export.csv": GOOD})
    read(tmp_path / "corpus", bad, source="Une")
    read(tmp_path / "corpus", good, source="Autre")
    assert refused(tmp_path / "corpus") == [("Une", "export.csv")]


def test_of_two_files_of_one_name_the_bad_one_stays_refused_in_every_run(tmp_path: Path):
    [bad] = written(tmp_path / "one", {"export.csv": b""})
    [good] = written(tmp_path / "two", {"export.csv": GOOD})
    for _ in range(2):
        read(tmp_path / "corpus", bad, good, source="Revue")
        assert refused(tmp_path / "corpus") == [("Revue", "export.csv")]


def test_a_file_that_breaks_off_keeps_what_it_gave_and_is_refused(tmp_path: Path):
    rows = b"".join(b'{"id": %d, "title": "Titre %d"}\n' % (n, n * 7919) for n in range(20_000))
    [cut] = written(tmp_path / "in", {"export.jsonl.gz": gzip.compress(rows)[:-2_000]})
    report = read(tmp_path / "corpus", cut)
    assert report.new > 0
    assert refused(tmp_path / "corpus") == [("export", "export.jsonl.gz")]


def test_what_is_no_file_is_told_and_leaves_no_trace(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    report = read(tmp_path / "corpus", tmp_path / "empty", tmp_path / "missing.csv")
    assert len(report.failures) == 2
    with pytest.raises(CorpusMissing):
        open_current(tmp_path / "corpus")
