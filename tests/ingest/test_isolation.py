import hostile_parsers
import pytest

from dashboard.ingest.isolation import Isolated, Limits, ParserStopped


@pytest.fixture(scope="module")
def child():
    isolated = Isolated(Limits(cpu_seconds=1, wall_seconds=60, memory_mb=500))
    yield isolated
    isolated.close()


def test_a_function_is_called_with_bytes_and_options(child):
    assert child.call(hostile_parsers.length, bytes(3_000_000), name="été") == [3_000_000, {"name": "été"}]


@pytest.mark.parametrize(
    ("parser", "reason"),
    [
        (hostile_parsers.toil, "trop de calcul"),
        (hostile_parsers.devour, "trop de mémoire"),
        (hostile_parsers.crash, "interrompue"),
        (hostile_parsers.fail, "ne peut pas être analysé"),
        (hostile_parsers.recurse, "ne peut pas être analysé"),
    ],
)
def test_a_parser_that_misbehaves_is_one_french_sentence_and_the_next_piece_is_read(child, parser, reason):
    with pytest.raises(ParserStopped, match=reason) as stopped:
        child.call(parser, b"")
    assert parser.__name__ in stopped.value.detail
    assert child.call(hostile_parsers.length, b"x") == [1, {}]


def test_a_parser_that_waits_for_ever_is_stopped_by_the_clock():
    isolated = Isolated(Limits(wall_seconds=0.5))
    try:
        with pytest.raises(ParserStopped, match="arrêtée après"):
            isolated.call(hostile_parsers.sleep, b"")
    finally:
        isolated.close()


def test_what_a_parser_prints_is_not_taken_for_its_answer(child):
    assert child.call(hostile_parsers.chatter, b"") == "réponse"


def test_a_parser_cannot_write_files_nor_see_secrets(child, tmp_path, monkeypatch):
    path = tmp_path / "trace"
    with pytest.raises(ParserStopped):
        child.call(hostile_parsers.write, b"x" * 100, path=str(path))
    assert not path.exists() or path.stat().st_size == 0
    child.close()
    monkeypatch.setenv("SECRET", "x")
    assert "SECRET" not in child.call(hostile_parsers.environment, b"")


def test_the_child_is_used_again_from_piece_to_piece(child):
    child.call(hostile_parsers.length, b"")
    before = child._child.pid
    for _ in range(50):
        child.call(hostile_parsers.length, b"x")
    assert child._child.pid == before
