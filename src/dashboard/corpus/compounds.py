"""Words that belong together, as the corpus writes them: États-Unis, Corée du Nord, Donald Trump."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from dashboard.corpus.inversion import SEPARATORS, Numbered, Text, occurrences, split
from dashboard.corpus.places import Integers, Places
from dashboard.french.stopwords import says_something
from dashboard.terms import located

# They are looked for in a sample: every so many blocks of neighbouring articles, a power of two, so that it
# stays nearly the same while the corpus grows.
SAMPLE, BLOCK = 8_000, 250
FEWEST_ARTICLES = 5
# How many of a word's articles hold the whole.
NEARLY_ALWAYS = 0.75
MOST_COMPOUNDS = 2_000
LONGEST = 4
# May stand inside of a name: Corée du Nord, Ursula von der Leyen, Bachar al-Assad. Some begin one: al-Assad.
LINKS = frozenset(["de", "du", "des", "d", "la", "le", "les", "von", "der", "van", "ben", "bin", "al", "el"])
OPENING_LINKS = frozenset({"al", "el"})
NO_WORD = NO_FAMILY = -1

SIZE = "SELECT count(*) FROM counted"
SAMPLED = """
    SELECT article_id, published, title, lead, text FROM counted
    WHERE article_id // $block % $step = 0 ORDER BY article_id
"""
# A stretch is a sequence of two to four words where it stands, with a capital to begin with or with hyphens.
# One that is mostly hyphenated belongs together. Of two names the rarer one stands in it nearly always, or
# the first one in a family of names: Corée du. Of a name and a common word, as in Arabie saoudite, both do.
FIXED = """
    WITH sequence AS (
        SELECT word0, word1, word2, word3, last, family, count(DISTINCT article) AS n,
               avg(hyphenated) >= 0.5 AS hyphenated, avg(capitals) > 1.5 AS names
        FROM stretch GROUP BY ALL
    ),
    family AS (
        SELECT family, count(DISTINCT article) AS n
        FROM stretch WHERE family <> -1 AND capitals = 2 GROUP BY family
    )
    SELECT word0, word1, word2, word3
    FROM sequence
    JOIN word AS opening ON opening.word = word0
    JOIN word AS closing ON closing.word = last
    LEFT JOIN family USING (family)
    WHERE sequence.n >= $fewest AND (
        hyphenated
        OR sequence.n >= $nearly * greatest(opening.n, closing.n)
        OR names AND sequence.n >= $nearly * least(opening.n, closing.n)
        OR names AND family.n >= $nearly * opening.n
    )
    ORDER BY sequence.n DESC, word0, word1, word2, word3 LIMIT $most
"""
_HYPHEN = re.compile(r"[-‐‑](\w+['’])?")
_ELISION = re.compile(r"\w+['’]")


def found(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The compounds of the counted articles, the most frequent first: etats unis → États-Unis.

    At most MOST_COMPOUNDS; each in at least FEWEST_ARTICLES of the sample.
    """
    [(size,)] = connection.execute(SIZE).fetchall()
    step = 1 << max(0, (-(-size // SAMPLE) - 1).bit_length())
    texts = connection.execute(SAMPLED, {"block": BLOCK, "step": step}).fetchall()
    return _compounds(connection, _Sample(texts))


def parts(compound: str) -> Iterator[str]:
    """The shorter compounds that may stand in it, and the words that say something."""
    words = compound.split(" ")
    for length in range(1, len(words)):
        for start in range(len(words) - length + 1):
            part = words[start : start + length]
            if length > 1 or says_something(part[0]):
                yield " ".join(part)


@dataclass(frozen=True, slots=True)
class _Part:
    """A word as it is written in a chunk of text, after what stands before it there."""

    term: str
    before: str
    shown: str


class _Sample:
    """The sampled texts as a stream of parts, and what is known of every part and term."""

    def __init__(self, texts: Sequence[Text]) -> None:
        found = split(texts)
        in_chunks = [_parts(chunk) for chunk in found.chunks]
        self.parts = [part for chunk in in_chunks for part in chunk]
        self.terms = list(dict.fromkeys(part.term for part in self.parts))
        numbers = {term: number for number, term in enumerate(self.terms)}
        kinds = np.array([SEPARATORS.get(chunk, len(SEPARATORS)) for chunk in found.chunks], np.int64)
        counts = np.array([len(chunk) for chunk in in_chunks], np.int64)
        read = Numbered(texts, found.words, found.length, kinds, counts, np.arange(len(self.parts)))
        self.stream, self.articles, self.positions = occurrences(read)
        term_of = np.array([numbers[part.term] for part in self.parts], np.int64)
        self.words = term_of[self.stream]
        says = [says_something(term) and term not in LINKS for term in self.terms]
        self.closes = np.array(says, bool)[self.words]
        self.opens = self.closes | np.array([term in OPENING_LINKS for term in self.terms], bool)[self.words]
        self.link = np.array([term in LINKS for term in self.terms], bool)[self.words]
        self.capital = np.array([part.shown[:1].isupper() for part in self.parts], bool)[self.stream]
        self.hyphen = np.array([part.before.startswith("-") for part in self.parts], bool)[self.stream]

    def spread(self) -> pa.Table:
        """In how many articles each term stands: word, n."""
        many = max(1, len(self.terms))
        held = np.sort(self.articles * many + self.words)
        first = np.append(held[:1] >= 0, held[1:] != held[:-1])
        n = np.bincount(held[first] % many, minlength=len(self.terms))
        return pa.table({"word": np.arange(len(self.terms)), "n": n})

    def written(self, start: int, length: int) -> str:
        """The text of so many words from that place of the stream on."""
        first, *others = (self.parts[int(number)] for number in self.stream[start : start + length])
        return first.shown + "".join(part.before + part.shown for part in others)


def _parts(chunk: str) -> list[_Part]:
    readable, [places] = located(chunk)
    found: list[_Part] = []
    before = 0
    for term, start, end in places:
        glue = readable[before:start].replace("'", "’")
        if not found:
            glue = f" {glue}" if _ELISION.fullmatch(glue) else " "
        elif hyphen := _HYPHEN.fullmatch(glue):
            glue = f"-{hyphen.group(1) or ''}"
        found.append(_Part(term, glue, readable[start:end].replace("'", "’")))
        before = end
    return found


def _compounds(connection: duckdb.DuckDBPyConnection, sample: _Sample) -> dict[str, str]:
    connection.register(
        "stretch", pa.concat_tables(_stretches(sample, length) for length in range(2, LONGEST + 1))
    )
    connection.register("word", sample.spread())
    limits = {"fewest": FEWEST_ARTICLES, "nearly": NEARLY_ALWAYS, "most": MOST_COMPOUNDS}
    rows = connection.execute(FIXED, limits).fetchall()
    connection.unregister("stretch")
    connection.unregister("word")
    fixed = [[word for word in row if word != NO_WORD] for row in rows]
    written: list[Counter[str]] = [Counter() for _ in fixed]
    numbers, starts = Places(enumerate(fixed)).among(sample.words, sample.articles, sample.positions)
    for number, start in zip(numbers.tolist(), starts.tolist(), strict=True):
        written[number][sample.written(start, len(fixed[number]))] += 1
    return {
        " ".join(sample.terms[word] for word in words): min(forms, key=lambda form: (-forms[form], form))
        for words, forms in zip(fixed, written, strict=True)
    }


def _stretches(sample: _Sample, length: int) -> pa.Table:
    """Every place where so many words could be a compound, with its words and how they are written."""
    last, inside = length - 1, range(1, length - 1)
    at = np.flatnonzero(sample.opens[: max(0, len(sample.words) - last)])
    at = at[sample.closes[at + last] & (sample.articles[at + last] == sample.articles[at])]
    at = at[sample.positions[at + last] == sample.positions[at] + last]
    for i in inside:
        at = at[(sample.link | sample.hyphen | (sample.closes & sample.capital))[at + i]]
    hyphenated = np.all([sample.hyphen[at + i] for i in range(1, length)], axis=0)
    capitals = sample.capital[at].astype(np.int64) + sample.capital[at + last]
    linked = ~hyphenated & np.all([sample.link[at + i] for i in inside] or [np.ones(len(at), bool)], axis=0)
    words = [sample.words[at + i] if i < length else np.full(len(at), NO_WORD) for i in range(LONGEST)]
    kept = hyphenated | (sample.capital[at] & (linked | sample.capital[at + last]))
    columns = {
        **{f"word{i}": word for i, word in enumerate(words)},
        "last": words[last],
        "family": np.where(linked & (length > 2), _family(words[:last], len(sample.terms)), NO_FAMILY),
        "article": sample.articles[at],
        "hyphenated": hyphenated.astype(np.int64),
        "capitals": capitals,
    }
    return pa.table({name: column[kept] for name, column in columns.items()})


def _family(words: Sequence[Integers], many: int) -> Integers:
    """One number for the words in their order."""
    number = np.zeros(len(words[0]), np.int64)
    for word in words:
        number = number * (many + 1) + word + 1
    return number
