"""The check of a corpus: it passes what was written by the rules, and names every breach of them."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.corpus import snapshots, visits
from dashboard.corpus.check import Refusals, check
from dashboard.corpus.visits import Visits
from dashboard.corpus.write import staging
from dashboard.errors import CorpusDamaged, InputRefused
from dashboard.french import checks
from dashboard.ingest import run
from dashboard.ingest.article import Article, Published, Refused
from dashboard.ingest.readings import Input, Reading
from dashboard.ingest.store import remove

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
BODY = (
    "Le Kremlin a annoncé lundi l’expulsion de deux diplomates britanniques, accusés d’espionnage par ses "
    "services. Londres dénonce une décision sans fondement et promet de répondre."
)
TITLE = "La Russie expulse deux diplomates britanniques"
FIRST_OF_MAY = Published(day=date(2024, 5, 1))
NEWS = [
    Article("revue", "1", TITLE, BODY, published=FIRST_OF_MAY),
    Article("agence", "a", TITLE, BODY, published=FIRST_OF_MAY),
    Article("revue", "2", "Le prix du blé", "Les récoltes ont été mauvaises partout cette année."),
    Refused("revue", "export.csv, ligne 9", "ni titre ni texte", ";;;"),
    Refused("revue", "export.csv, ligne 12", "ni titre ni texte", ";"),
    Refused("agence", "élément 3", "date hors limites", "<item>"),
]
MEMORIES = (
    "",
    "nul",
    "{}",
    '{"sources": {"a": {"memory": {}}, "b": 1}}',
    '{"sources": {"a": {"memory": {"marks": 1}}}}',
    '{"sources": {"a": {"visited": "hier", "memory": {}}}}',
    '{"sources": {"a": {"memory": {"missing": {"x": "y"}}}}}',
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sources that carry one dispatch, one more article, three refusals."""
    folder = tmp_path_factory.mktemp("corpus")
    reading = Reading("tableau CSV", NEWS)
    run.ingest(folder, [Input("export.csv", lambda: reading)], reason="essai")
    return folder


@pytest.fixture
def folder(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "corpus"))


def broken(folder: Path, *statements: str) -> Path:
    with staging(folder, reason="abîmé", coder="0") as change:
        for statement in statements:
            change.connection.execute(statement)
        change.changed = True
    return snapshots.current(folder)


def problems(folder: Path, *statements: str) -> str:
    return "\n".join(check(broken(folder, *statements)).problems)


def test_a_corpus_written_by_the_rules_is_sound_and_its_sums_add_up(folder: Path):
    found = check(snapshots.current(folder))
    assert found.problems == ()
    assert (found.sums["articles"], found.sums["counted"], found.sums["copies"]) == (3, 2, 1)
    assert (found.sums["undated"], found.sums["sources"]) == (1, 2)
    assert found.sums["events"] > 0
    assert found.refusals == (
        Refusals("revue", "ni titre ni texte", 2, "export.csv, ligne 12"),
        Refusals("agence", "date hors limites", 1, "élément 3"),
    )


@pytest.mark.parametrize(
    ("breach", "told"),
    [
        ("INSERT INTO mention SELECT 99, * EXCLUDE article_id FROM mention", "table mention ne mènent"),
        ("INSERT INTO naming VALUES (99, 'RUS', true)", "table naming ne mènent"),
        ("INSERT INTO sketch VALUES (99, [1])", "table sketch ne mènent"),
        ("INSERT INTO posting VALUES (1, 99, NULL, true, [1])", "table posting ne mènent"),
        ("INSERT INTO article SELECT * REPLACE ('9' AS source_key) FROM article WHERE article_id = 3",
         "numéro déjà pris"),
        ("INSERT INTO article SELECT * REPLACE (9 AS article_id) FROM article WHERE article_id = 3",
         "sous la même clé"),
        ("INSERT INTO event FROM event LIMIT 1", "identifiant déjà pris"),
        ("INSERT INTO source FROM source LIMIT 1", "notées deux fois"),
        ("DELETE FROM source WHERE source = 'revue'", "source qui n’est pas notée"),
        ("UPDATE article SET duplicate_of = 99 WHERE article_id = 2", "absent ou qui n’est pas compté"),
        ("UPDATE article SET duplicate_of = 2 WHERE article_id = 3", "absent ou qui n’est pas compté"),
        ("UPDATE article SET published = '1789-07-14' WHERE article_id = 1", "hors des limites"),
        ("UPDATE article SET published = '2099-01-01' WHERE article_id = 1", "hors des limites"),
        ("UPDATE article SET earliest = '2024-05-02', latest = '2024-05-01'", "bornes de date à l’envers"),
        ("UPDATE article SET published = NULL WHERE article_id = 1", "contredit sa précision"),
        ("UPDATE article SET regions = [] WHERE article_id = 1", "aucune région"),
        ("UPDATE article SET countries = ['XXX'] WHERE article_id = 1", "parlent d’un pays inconnu"),
        ("UPDATE mention SET country = 'XXX' WHERE country = 'RUS'", "nomment un pays inconnu"),
        ("DELETE FROM event_type", "d’un type inconnu"),
        ("UPDATE event SET source = 'JPN'", "ne sont pas nommés"),
        ("UPDATE event SET country_a = country_b, country_b = country_a", "leur paire dans l’ordre"),
        ("DELETE FROM naming WHERE country = 'GBR'", "résumés comme ils sont nommés"),
        ("UPDATE mention SET ends = 4000", "sortent de leur texte"),
        ("UPDATE mention SET ends = starts", "sortent de leur texte"),
        ("UPDATE event SET sentence_start = sentence_start + 1", "ne citent pas la phrase"),
        ("UPDATE event SET trigger_end = 4000", "hors de leur phrase"),
        ("UPDATE article SET changed_in = 99", "état qui n’est pas encore venu"),
        ("DELETE FROM article_terms", "manquent à l’index des mots-clés"),
    ],
)  # fmt: skip
def test_every_breach_is_named(folder: Path, breach: str, told: str):
    assert told in problems(folder, breach)


def test_a_flipped_byte_anywhere_in_the_data_is_found(folder: Path):
    path = snapshots.current(folder)
    whole = path.read_bytes()
    found = 0
    # The first three blocks are headers, of which one is not in use.
    for place in range(16_384, len(whole), len(whole) // 12):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        try:
            assert check(path).problems == ()
        except CorpusDamaged:
            found += 1
    assert found
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CorpusDamaged):
        check(path)


def test_the_report_gives_the_verdict_then_what_was_refused_and_removed(folder: Path):
    with staging(folder, reason="retrait", coder="0") as change:
        gone = remove(change, "revue", {"2": "page absente", "inconnu": "x"})
    assert gone == [3]
    said = "\n".join(checks.report(check(snapshots.current(folder))))
    assert "2\u00a0articles = 1\u00a0compté + 1\u00a0copie" in said
    assert "3\u00a0morceaux refusés" in said
    assert "  2\u00a0× revue\u00a0: ni titre ni texte (export.csv, ligne 12)" in said
    assert "1\u00a0article retiré depuis le début" in said


def test_a_failing_source_is_told_with_its_error_and_since_when():
    failing = Visits(succeeded="2026-03-01T08:00:00+00:00")
    failing.fail(datetime(2026, 3, 2, 8, tzinfo=UTC), "agence.example est en panne (503).")
    failing.fail(datetime(2026, 3, 3, 8, tzinfo=UTC), "agence.example refuse la visite (403).")
    silent, well = Visits(), Visits()
    silent.succeed(NOW - timedelta(days=4))
    well.succeed(NOW - timedelta(hours=1))
    assert list(checks.health({"Agence\x1b[2J": failing, "Revue": silent, "Ligne": well}, NOW)) == [
        "Agence\ufffd[2J\u00a0: en échec depuis le 2 mars 2026 à 08:00 UTC (2\u00a0visites). "
        "agence.example refuse la visite (403).",
        "Revue\u00a0: sans visite réussie depuis le 1er mars 2026 à 12:00 UTC.",
    ]


def test_the_memory_of_visits_comes_back_as_it_was(tmp_path: Path):
    one = Visits(address="https://revue.example", listed_in="/x/sources.toml")
    one.succeed(NOW)
    one.memory.marks["7"] = "a1"
    one.memory.missing["https://revue.example/a"] = 2
    visits.save(tmp_path, {"Revue": one})
    assert visits.load(tmp_path) == {"Revue": one}
    assert visits.load(tmp_path / "ailleurs") == {}
    assert [path.name for path in tmp_path.iterdir()] == ["sync.json"]


@pytest.mark.parametrize("damage", MEMORIES)
def test_a_damaged_memory_is_refused_in_french(tmp_path: Path, damage: str):
    (tmp_path / visits.FILE_NAME).write_text(damage)
    with pytest.raises(InputRefused, match="mémoire des visites"):
        visits.load(tmp_path)
