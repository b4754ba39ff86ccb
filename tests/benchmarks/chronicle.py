"""Generated articles for benchmarks: words drawn as in French news, the same texts for every engine."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.selection import REGIONS

WORDS_PER_ARTICLE = 160
FIRST_DAY, DAYS = date(2015, 1, 1), 3650
VOCABULARY = 1_500_000
# Zipf's law as measured on large corpora: slope -1 for the common words, steeper for the rare ones.
COMMON_RANKS, COMMON_SLOPE, RARE_SLOPE, SHIFT = 6_000, 1.08, 1.6, 1.7
GRID = 1 << 24
BATCH = 5_000

COMMON = """
    de la le et les des en un du que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux
    d'un d’une ont ses mais comme on tout nous sa été fait aussi leur bien peut ces y deux même ainsi entre
"""
# Words of the news at the ranks at which they stand in it: Russie in a tenth of the articles.
TOPICAL = {
    "président": 90, "Russie": 130, "l’Ukraine": 150, "guerre": 170, "États-Unis": 190, "accord": 260,
    "l’Élysée": 420, "sanctions": 500, "gaz": 620, "négociations": 680, "cessez-le-feu": 760, "OTAN": 800,
}  # fmt: skip
SYLLABLES = """
    ra té mon li su do ké ba tri on pe fi ga lou ver ni chau dre é co an mi plo ser tion ment eur ou in sa vi
    ro ma pi le que ble
"""


def words(rng: np.random.Generator) -> NDArray[np.object_]:
    """The vocabulary by rank: real words where they belong, among made-up ones, the rarer the longer."""
    found = dict.fromkeys(COMMON.split())
    syllables = SYLLABLES.split()
    while len(found) < VOCABULARY:
        rank = len(found)
        lengths = rng.integers(1 if rank < 400 else 2, 3 + int(np.log10(rank)), 20_000)
        picks = rng.integers(0, len(syllables), (20_000, 9))
        for length, pick in zip(lengths.tolist(), picks.tolist(), strict=True):
            found.setdefault("".join(syllables[i] for i in pick[:length]))
    ordered = [word for word in found if word not in TOPICAL]
    for word, rank in sorted(TOPICAL.items(), key=lambda item: item[1]):
        ordered.insert(rank, word)
    return np.array(ordered[:VOCABULARY], dtype=object)


def ranks() -> NDArray[np.int32]:
    """A table in which each rank stands as often as its share in a text asks for."""
    rank = np.arange(VOCABULARY) + 1.0
    weight = 1 / (rank + SHIFT) ** COMMON_SLOPE
    weight[COMMON_RANKS:] = weight[COMMON_RANKS - 1] * (COMMON_RANKS / rank[COMMON_RANKS:]) ** RARE_SLOPE
    share = np.cumsum(weight / weight.sum())
    table = np.searchsorted(share, (np.arange(GRID) + 0.5) / GRID).astype(np.int32)
    return np.minimum(table, VOCABULARY - 1)


def articles(count: int, *, first: int = 0, seed: int = 7) -> Iterator[pa.Table]:
    """`count` articles in batches: article_id from `first` + 1 on, title, text, published, regions."""
    rng = np.random.default_rng(seed)
    vocabulary, table = words(np.random.default_rng(1)), ranks()
    for start in range(0, count, BATCH):
        size = min(BATCH, count - start)
        drawn = vocabulary[table[rng.integers(0, GRID, (size, WORDS_PER_ARTICLE))]].tolist()
        day = [FIRST_DAY + timedelta(days=(start + i) * DAYS // count) for i in range(size)]
        yield pa.table(
            {
                "article_id": pa.array(range(first + start + 1, first + start + size + 1), pa.int32()),
                "title": [" ".join(row[:10]) for row in drawn],
                "text": [_body(row[10:]) for row in drawn],
                "published": pa.array(day, pa.date32()),
                "regions": [[REGIONS[i]] for i in rng.integers(0, len(REGIONS), size)],
            }
        )


def _body(row: list[str]) -> str:
    """Sentences of fifteen words, three to a paragraph."""
    sentences = [" ".join(row[i : i + 15]) + "." for i in range(0, len(row), 15)]
    return "\n\n".join(" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3))
