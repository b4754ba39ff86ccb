"""The file of sources: what it says, and every mistake in it told at once, in French, with the name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import InputRefused
from dashboard.ingest.sources_file import beside, read_sources

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "sources.example.toml"


def written(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(folder: Path, text: str) -> str:
    with pytest.raises(InputRefused) as refused:
        read_sources(written(folder, text))
    return str(refused.value)


def test_the_example_that_is_shipped_is_right():
    found = read_sources(EXAMPLE)
    assert found.contact == "veille@redaction.example"
    assert [source.name for source in found.sources][:2] == ["Revue internationale", "Agence, flux Monde"]
    assert found.sources[-1].columns == {"title": "intitule_court", "published": "date_mise_en_ligne"}
    assert [source.allow_private for source in found.sources] == [False, False, True, False, False]


def test_a_source_needs_no_more_than_a_name_and_an_address(tmp_path: Path):
    [source] = read_sources(
        written(tmp_path, '[[source]]\nname = "Revue"\naddress = "https://revue.example"\n')
    ).sources
    assert (source.name, source.address, source.timezone) == (
        "Revue",
        "https://revue.example",
        "Europe/Paris",
    )
    assert source.on_the_web


def test_a_path_starts_at_the_folder_of_the_file(tmp_path: Path):
    [source] = read_sources(
        written(tmp_path, '[[source]]\nname = "Exports"\naddress = "exports/mai"\n')
    ).sources
    assert source.address == str(tmp_path.resolve() / "exports" / "mai")
    assert not source.on_the_web


def test_the_file_is_looked_for_next_to_the_corpus(tmp_path: Path):
    assert beside(tmp_path / "corpus") == tmp_path.resolve() / "sources.toml"


def test_all_mistakes_are_told_at_once_with_the_name_of_the_source(tmp_path: Path):
    told = mistakes(
        tmp_path,
        """
        contacts = "x"
        [[source]]
        name = "Un"
        adress = "https://un.example"
        [[source]]
        name = "Deux"
        address = "https://deux.example"
        timezone = "Paris"
        allow_private = "oui"
        [[source]]
        name = "Deux"
        address = "ftp://deux.example"
        [source.columns]
        titre = "t"
        [[source]]
        address = "https://trois.example"
        """,
    )
    for mistake in (
        "En tête\u00a0: mot inconnu «\u00a0contacts\u00a0»",
        "Source «\u00a0Un\u00a0»\u00a0: mot inconnu «\u00a0adress\u00a0»",
        "Source «\u00a0Un\u00a0»\u00a0: il manque address",
        "Source «\u00a0Deux\u00a0»\u00a0: fuseau horaire inconnu «\u00a0Paris\u00a0»",
        "Source «\u00a0Deux\u00a0»\u00a0: allow_private doit être true ou false",
        "Source «\u00a0Deux\u00a0»\u00a0: deux sources portent ce nom",
        "Source «\u00a0Deux\u00a0»\u00a0: seules les adresses http et https",
        "Source «\u00a0Deux\u00a0»\u00a0: champ inconnu «\u00a0titre\u00a0»",
        "Source nº\u00a04\u00a0: il manque name",
    ):
        assert mistake in told
    assert told.count("\n") == 9


def test_broken_toml_is_told_with_its_line(tmp_path: Path):
    text = '[[source]]\nname = "Un"\naddress = https://un.example\n'
    assert "sources.toml, ligne 3\u00a0: «\u00a0address = https://un.example\u00a0»" in mistakes(
        tmp_path, text
    )
    assert "ligne 2" in mistakes(tmp_path, '[[source]]\nname = "Un\n')


def test_a_file_without_sources_or_without_file_says_what_to_do(tmp_path: Path):
    assert "ajoutez au moins un bloc" in mistakes(tmp_path, 'contact = "x"\n')
    assert "[[source]]" in mistakes(tmp_path, '[source]\nname = "Un"\naddress = "a"\n')
    assert "[[source]]" in mistakes(tmp_path, "source = [1]\n")
    with pytest.raises(InputRefused, match=r"sources\.example\.toml"):
        read_sources(tmp_path / "absent.toml")


def test_windows_line_ends_a_mark_of_utf_8_and_another_coding(tmp_path: Path):
    path = tmp_path / "s.toml"
    path.write_bytes('\ufeff[[source]]\r\nname = "Été"\r\naddress = "https://e.example"\r\n'.encode())
    assert read_sources(path).sources[0].name == "Été"
    path.write_bytes('[[source]]\nname = "Été"\n'.encode("latin-1"))
    with pytest.raises(InputRefused, match="UTF-8"):
        read_sources(path)


@given(st.text(max_size=200))
def test_whatever_is_written_is_read_or_refused_in_french(tmp_path_factory, text: str):
    path = tmp_path_factory.mktemp("toml") / "sources.toml"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    try:
        assert read_sources(path).sources
    except InputRefused as refused:
        assert str(refused)
