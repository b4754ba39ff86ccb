"""A query told back in French, and as SQL on the keyword index: fixed text, the words only as parameters."""

from dataclasses import dataclass, field

from dashboard.query import And, Match, Not, Or, Query, Word, Words, parse, split_compared
from dashboard.terms import stem

EVERYTHING = "SELECT article_id, published FROM counted"
TERMS = {
    Match.EXACT: "SELECT term_id FROM term WHERE term = {value}",
    Match.PREFIX: "SELECT term_id FROM term WHERE starts_with(term, {value})",
    Match.FORMS: "SELECT term_id FROM term WHERE stem = {value}",
}
ONE_TERM = "SELECT article_id, published FROM posting WHERE term_id IN ({terms}){title}"
PLACES = """
    SELECT article_id, published, unnest(positions) - {shift} AS place
    FROM posting WHERE term_id IN ({terms}){title}
"""
FOLLOWS = """
    SELECT DISTINCT first.article_id, first.published FROM ({first}) AS first {joins}
"""
NEXT = """
    SEMI JOIN ({places}) AS n{number}
    ON n{number}.article_id = first.article_id AND n{number}.place = first.place
"""
NEAR = """
    SELECT DISTINCT article_id, published
    FROM (
        SELECT article_id, published, bit_or(bit) OVER (
            PARTITION BY article_id ORDER BY place RANGE BETWEEN CURRENT ROW AND {width} FOLLOWING
        ) AS met
        FROM ({places}) SEMI JOIN ({together}) AS together USING (article_id)
    )
    WHERE met = {all}
"""


@dataclass(frozen=True, slots=True)
class Matching:
    """A SELECT of the article_id and published of every counted article that matches, each once."""

    sql: str
    parameters: dict[str, object]


def matching(*trees: Query, name: str = "q") -> Matching:
    """The articles that match one of the trees; its parameters are called q0, q1… or after another `name`."""
    writer = _Writer(name)
    return Matching(writer.select(trees[0] if len(trees) == 1 else Or(trees)), writer.parameters)


def matching_text(text: str, name: str = "q") -> Matching:
    """The articles that match one of the queries compared in `text`. Raises QuerySyntaxError."""
    return matching(*(parse(one) for one in split_compared(text) or (text,)), name=name)


@dataclass
class _Writer:
    name: str
    parameters: dict[str, object] = field(default_factory=dict)

    def select(self, tree: Query) -> str:
        match tree:
            case Words():
                return self.words(tree)
            case Or(items):
                return "\nUNION\n".join(f"({self.select(item)})" for item in items)
            case And(items):
                return self.both(
                    [i for i in items if not isinstance(i, Not)],
                    [i.item for i in items if isinstance(i, Not)],
                )
            case Not(item):
                return self.both([], [item])

    def both(self, wanted: list[Query], unwanted: list[Query]) -> str:
        first = self.select(wanted[0]) if wanted else EVERYTHING
        joins = [
            f"SEMI JOIN ({self.select(item)}) AS s{i} USING (article_id)" for i, item in enumerate(wanted[1:])
        ]
        joins += [
            f"ANTI JOIN ({self.select(item)}) AS a{i} USING (article_id)" for i, item in enumerate(unwanted)
        ]
        return f"SELECT article_id, published FROM ({first}) AS m {' '.join(joins)}"

    def words(self, tree: Words) -> str:
        if len(tree.items) == 1:
            [word] = tree.items
            title = " AND in_title" if tree.title else ""
            distinct = "" if word.match is Match.EXACT else " GROUP BY ALL"
            return ONE_TERM.format(terms=self.terms(word), title=title) + distinct
        return self.phrase(tree) if tree.within is None else self.near(tree, tree.within)

    def phrase(self, tree: Words) -> str:
        first, *others = [self.places(word, shift, tree.title) for shift, word in enumerate(tree.items)]
        joins = [NEXT.format(places=places, number=number) for number, places in enumerate(others)]
        return FOLLOWS.format(first=first, joins=" ".join(joins))

    def near(self, tree: Words, within: int) -> str:
        places = [
            f"SELECT *, {1 << i} AS bit FROM ({self.places(word, 0, tree.title)})"
            for i, word in enumerate(tree.items)
        ]
        together = self.both([Words((word,), title=tree.title) for word in tree.items], [])
        return NEAR.format(
            places=" UNION ALL ".join(places),
            together=together,
            width=within + len(tree.items) - 1,
            all=(1 << len(tree.items)) - 1,
        )

    def places(self, word: Word, shift: int, title: bool) -> str:
        places = PLACES.format(shift=shift, terms=self.terms(word), title=" AND in_title" if title else "")
        return f"SELECT * FROM ({places}) WHERE place + {shift} < 0" if title else places

    def terms(self, word: Word) -> str:
        name = f"{self.name}{len(self.parameters)}"
        self.parameters[name] = stem(word.text) if word.match is Match.FORMS else word.text
        return TERMS[word.match].format(value=f"${name}")


def describe(tree: Query) -> str:
    """What a query looks for, in French: « russie » et (« gaz » ou « pétrole »), sans « otan »."""
    match tree:
        case Words():
            return _words(tree)
        case Not(item):
            return f"sans {_grouped(item)}"
        case Or(items):
            return " ou ".join(_grouped(item) for item in items)
        case And(items):
            with_commas = [(", " if isinstance(i, Not) else " et ") + _grouped(i) for i in items]
            return "".join(with_commas).removeprefix(", ").removeprefix(" et ")


def _grouped(tree: Query) -> str:
    return f"({describe(tree)})" if isinstance(tree, And | Or) else describe(tree)


def _words(tree: Words) -> str:
    where = " dans le titre" if tree.title else ""
    plain = all(word.match is Match.EXACT for word in tree.items)
    if plain and tree.within is None:
        return f"«\u00a0{' '.join(word.text for word in tree.items)}\u00a0»{where}"
    said = [_SAID[word.match].format(word=word.text) for word in tree.items]
    if tree.within is None:
        return " suivi de ".join(said) + where
    return f"{' près de '.join(said)} ({tree.within} autres mots au plus){where}"


_SAID = {
    Match.EXACT: "«\u00a0{word}\u00a0»",
    Match.PREFIX: "un mot en «\u00a0{word}…\u00a0»",
    Match.FORMS: "«\u00a0{word}\u00a0» et ses formes",
}
