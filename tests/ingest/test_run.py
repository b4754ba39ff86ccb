"""A run: everything that was read is accounted for, and reading again changes nothing."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.corpus import check as soundness
from dashboard.corpus import snapshots
from dashboard.corpus.index import check
from dashboard.corpus.read import Corpus, open_current
from dashboard.corpus.write import staging
from dashboard.errors import CorpusMissing, InputRefused, WriterBusy
from dashboard.ingest import run
from dashboard.ingest.article import Article, Published, Refused
from dashboard.ingest.pieces import NotPublic, Piece
from dashboard.ingest.readings import Input, Reading, Report

NEWS = [
    Article(
        source="site",
        source_key=str(number),
        title=title,
        text=text,
        tags=("russie",),
        published=Published(day=date(2024, 5, number)),
    )
    for number, (title, text) in enumerate(
        [
            (
                "Moscou expulse deux diplomates britanniques",
                "La Russie a expulsé deux diplomates de Londres.",
            ),
            (
                "Paris et Berlin signent un accord",
                "La France et l’Allemagne ont signé un accord sur l’énergie.",
            ),
            ("Le prix du blé monte", "Les récoltes ont été mauvaises cette année dans plusieurs régions."),
        ],
        start=1,
    )
]
REFUSED = Refused("site", "export.csv, ligne 9", "ni titre ni texte", ";;;")
HIDDEN = NotPublic("site", "42", "brouillon")


def reading(*pieces: Piece, complete: bool = False, address: str = "export.csv") -> Input:
    return Input(address, lambda: Reading("tableau CSV", pieces, complete=complete))


def failing(*before: Piece) -> Input:
    def pieces() -> Iterator[Piece]:
        yield from before
        raise InputRefused("panne.csv\u00a0: fichier illisible.")

    return Input("panne.csv", lambda: Reading("tableau CSV", pieces()))


def ingest(folder: Path, *inputs: Input, instead_of: Collection[str] = ()) -> Report:
    return run.ingest(folder, inputs, reason="essai", instead_of=instead_of)


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.refused, report.not_public


def asked(folder: Path, sql: str) -> list[object]:
    corpus: Corpus = open_current(folder)
    found = corpus.query(sql).iloc[:, 0].tolist()
    corpus.close()
    return found


def titles(folder: Path) -> list[object]:
    return asked(folder, "SELECT title FROM article ORDER BY article_id")


def test_everything_that_was_read_is_accounted_for(tmp_path: Path):
    report = ingest(tmp_path, reading(*NEWS, REFUSED, HIDDEN))
    assert counts(report) == (3, 0, 0, 1, 1)
    assert report.read == 5 == sum(counts(report))
    corrected = replace(NEWS[2], title="Le prix du blé baisse")
    again = ingest(tmp_path, reading(*NEWS[:2], corrected, NEWS[0], REFUSED, HIDDEN, complete=True))
    assert counts(again) == (0, 1, 3, 1, 1)
    assert again.read == 6 == sum(counts(again))


def test_reading_twice_changes_nothing(tmp_path: Path):
    everything = reading(*NEWS, REFUSED, HIDDEN)
    ingest(tmp_path, everything)
    path = snapshots.current(tmp_path)
    before = path.read_bytes()
    assert counts(ingest(tmp_path, everything)) == (0, 0, 3, 1, 1)
    assert snapshots.current(tmp_path) == path
    assert path.read_bytes() == before
    assert open_current(tmp_path).number == 1


def test_a_reading_without_any_article_publishes_nothing(tmp_path: Path):
    ingest(tmp_path, reading(HIDDEN))
    with pytest.raises(CorpusMissing):
        open_current(tmp_path)


def test_what_is_new_is_coded_and_can_be_searched(tmp_path: Path):
    ingest(tmp_path, reading(*NEWS))
    countries = asked(
        tmp_path, "SELECT unnest(countries) AS c FROM article WHERE source_key = '1' ORDER BY c"
    )
    assert countries == ["GBR", "RUS"]
    assert (
        asked(tmp_path, "SELECT country_a || country_b AS p FROM event WHERE article_id = 1")[0] == "GBRRUS"
    )
    assert asked(tmp_path, "SELECT articles FROM term WHERE term = 'diplomates'") == [1]


def test_a_correction_is_coded_again_and_leaves_no_trace_of_the_old_text(tmp_path: Path):
    ingest(tmp_path, reading(*NEWS))
    corrected = replace(
        NEWS[0], title="Le Japon élit son Parlement", text="Tokyo a voté dans le calme dimanche."
    )
    ingest(tmp_path, reading(corrected, complete=True))
    assert asked(tmp_path, "SELECT DISTINCT country FROM naming WHERE article_id = 1") == ["JPN"]
    assert asked(tmp_path, "SELECT count(*) AS n FROM event WHERE article_id = 1") == [0]
    assert asked(tmp_path, "SELECT articles FROM term WHERE term = 'diplomates'") == [0]
    with staging(tmp_path, reason="contrôle", coder="0") as change:
        assert check(change.connection) == []


def test_an_input_that_fails_does_not_keep_the_others_out(tmp_path: Path):
    report = ingest(tmp_path, reading(NEWS[0]), failing(), reading(NEWS[1]))
    assert report.failures == ["panne.csv\u00a0: fichier illisible."]
    assert titles(tmp_path) == [NEWS[0].title, NEWS[1].title]


def test_what_an_input_gave_before_it_failed_is_stored_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "CHUNK", 1)
    report = ingest(tmp_path, failing(NEWS[0]))
    assert (report.new, len(report.failures)) == (1, 1)
    assert titles(tmp_path) == [NEWS[0].title]
    assert asked(tmp_path, "SELECT unnest(countries) AS c FROM article ORDER BY c") == ["GBR", "RUS"]
    assert asked(tmp_path, "SELECT articles FROM term WHERE term = 'diplomates'") == [1]


def test_a_failure_alone_leaves_the_corpus_as_it_was(tmp_path: Path):
    ingest(tmp_path, reading(NEWS[0]))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    ingest(tmp_path, failing())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("size", [1, 2, 1_000])
def test_the_size_of_a_chunk_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int):
    monkeypatch.setattr(run, "CHUNK", size)
    assert counts(ingest(tmp_path, reading(*NEWS, REFUSED, NEWS[0]))) == (3, 0, 1, 1, 0)
    assert titles(tmp_path) == [article.title for article in NEWS]


def test_the_chronicle_gives_way_to_the_first_real_source(tmp_path: Path):
    entry = replace(NEWS[2], source="Chronique Vigie")
    ingest(tmp_path, reading(entry))
    ingest(tmp_path, reading(*NEWS[:2]), instead_of=["Chronique Vigie"])
    assert titles(tmp_path) == [NEWS[0].title, NEWS[1].title]
    assert asked(
        tmp_path, "SELECT count(*) AS n FROM posting JOIN term USING (term_id) WHERE term = 'ble'"
    ) == [0]
    with staging(tmp_path, reason="contrôle", coder="0") as change:
        assert check(change.connection) == []


def test_the_chronicle_stays_when_nothing_took_its_place(tmp_path: Path):
    entry = replace(NEWS[2], source="Chronique Vigie")
    ingest(tmp_path, reading(entry))
    ingest(tmp_path, failing(), instead_of=["Chronique Vigie"])
    ingest(tmp_path, reading(REFUSED), instead_of=["Chronique Vigie"])
    assert titles(tmp_path) == [entry.title]


def test_a_source_is_noted_with_its_kind_and_address(tmp_path: Path):
    ingest(tmp_path, reading(*NEWS, address="mai.csv"))
    assert asked(tmp_path, "SELECT source || ' ' || kind || ' ' || address AS s FROM source") == [
        "site tableau CSV mai.csv"
    ]


def test_coding_again_changes_only_what_is_derived(tmp_path: Path):
    ingest(tmp_path, reading(*NEWS))
    kept = "SELECT article_id || fingerprint || added_in || changed_in AS a FROM article ORDER BY article_id"
    told = "SELECT event_id FROM event ORDER BY event_id"
    before = asked(tmp_path, kept), asked(tmp_path, told)
    assert run.code_again(tmp_path) == 3
    assert (asked(tmp_path, kept), asked(tmp_path, told)) == before


def test_a_run_waits_for_no_other_writer(tmp_path: Path):
    with staging(tmp_path, reason="autre", coder="0"), pytest.raises(WriterBusy):
        ingest(tmp_path, reading(*NEWS))


def read_many(folder: Path, batches: Iterable[Iterable[Article]]) -> list[object]:
    for batch in batches:
        ingest(folder, reading(*batch))
    return asked(folder, "SELECT source_key || fingerprint AS a FROM article ORDER BY ALL")


def test_one_reading_or_three_make_the_same_corpus(tmp_path: Path):
    assert read_many(tmp_path / "one", [NEWS]) == read_many(tmp_path / "three", [[one] for one in NEWS])


def test_a_corpus_of_an_older_version_is_read_on_and_loses_nothing(tmp_path: Path):
    ingest(tmp_path, reading(*NEWS))
    with duckdb.connect(str(snapshots.current(tmp_path))) as older:
        older.execute("DROP TABLE pairing; DROP TABLE compound; ALTER TABLE source ADD COLUMN state VARCHAR")
    report = ingest(tmp_path, reading(replace(NEWS[0], source="autre", title="Oslo se tait")))
    assert (report.new, report.failures) == (1, [])
    kept = asked(tmp_path, "SELECT title FROM article ORDER BY article_id")
    assert kept == [*(article.title for article in NEWS), "Oslo se tait"]
    assert asked(tmp_path, "SELECT source FROM source ORDER BY source") == ["autre", "site"]
    assert soundness.check(snapshots.current(tmp_path)).problems == ()
