"""A query told back in French, and as SQL on the keyword index: fixed text, the words only as parameters."""

from dataclasses import dataclass, field

from dashboard.query import parse, split_compared
from dashboard.query_tree import And, Match, Not, Or, Query, Word, Words
from dashboard.terms import stem

EVERYTHING = "SELECT article_id, published FROM counted"
ASKED = {
    Match.EXACT: "term = {value}",
    Match.PREFIX: "starts_with(term, {value})",
    Match.FORMS: "stem = {value}",
}
ONE_TERM = """
    SELECT article_id, published FROM posting
    WHERE term_id IN (SELECT term_id FROM term WHERE {asked}){title}
"""
TERMS = "SELECT {number} AS word, term_id, articles FROM term WHERE {asked}"
PLACES = """
    SELECT article_id, published, positions FROM posting SEMI JOIN held USING (article_id)
    WHERE term_id IN (SELECT term_id FROM asked WHERE word = {number}){title}
"""
PLACES_OF_SEVERAL = """
    SELECT article_id, published, flatten(list(positions)) AS positions
    FROM posting SEMI JOIN held USING (article_id)
    WHERE term_id IN (SELECT term_id FROM asked WHERE word = {number}){title}
    GROUP BY article_id, published
"""
# Only articles that hold the rarest of the words are looked at; of a frequent one the others are never read.
TOGETHER = """
    WITH asked AS MATERIALIZED ({terms}),
    held AS MATERIALIZED (
        SELECT article_id FROM posting WHERE term_id IN (
            SELECT term_id FROM asked
            WHERE word = (SELECT word FROM asked GROUP BY word ORDER BY sum(articles), word LIMIT 1)
        )
    )
    SELECT article_id, published
    FROM (SELECT w0.article_id, w0.published, {positions} FROM {places})
    WHERE len(list_filter({starts}, lambda x: {begins})) > 0
"""
FOLLOWS = "list_contains(p{number}, x + {number})"
STANDS_NEAR = "len(list_filter(p{number}, lambda y: y BETWEEN x AND x + {width})) > 0"
IN_TITLE = "x < 0"


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
            return ONE_TERM.format(asked=self.asked(word), title=title) + distinct
        return self.together(tree)

    def together(self, tree: Words) -> str:
        numbers = range(len(tree.items))
        terms = (TERMS.format(number=i, asked=self.asked(word)) for i, word in enumerate(tree.items))
        places = [f"({_places(i, word, tree.title)}) AS w{i}" for i, word in enumerate(tree.items)]
        return TOGETHER.format(
            terms=" UNION ALL ".join(terms),
            positions=", ".join(f"w{i}.positions AS p{i}" for i in numbers),
            places=" JOIN ".join(places[:1] + [f"{place} USING (article_id)" for place in places[1:]]),
            starts="p0" if tree.within is None else f"flatten([{', '.join(f'p{i}' for i in numbers)}])",
            begins=" AND ".join(_conditions(tree)),
        )

    def asked(self, word: Word) -> str:
        name = f"{self.name}{len(self.parameters)}"
        self.parameters[name] = stem(word.text) if word.match is Match.FORMS else word.text
        return ASKED[word.match].format(value=f"${name}")


def _places(number: int, word: Word, title: bool) -> str:
    sql = PLACES if word.match is Match.EXACT else PLACES_OF_SEVERAL
    return sql.format(number=number, title=" AND in_title" if title else "")


def _conditions(tree: Words) -> list[str]:
    """What is true of the position x where the words begin."""
    title = [IN_TITLE] if tree.title else []
    if tree.within is None:
        return [*title, *(FOLLOWS.format(number=i) for i in range(1, len(tree.items)))]
    width = tree.within + len(tree.items) - 1
    return [*title, *(STANDS_NEAR.format(number=i, width=width) for i in range(len(tree.items)))]


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
