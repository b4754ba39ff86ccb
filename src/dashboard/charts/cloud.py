"""A word cloud: the size of a word is a number that its caption names, its place says nothing."""

from bisect import bisect_left
from functools import cache
from pathlib import Path

import matplotlib
import pandas as pd
from wordcloud import WordCloud

WIDTH, HEIGHT = 960, 480
# The words are laid out on a ground that much smaller, in a third of the time, and drawn at full size.
SCALE = 2
MOST_WORDS = 120
LONGEST_WORD = 40
# Three tones of one blue for the large words, the first that of the figures, and grey for the small ones.
# Each stands out from white and from the dark ground by 3.2 at least, as large print must; the grey by more.
PALETTE = ("#0072B2", "#3B8AC4", "#5B96BF", "#727C87")
# The share of the words, from the largest on, up to which each tone goes.
REACH = (0.1, 0.3, 0.6, 1.0)


def cloud(frame: pd.DataFrame, size_by: str) -> str:
    """The words of `frame` (column shown) as an SVG on a transparent ground, sized by the column `size_by`.

    Their tone repeats their rank. The same frame always gives the same picture. Words of more than 40 letters
    and sizes that are not positive are left out; "" when no word is left.
    """
    sizes = _sizes(frame, size_by)
    if not sizes:
        return ""
    tones = _tones(list(sizes))
    drawn = WordCloud(
        width=WIDTH // SCALE,
        height=HEIGHT // SCALE,
        scale=SCALE,
        mode="RGBA",
        background_color=None,
        font_path=_font(),
        max_words=MOST_WORDS,
        prefer_horizontal=1.0,
        relative_scaling=0.5,
        margin=2,
        random_state=1,
        color_func=lambda word, **_: tones[word],
    ).generate_from_frequencies(sizes)
    return str(drawn.to_svg(embed_font=False))


def _sizes(frame: pd.DataFrame, size_by: str) -> dict[str, float]:
    sized = frame[(frame[size_by] > 0) & (frame["shown"].str.len() <= LONGEST_WORD)]
    ordered = sized.sort_values([size_by, "shown"], ascending=[False, True]).head(MOST_WORDS)
    return dict(zip(ordered["shown"], ordered[size_by].astype(float), strict=True))


def _tones(ordered: list[str]) -> dict[str, str]:
    """The colour of each word; the words come the largest first."""
    shares = ((number + 0.5) / len(ordered) for number in range(len(ordered)))
    return {word: PALETTE[bisect_left(REACH, share)] for word, share in zip(ordered, shares, strict=True)}


@cache
def _font() -> str:
    return str(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans-Bold.ttf")
