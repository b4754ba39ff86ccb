"""The command `vigie` as people and scripts meet it: run for real, in processes of their own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from dashboard.corpus.read import open_current
from dashboard.corpus.write import staging

VIGIE = Path(sys.executable).with_name("vigie")
KEYS = ["key", "source", "url", "title", "author", "section", "regions", "tags", "published",
        "date_precision", "date_basis", "text"]  # fmt: skip
TABLE = """titre;texte;date;étiquettes;rubrique
Moscou expulse deux diplomates britanniques;La Russie a expulsé deux diplomates.;2024-01-05;russie,gaz;Russie
Un accord sur le blé;Ankara et Le Caire ont signé.;2024-02-10;blé;Afrique
Sans date;Un texte sur le gaz.;;gaz;
"""
# Words of the library that reads the command line; « Options » is French too.
ENGLISH = re.compile(
    r"\b(Usage|Show|message|exit|TEXT|INTEGER|FLOAT|RANGE|PATH|FILE|DIRECTORY|required|default|Commands|Error"
    r"|Try|Missing|Invalid|such|does|not|argument\(s\))\b"
)
EVERY_HELP = """
from dashboard.cli import vigie
import click
print(vigie.get_help(click.Context(vigie, info_name="vigie")))
for name, command in vigie.commands.items():
    print(command.get_help(click.Context(command, info_name=name)))
"""


def vigie(
    *words: object, corpus: Path, given: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [VIGIE, *map(str, words)],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "VIGIE_CORPUS": str(corpus), **environment},
    )


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "articles.csv").write_text(TABLE, encoding="utf-8")
    (folder / "image.csv").write_bytes(bytes(range(256)) * 40)
    (folder / "empty").mkdir()
    return folder


@pytest.fixture(scope="session")
def ingested(
    files: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A batch of a good table, a file that is no text, one that is missing, an empty folder."""
    corpus = tmp_path_factory.mktemp("corpus")
    names = ["image.csv", "missing.txt", "empty", "articles.csv"]
    return corpus, vigie("ingest", *(files / name for name in names), "--source", "essai", corpus=corpus)


@pytest.fixture(scope="session")
def corpus(ingested: tuple[Path, subprocess.CompletedProcess[str]]) -> Path:
    return ingested[0]


@pytest.fixture(scope="session")
def listed(corpus: Path) -> list[str]:
    done = vigie("list", "--jsonl", corpus=corpus)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_every_help_is_french(corpus: Path):
    done = subprocess.run([sys.executable, "-c", EVERY_HELP], capture_output=True, text=True, check=True)
    assert "Emploi\u00a0: vigie" in done.stdout
    assert "Afficher cette aide" in done.stdout
    assert "Lister les articles" in done.stdout
    assert "Options\u00a0:" in done.stdout
    assert not re.search(r"\w:\s|\.\.\.", done.stdout)  # « Options: » is how English writes it
    assert not ENGLISH.findall(done.stdout)


def test_the_files_of_a_batch_that_can_be_read_go_in(ingested: tuple[Path, subprocess.CompletedProcess[str]]):
    corpus, done = ingested
    assert done.returncode == 1
    failures = done.stderr.splitlines()
    assert [line.split("\u00a0")[0].split(" ")[0] for line in failures] == [
        "image.csv",
        "missing.txt",
        "empty",
    ]
    assert "Traceback" not in done.stderr
    assert "3\u00a0articles lus\u00a0: 3 nouveaux" in done.stdout
    assert open_current(corpus).articles == 3


def test_a_wrong_file_that_was_refused_before_leaves_the_corpus_untouched(files: Path, corpus: Path):
    before = {path.name: path.read_bytes() for path in corpus.iterdir()}
    done = vigie("ingest", files / "image.csv", "--source", "essai", corpus=corpus)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert {path.name: path.read_bytes() for path in corpus.iterdir()} == before


def test_reading_again_changes_nothing(files: Path, corpus: Path):
    before = {path.name: path.read_bytes() for path in corpus.iterdir()}
    done = vigie("ingest", "--corpus", corpus, files / "articles.csv", "--source", "essai", corpus=files)
    assert done.returncode == 0
    assert "0 nouveau, 0\u00a0modifié, 3\u00a0inchangés" in done.stdout
    assert {path.name: path.read_bytes() for path in corpus.iterdir()} == before


def test_a_list_is_one_object_a_line_with_its_keys_in_order(listed: list[str]):
    articles = [json.loads(line) for line in listed]
    assert [list(article) for article in articles] == [KEYS] * 3
    assert [article["title"] for article in articles] == [
        "Un accord sur le blé",
        "Moscou expulse deux diplomates britanniques",
        "Sans date",
    ]
    first = articles[1]
    assert (first["source"], first["published"], first["date_precision"]) == ("essai", "2024-01-05", "jour")
    assert (first["tags"], first["section"]) == (["russie", "gaz"], "Russie")
    assert first["key"].startswith("essai/")
    assert (articles[2]["published"], articles[2]["date_precision"]) == (None, "inconnue")
    assert "é" in listed[0]  # French as it is, not as escapes


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (
            ["--etiquette", "gaz", "--region", "Russie", "--pays", "Russie", "--source", "essai"],
            ["Moscou expulse deux diplomates britanniques"],
        ),
        (["--du", "2024-02-01", "--au", "2024-02-28", "--rubrique", "Afrique"], ["Un accord sur le blé"]),
        (["--q", "blé", "--source", "personne"], []),
    ],
)
def test_a_list_follows_its_filters(corpus: Path, filters: list[str], titles: list[str]):
    done = vigie("list", "--jsonl", *filters, corpus=corpus)
    assert done.returncode == 0
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == titles


def test_a_list_for_people_has_days_in_french(corpus: Path):
    done = vigie("list", corpus=corpus, PYTHONIOENCODING="utf-8")
    assert done.stdout.splitlines() == [
        " 10 févr. 2024  Un accord sur le blé (essai)",
        "  5 janv. 2024  Moscou expulse deux diplomates britanniques (essai)",
        "     sans date  Sans date (essai)",
    ]


def test_texts_are_coded_line_by_line(corpus: Path):
    given = [{"id": 7, "text": "Moscou accuse Kiev."}, {"id": "b", "text": ""}]
    done = vigie("code", "--jsonl", corpus=corpus, given="\n\n".join(json.dumps(line) for line in given))
    assert (done.returncode, done.stderr) == (0, "")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert list(first) == ["id", "countries", "relations"]
    assert (first["id"], first["countries"]) == (7, ["RUS", "UKR"])
    [relation] = first["relations"]
    assert list(relation) == ["from", "to", "type", "score"]
    assert (relation["from"], relation["to"], relation["type"]) == ("RUS", "UKR", "ACCUSE")
    assert relation["score"] < 0
    assert second == {"id": "b", "countries": [], "relations": []}


def test_a_line_that_is_no_text_is_refused_by_its_number(corpus: Path):
    damaged = '{"id": 1, "text": "Moscou."}\n{"id": 1, "text": "\\ud800"}\n'
    done = vigie("code", "--jsonl", corpus=corpus, given=damaged)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert re.fullmatch(r"Ligne 2\s:.*\n", done.stderr)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["liste"], "Commande inconnue"),
        (["list", "--du", "2024-02-30"], "2024-02-30"),
        (["code"], "Donnez une phrase"),
    ],
)
def test_wrong_usage_is_told_in_french_with_code_two(corpus: Path, words: list[str], told: str):
    done = vigie(*words, corpus=corpus)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Emploi\u00a0:" in done.stderr
    assert "%" not in done.stderr
    assert not ENGLISH.findall(done.stderr)


def test_a_missing_corpus_is_one_french_line(tmp_path: Path):
    done = vigie("list", corpus=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("Il n’y a pas encore de corpus ici.")
    assert len(done.stderr.splitlines()) == 1


def test_a_query_that_cannot_be_read_is_one_french_line(corpus: Path):
    done = vigie("list", "--q", '"jamais fermé', corpus=corpus)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)


def test_a_second_writer_is_told_to_come_back(files: Path, tmp_path: Path):
    with staging(tmp_path, reason="autre", coder="0"):
        done = vigie("ingest", files / "articles.csv", corpus=tmp_path)
    assert done.returncode == 75
    assert done.stderr == "Une autre mise à jour du corpus est en cours\u00a0: réessayez dans un instant.\n"


@pytest.mark.parametrize("words", ["list", "list --jsonl", "check", "--help", "list --help", "code --jsonl"])
def test_a_reader_that_has_seen_enough_is_no_failure(corpus: Path, words: str):
    left, pipe = os.pipe()
    os.close(left)
    done = subprocess.run(
        [VIGIE, *words.split()],
        input='{"id": 1, "text": "Moscou accuse Kiev."}\n' * 3,
        stdout=pipe,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, "VIGIE_CORPUS": str(corpus)},
    )
    os.close(pipe)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unread", ["stdout", "stderr"])
def test_what_nobody_reads_any_more_is_done_all_the_same_and_its_failure_stands(
    files: Path, tmp_path: Path, unread: str
):
    left, pipe = os.pipe()
    os.close(left)
    words = ["ingest", files / "articles.csv", files / "image.csv"]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, unread: pipe}
    done = subprocess.run([VIGIE, "--corpus", tmp_path, *words], text=True, check=False, **streams)
    os.close(pipe)
    assert done.returncode == 1
    assert "Traceback" not in (done.stderr or "")
    assert "image.csv" in (done.stderr or "image.csv")
    assert open_current(tmp_path).query("SELECT count(*) AS n FROM article")["n"].tolist() == [3]


def test_the_dashboard_says_in_french_where_it_is_and_ctrl_c_is_no_failure(corpus: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [VIGIE, "--corpus", corpus, "serve", "--port", str(port)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        while process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0
    told = f"Vigie s’ouvre à l’adresse http://127.0.0.1:{port} (Ctrl+C pour l’arrêter)."
    assert said.strip() == told


def test_an_address_that_is_taken_is_told_before_anything_is_built_or_said_to_open(tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = vigie("serve", "--port", port, corpus=tmp_path / "neuf")
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"127.0.0.1:{port} est prise" in done.stderr
    assert not (tmp_path / "neuf").exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "Un nom vide ne désigne ni fichier, ni dossier, ni site."),
        ("*.csv", "*.csv\u00a0: aucun fichier de ce nom."),
        ("a" * 5_000, "aaa ne peut pas être lu."),
        ("tuyau.csv", "tuyau.csv n’est pas un fichier"),
        ("vide.json", "vide.json ne contient aucune ligne qui se lise comme un article."),
        ("rien.csv", "rien.csv\u00a0: aucune colonne de titre ni de texte n’est reconnue."),
        ("http://", "http://\u00a0: ce n’est pas une adresse http ou https."),
        ("http://[::1", "http://[::1\u00a0: ce n’est pas une adresse http ou https."),
        ("http://127.0.0.1:99999/", "ce n’est pas une adresse http ou https."),
        ("ftp://revue.example/", "ftp://revue.example/\u00a0: ce n’est pas une adresse http ou https."),
    ],
)
def test_whatever_is_given_to_read_that_cannot_be_is_one_french_line(tmp_path: Path, name: str, told: str):
    (tmp_path / "vide.json").write_text("[]")
    (tmp_path / "rien.csv").write_text("a,b\n1,2\n")
    os.mkfifo(tmp_path / "tuyau.csv")
    done = subprocess.run(
        [VIGIE, "--corpus", "corpus", "ingest", "--", name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert told in line


def test_a_folder_is_read_without_the_corpus_that_lies_in_it(files: Path, tmp_path: Path):
    (tmp_path / "articles.csv").write_bytes((files / "articles.csv").read_bytes())
    for _ in range(2):
        done = vigie("ingest", tmp_path, corpus=tmp_path / "corpus")
        assert (done.returncode, done.stderr) == (0, "")
    assert open_current(tmp_path / "corpus").number == 1


def test_ctrl_c_in_the_middle_of_a_reading_leaves_nothing_behind(tmp_path: Path):
    words = [VIGIE, "--corpus", tmp_path, "demo", "--scale", "2000"]
    process = subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell that runs the tests in the background would have them ignore Ctrl+C, and their children too.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    try:
        while process.poll() is None and len(children.read_text().split()) < 2:
            time.sleep(0.05)  # the sentences are not being read by other processes yet
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=120)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, said) == (1, ("", "\nInterrompu.\n"))
    assert [path.name for path in tmp_path.iterdir()] == [".writer"]
