"""How many articles of 400 words one core codes per second: `coding_speed.py [CORPUS.jsonl.gz]`.

Without a corpus (gzipped JSON lines with title, lead, text), articles are put together from the sentences
of the quality gate, which name far more countries than a newspaper does: a lower bound.
"""

import gzip
import json
import os
import platform
import sys
import time
from datetime import date
from pathlib import Path

from dashboard.coding.reading import read

WORDS = 400
ARTICLES = 4000
OWN = Path(__file__).parents[1] / "coding" / "sentences.jsonl"
DAY = date(2020, 6, 1)


def texts(given: list[str]) -> list[str]:
    if given:
        with gzip.open(given[0], "rt", encoding="utf-8") as lines:
            articles = [json.loads(line) for line in lines]
        return ["\n".join(article[part] or "" for part in ("title", "lead", "text")) for article in articles]
    return [" ".join(json.loads(line)["text"] for line in OWN.read_text(encoding="utf-8").splitlines())] * 20


def pieces(whole: list[str]) -> list[str]:
    """Stretches of exactly 400 words."""
    cut = []
    for text in whole:
        words = text.split(" ")
        cut += [" ".join(words[at : at + WORDS]) for at in range(0, len(words) - WORDS + 1, WORDS)]
    return cut[:ARTICLES]


def main() -> None:
    articles = pieces(texts(sys.argv[1:]))
    read("Moscou accuse Kiev.", on=DAY)
    start = time.process_time()
    several = events = 0
    for article in articles:
        for sentence in read(article, on=DAY):
            several += len({mention.country for mention in sentence.mentions}) > 1
            events += len(sentence.events)
    seconds = time.process_time() - start
    print(f"machine   {platform.machine()}, {os.cpu_count()} cores, one used")
    print(f"articles  n = {len(articles)} of {WORDS} words, {several} sentences with two countries")
    print(f"events    {events}")
    print(f"speed     {len(articles) / seconds:,.0f} articles/s per core ({seconds:.2f} s of processor time)")


if __name__ == "__main__":
    main()
