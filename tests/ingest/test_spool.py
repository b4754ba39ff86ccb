"""What is far away is read before the corpus is locked, and gives then what it would have given."""

from collections.abc import Iterator

import pytest

from dashboard.errors import InputRefused
from dashboard.ingest.article import Article, Refused
from dashboard.ingest.pieces import NotPublic, Piece, Unchanged
from dashboard.ingest.readings import Input, Reading
from dashboard.ingest.spool import Spool

PIECES: list[Piece] = [
    Article("site", "1", "Un titre", "Un texte.", tags=("gaz",)),
    Refused("site", "ligne 2", "ni titre ni texte", ""),
    NotPublic("site", "3", "brouillon"),
    Unchanged("site", "4"),
]


def site(address: str, *pieces: Piece, told: list[str], afar: bool = True, fails: bool = False) -> Input:
    def read() -> Iterator[Piece]:
        told.append(address)
        yield from pieces
        if fails:
            raise InputRefused("panne")

    reading = Reading("site", read(), source="site", present=lambda: {"1"}, gone=lambda: {"9": "retiré"})
    return Input(address, lambda: reading, afar=afar)


def test_what_comes_from_afar_is_read_at_once_and_given_in_its_order_later():
    told: list[str] = []
    with Spool() as spool:
        given = [site("a", *PIECES, told=told), site("b", PIECES[3], told=told)]
        first, second = spool.near([*given])
        assert told == ["a", "b"]
        assert list(second.open().pieces) == [PIECES[3]]
        opened = first.open()
        assert list(opened.pieces) == PIECES
        assert (opened.present(), opened.gone()) == ({"1"}, {"9": "retiré"})
    assert told == ["a", "b"]


def test_what_lies_on_this_machine_is_left_until_it_is_opened():
    told: list[str] = []
    with Spool() as spool:
        [near] = spool.near([site("a", *PIECES, told=told, afar=False)])
        assert told == []
        assert list(near.open().pieces) == PIECES


def test_a_site_that_breaks_off_gives_what_it_gave_and_then_its_failure():
    with Spool() as spool:
        [broken] = spool.near([site("a", PIECES[0], told=[], fails=True)])
        pieces = iter(broken.open().pieces)
        assert next(pieces) == PIECES[0]
        with pytest.raises(InputRefused, match="panne"):
            next(pieces)
        assert broken.open().gone() == {}


def test_a_site_that_does_not_open_fails_when_its_turn_comes():
    def closed() -> Reading:
        raise InputRefused("fermé")

    with Spool() as spool:
        [given] = spool.near([Input("a", closed, afar=True)])
        with pytest.raises(InputRefused, match="fermé"):
            given.open()
