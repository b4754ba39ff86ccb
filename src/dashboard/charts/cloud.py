"""A word cloud: the size of a word is a number that its caption names, its place says nothing."""

import hashlib
from functools import cache
from pathlib import Path

import matplotlib
import pandas as pd
from wordcloud import WordCloud

WIDTH, HEIGHT = 960, 480
MOST_WORDS = 120
LONGEST_WORD = 40
# Dark enough on white and light enough on black: contrast of at least 3.6 with both.
PALETTE = ("#2f7fb5", "#b5653a", "#4d8a57", "#8a6bb1", "#a8762a", "#6f7f8c")


def cloud(frame: pd.DataFrame, size_by: str) -> str:
    """The words of `frame` (column shown) as an SVG on a transparent ground, sized by the column `size_by`.

    The same frame always gives the same picture. Words of more than 40 letters and sizes that are not
    positive are left out; "" when no word is left.
    """
    sizes = _sizes(frame, size_by)
    if not sizes:
        return ""
    drawn = WordCloud(
        width=WIDTH,
        height=HEIGHT,
        mode="RGBA",
        background_color=None,
        font_path=_font(),
        max_words=MOST_WORDS,
        prefer_horizontal=1.0,
        relative_scaling=0.5,
        margin=4,
        random_state=1,
        color_func=_colour,
    ).generate_from_frequencies(sizes)
    return str(drawn.to_svg(embed_font=False))


def _sizes(frame: pd.DataFrame, size_by: str) -> dict[str, float]:
    sized = frame[(frame[size_by] > 0) & (frame["shown"].str.len() <= LONGEST_WORD)]
    ordered = sized.sort_values([size_by, "shown"], ascending=[False, True]).head(MOST_WORDS)
    return dict(zip(ordered["shown"], ordered[size_by].astype(float), strict=True))


def _colour(word: str, **_: object) -> str:
    return PALETTE[hashlib.blake2b(word.encode(), digest_size=1).digest()[0] % len(PALETTE)]


@cache
def _font() -> str:
    return str(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans-Bold.ttf")
