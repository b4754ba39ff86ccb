"""Where one sentence ends and the next begins."""

import pytest

from dashboard.coding.sentences import spans


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "M. Macron a reçu Mme Merkel.",
        "Le Dr. House et J. K. Rowling sont venus.",
        "« Jamais ! » a répondu le président.",
        "La résolution no. 2231 tient toujours.",
        "Il est né en 44 av. J.-C. à Rome.",
        "Le PIB a crû de 3.5 points.",
    ],
)
def test_one_sentence_stays_whole(text: str):
    assert cut(text) == [text]


def test_sentences_glued_by_a_lost_space_come_apart():
    assert cut("50.000 morts au Brésil.Le gouvernement réagit.") == [
        "50.000 morts au Brésil.",
        "Le gouvernement réagit.",
    ]


def test_a_line_break_ends_a_title():
    assert cut("Paris hausse le ton\nLe ministre a parlé.") == ["Paris hausse le ton", "Le ministre a parlé."]


def test_plain_sentences_are_cut():
    assert cut("Un. Deux ! Trois ? Quatre…") == ["Un.", "Deux !", "Trois ?", "Quatre…"]


def test_a_blank_text_has_no_sentence():
    assert cut(" \n\t ") == []
