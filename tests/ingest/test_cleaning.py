"""What is kept of a text, of a title, of an address and of the bytes of a file."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import InputRefused
from dashboard.ingest.cleaning import clean, clean_title, decode, safe_url


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("e\u0301te\u0301", "été"),
        ("co\u00adopé\u200bration\ufeff", "coopération"),
        ("\u202etxet\u202c", "txet"),
        ("l\u0092Otan\u0085", "l’Otan…"),
        (
            "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("a\x00b\x07c", "a b c"),
        ("  un \t deux  \r\n\r\n\r\n\r\n trois", "un deux\n\ntrois"),
        ("Liban\u00a0: les   banques", "Liban\u00a0: les banques"),
        ("90 \u202f milliards", "90\u202fmilliards"),
        ("bon\ud800jour", "bon\ufffdjour"),
        ("\ud83d\ude00", "😀"),
        ("un\u2028deux", "un\ndeux"),
    ],
)
def test_a_text_is_kept_without_its_traps(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@given(st.text(st.characters(codec=None)))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    clean(text).encode("utf-8")


@given(st.text())
def test_a_title_is_one_line(text: str) -> None:
    title = clean_title(text)
    assert "\n" not in title
    assert clean_title(title) == title


@pytest.mark.parametrize(
    "url", ["http://exemple.fr/a", "https://exemple.fr/%C3%A9t%C3%A9?p=1#x", "https://exemple.fr:8443/"]
)
def test_an_address_of_the_web_is_kept_as_it_is(url: str) -> None:
    assert safe_url(f" {url} ") == url


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//exemple.fr/a",
        "http:///a", "http://",
        "http://[::1", "https://banque.fr@exemple.fr/", "http://exemple.fr/a b",
        "http://exemple.fr/\u202egpj", "ftp://exemple.fr/",
    ],
)  # fmt: skip
def test_any_other_address_is_nothing(url: str | None) -> None:
    assert safe_url(url) is None


@pytest.mark.parametrize(
    "data",
    [
        "L’été à Kiev".encode(),
        b"\xef\xbb\xbf" + "L’été à Kiev".encode(),
        b"\xff\xfe" + "L’été à Kiev".encode("utf-16-le"),
        b"\xfe\xff" + "L’été à Kiev".encode("utf-16-be"),
        "L’été à Kiev".encode("cp1252"),
    ],
)
def test_a_text_file_is_read_whatever_its_encoding(data: bytes) -> None:
    assert decode(data) == "L’été à Kiev"


def test_one_bad_byte_does_not_turn_a_whole_file_into_another_encoding() -> None:
    text = "Été à Genève. " * 200
    assert decode(text.encode() + b"\xff" + text.encode()) == text + "\ufffd" + text


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n123", b"PK\x03\x04abc", b"un\x00deux", b"\x1f\x8b\x08", bytes(range(1, 32)) * 9],
)
def test_what_is_not_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(InputRefused, match=r"^photo\.txt n’est pas du texte$"):
        decode(data, name="photo.txt")


@given(st.binary(max_size=400))
def test_any_bytes_are_either_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(InputRefused):
        clean(decode(data)).encode("utf-8")
