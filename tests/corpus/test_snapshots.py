"""Publishing: one writer, whole snapshots only, and readers that are never disturbed."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.corpus import snapshots
from dashboard.corpus.read import open_current
from dashboard.corpus.write import staging
from dashboard.errors import CorpusDamaged, CorpusMissing, InputRefused, WriterBusy
from tiny_corpus import tiny_corpus

WRITER = Path(__file__).with_name("writer_process.py")
COUNT = "SELECT count(*) AS n FROM article"
RETITLE = "UPDATE article SET title = $title, fingerprint = md5($title) WHERE article_id = 1"
BEFORE_PUBLICATION = ("copy made", "rows written", "inside a transaction", "file finished", "file named",
                      "pointer written")  # fmt: skip
PHASES = (*BEFORE_PUBLICATION, "pointer turned")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one snapshot of three articles; tests take copies of it."""
    folder = tmp_path_factory.mktemp("original")
    tiny_corpus(folder, [{"title": f"Article {n}", "text": "Un texte. " * 500} for n in range(3)]).close()
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "corpus"))


@pytest.fixture(scope="module")
def killed(original: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """For every phase a folder in which a writer was killed there."""
    folders = {
        phase: Path(shutil.copytree(original, tmp_path_factory.mktemp("killed") / "corpus"))
        for phase in PHASES
    }
    told = run_writer("die", *(str(word) for phase, folder in folders.items() for word in (folder, phase)))
    assert told.split() == ["killed"] * len(PHASES)
    return folders


def run_writer(*arguments: str) -> str:
    done = subprocess.run([sys.executable, WRITER, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def publish(folder: Path, title: str) -> None:
    with staging(folder, reason="essai", coder="0") as change:
        change.connection.execute(RETITLE, {"title": title})
        change.changed = True


def title_of_first(corpus) -> str:
    return str(corpus.query("SELECT title FROM article WHERE article_id = 1")["title"].iloc[0])


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_an_empty_folder_holds_no_corpus(tmp_path: Path):
    with pytest.raises(CorpusMissing, match="Il n’y a pas encore de corpus"):
        open_current(tmp_path)


def test_the_first_snapshot_is_number_one(original: Path):
    corpus = open_current(original)
    assert (corpus.number, corpus.articles) == (1, 3)
    assert corpus.snapshot.startswith("1-")
    assert names(original) == {"CURRENT", ".writer", "corpus-00000001.duckdb"}


def test_a_reader_to_come_sees_the_new_snapshot_while_an_old_one_reads_on(folder: Path):
    before = open_current(folder)
    publish(folder, "Corrigé")
    after = open_current(folder)
    assert (title_of_first(before), before.number) == ("Article 0", 1)
    assert (title_of_first(after), after.number) == ("Corrigé", 2)


def test_a_reader_outlives_the_deletion_of_its_snapshot(folder: Path):
    reader = open_current(folder)
    for title in "abcd":
        publish(folder, title)
    assert not reader.path.exists()
    assert title_of_first(reader) == "Article 0"


def test_the_last_three_snapshots_are_kept(folder: Path):
    for title in "abcd":
        publish(folder, title)
    kept = {f"corpus-{number:08d}.duckdb" for number in (3, 4, 5)}
    assert names(folder) == kept | {"CURRENT", ".writer"}


def test_a_copy_that_somebody_keeps_beside_the_snapshots_is_left_alone(folder: Path):
    for name in ("corpus-avant.duckdb", "corpus-00000001 (copie).duckdb"):
        shutil.copyfile(snapshots.current(folder), folder / name)
    for number in range(2, 7):
        publish(folder, f"Titre {number}")
    assert sorted(path.name for path in folder.glob("*.duckdb")) == [
        "corpus-00000001 (copie).duckdb",
        "corpus-00000004.duckdb",
        "corpus-00000005.duckdb",
        "corpus-00000006.duckdb",
        "corpus-avant.duckdb",
    ]


def test_a_change_that_did_not_happen_is_not_published(folder: Path):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with staging(folder, reason="rien", coder="0") as change:
        change.connection.execute(RETITLE, {"title": "jamais vu"})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_failure_half_way_leaves_everything_as_it_was(folder: Path):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(ZeroDivisionError), staging(folder, reason="panne", coder="0") as change:
        change.connection.execute(RETITLE, {"title": "jamais vu"})
        change.changed = True
        _ = 1 / 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_same_content_has_the_same_fingerprint_whatever_the_snapshot(folder: Path):
    publish(folder, "Corrigé")
    first = open_current(folder).snapshot
    publish(folder, "Autre")
    publish(folder, "Corrigé")
    last = open_current(folder).snapshot
    assert first.split("-")[1] == last.split("-")[1]
    assert first != last


def test_a_second_writer_is_told_to_wait(folder: Path):
    with subprocess.Popen(
        [sys.executable, WRITER, "hold", folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout and other.stdin
        assert other.stdout.readline() == "ready\n"
        with (
            pytest.raises(WriterBusy, match="Une autre mise à jour du corpus est en cours") as busy,
            staging(folder, reason="essai", coder="0"),
        ):
            pass
        assert busy.value.exit_code == 75
        assert title_of_first(open_current(folder)) == "Article 0"  # readers do not wait
        other.stdin.close()
    publish(folder, "Enfin")
    assert title_of_first(open_current(folder)) == "Enfin"


@pytest.mark.parametrize("phase", BEFORE_PUBLICATION)
def test_a_writer_killed_before_publication_leaves_the_last_snapshot_whole(
    killed: dict[str, Path], phase: str
):
    corpus = open_current(killed[phase])
    assert (corpus.number, corpus.articles) == (1, 3)


def test_a_writer_killed_after_the_pointer_turned_has_published_all(killed: dict[str, Path]):
    corpus = open_current(killed["pointer turned"])
    assert (corpus.number, corpus.articles) == (2, 3 + 1999)


@pytest.mark.parametrize("phase", PHASES)
def test_the_run_after_a_kill_cleans_up_and_publishes(killed: dict[str, Path], tmp_path: Path, phase: str):
    folder = Path(shutil.copytree(killed[phase], tmp_path / "corpus"))
    publish(folder, "Repris")
    corpus = open_current(folder)
    assert title_of_first(corpus) == "Repris"
    assert corpus.query("SELECT count(DISTINCT number) = count(*) AS once FROM snapshot")["once"].all()
    assert not [name for name in names(folder) if name.startswith("staging") or name.endswith(".wal")]


@pytest.mark.parametrize("most_bytes", [1_000_000, 2_500_000], ids=["no room for a copy", "no room for rows"])
def test_a_full_disk_is_told_and_changes_nothing(folder: Path, most_bytes: int):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    told = run_writer("full", str(folder), str(most_bytes))
    assert "rien n’a changé" in told
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(InputRefused, match="Impossible d’écrire"),
        staging(tmp_path / "file" / "corpus", reason="essai", coder="0"),
    ):
        pass


def flipped(content: bytes) -> bytes:
    """One bit in each block of the lower half, where the rows lie."""
    damaged = bytearray(content)
    for place in range(20_000, len(damaged), 4_096):
        damaged[place] ^= 1
    return bytes(damaged)


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "truncated": lambda content: content[: len(content) // 2],
    "cut to its header": lambda content: content[:5_000],
    "empty": lambda _: b"",
    "another kind of file": lambda _: b"{}" * 10_000,
    "flipped bits": flipped,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_told_in_french(folder: Path, damage: Callable[[bytes], bytes]):
    path = snapshots.current(folder)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(CorpusDamaged, match=r"^Le corpus publié") as told:
        corpus = open_current(folder)
        corpus.query("SELECT max(text) AS t, max(title) AS u FROM article")
        corpus.query("SELECT max(positions) AS p FROM posting")
    assert told.value.exit_code == 1
    assert told.value.detail


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_writer_does_not_build_on_a_damaged_file(folder: Path, damage: Callable[[bytes], bytes]):
    path = snapshots.current(folder)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(CorpusDamaged), staging(folder, reason="essai", coder="0") as change:
        change.connection.execute(RETITLE, {"title": "jamais vu"})
        change.connection.execute("SELECT max(text), max(title) FROM article").fetchall()
        change.changed = True
    assert names(folder) == {"CURRENT", ".writer", path.name}


@pytest.mark.parametrize(
    "pointer", [b"", b"corpus-00000009.duckdb", b"../elsewhere", b".", b"\xff\xfe", b".writer"]
)
def test_a_pointer_to_nothing_is_told_in_french(folder: Path, pointer: bytes):
    (folder / "CURRENT").write_bytes(pointer)
    with pytest.raises(CorpusDamaged, match="corpus"):
        open_current(folder)
    with pytest.raises(CorpusDamaged), staging(folder, reason="essai", coder="0"):
        pass
