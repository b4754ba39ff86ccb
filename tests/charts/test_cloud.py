"""A word cloud is always the same picture of the same numbers, and can be read on white and on black."""

import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from dashboard.charts.cloud import PALETTE, cloud

WORDS = pd.DataFrame({"shown": ["Élysée", "gaz", "<b>", "OTAN"], "g2": [40.0, 20.0, 5.0, -3.0]})


def texts(svg: str) -> list[str]:
    return [
        "".join(node.itertext()) for node in ElementTree.fromstring(svg).iter() if node.tag.endswith("text")
    ]


def test_every_word_with_a_size_is_drawn() -> None:
    assert sorted(texts(cloud(WORDS, "g2"))) == ["<b>", "gaz", "Élysée"]


def test_the_larger_number_is_the_larger_word() -> None:
    sizes = [int(size) for size in re.findall(r'font-size="(\d+)"', cloud(WORDS, "g2"))]
    assert sizes == sorted(sizes, reverse=True)


def test_the_same_words_give_the_same_picture_in_any_order() -> None:
    assert cloud(WORDS, "g2") == cloud(WORDS.iloc[::-1], "g2")


def test_nothing_to_draw_gives_nothing() -> None:
    assert cloud(WORDS.head(0), "g2") == ""
    assert cloud(WORDS.assign(g2=-1.0), "g2") == ""
    assert cloud(pd.DataFrame({"shown": ["a" * 41], "g2": [1.0]}), "g2") == ""


def test_the_ground_is_transparent() -> None:
    assert "<rect" not in cloud(WORDS, "g2")


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", PALETTE)
def test_colours_stand_out_from_white_and_from_the_dark_ground(colour: str) -> None:
    light = luminance(colour)
    assert 1.05 / (light + 0.05) >= 3.2
    assert (light + 0.05) / (luminance("#15181c") + 0.05) >= 3.2


def test_the_tone_of_a_word_tells_its_rank() -> None:
    many = pd.DataFrame(
        {"shown": [f"mot{n:02}" for n in range(20)], "g2": [float(40 - n) for n in range(20)]}
    )
    nodes = [node for node in ElementTree.fromstring(cloud(many, "g2")).iter() if node.tag.endswith("text")]
    drawn = {
        "".join(node.itertext()): re.search(r"#\w{6}", ElementTree.tostring(node, "unicode"))
        for node in nodes
    }
    ranks = [PALETTE.index(found.group()) for _, found in sorted(drawn.items()) if found]
    assert ranks == sorted(ranks)
    assert set(ranks) == set(range(len(PALETTE)))


def test_words_lie_flat() -> None:
    assert "rotate(" not in cloud(WORDS, "g2")
