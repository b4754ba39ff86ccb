"""What an analyst types to find words: read into a small tree, its mistakes told in French."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard.errors import InputRefused
from dashboard.query_tree import And, Match, Not, Or, Query, Word, Words
from dashboard.terms import words

__all__ = ["QuerySyntaxError", "parse", "split_compared"]

MOST_CHARACTERS = 500
MOST_TERMS = 50
MOST_COMPARED = 8  # as many as there are colours that can be told apart
SHORTEST_PREFIX = 3
WIDEST = 20  # words between those of a proximity; the gap that the index leaves between paragraphs is wider
MOST_NEAR = 8
DEEPEST = 20


class QuerySyntaxError(InputRefused):
    """A query that cannot be read: `str()` says why in French, `position` is the character (from 0)."""

    def __init__(self, sentence: str, text: str, position: int) -> None:
        super().__init__(sentence, detail=f"{text!r} at {position}")
        self.text = text
        self.position = position

    def pointer(self) -> str:
        """The query and under it an arrow that points at the character, in two lines of fixed width."""
        shown = max(0, self.position - 60)
        line = re.sub(r"\s", " ", self.text[shown : shown + 80])
        return f"{line}\n{' ' * (self.position - shown)}^"


def split_compared(text: str) -> tuple[str, ...]:
    """The queries that `text` compares, separated by « ; » or line ends outside of quotation marks.

    Each once. Raises QuerySyntaxError when there are more than MOST_COMPARED.
    """
    kept: dict[str, int] = {}
    for part in _SEPARATED.finditer(text):
        if query := part.group().strip():
            kept.setdefault(query, part.start() + len(part.group()) - len(part.group().lstrip()))
    if len(kept) > MOST_COMPARED:
        raise QuerySyntaxError(
            f"On compare {MOST_COMPARED} requêtes au plus.", text, list(kept.values())[MOST_COMPARED]
        )
    return tuple(kept)


def parse(text: str) -> Query:
    """The tree of one query. Raises QuerySyntaxError when it cannot be read or is longer than allowed."""
    if len(text) > MOST_CHARACTERS:
        raise QuerySyntaxError(
            f"La requête est trop longue\u00a0: {MOST_CHARACTERS} caractères au plus.", text, MOST_CHARACTERS
        )
    return _Parser(text).whole()


_SEPARATED = re.compile(r"(?:\"[^\"\n]*\"?|«[^»\n]*»?|“[^”\n]*”?|[^;\n])+")
_LEXEMES = re.compile(
    r"""(?P<space>\s+)
      | (?P<quoted>"[^"]*"|«[^»]*»|“[^”]*”|„[^“”]*[“”])
      | (?P<near>~[ ]?\d*)
      | (?P<field>(?:titre|title|flexion)\s?:|[^\W\d_]+:(?=\S))
      | (?P<word>[\w'’‘ʼ\u00ad\u200b-\u200d\u0300-\u036f]+
                 (?:[-‐‑.·][\w'’‘ʼ\u00ad\u200b-\u200d\u0300-\u036f]+)*)
      | (?P<mark>[()|&*"«»“”„-])
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_OPERATORS = {
    "OU": "|", "OR": "|", "|": "|", "ET": "&", "AND": "&", "&": "&",
    "SAUF": "-", "NOT": "-", "PAS": "-", "-": "-", "(": "(", ")": ")", "*": "*",
}  # fmt: skip
# « or » is also a metal, « pas » and « not » words: these are operators in capitals only.
_OPERATORS_IN_ANY_CASE = frozenset({"ou", "et", "sauf"})
_OPERANDS = frozenset({"word", "quoted", "field", "(", "-"})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int
    apart: bool  # a space, the start or an opening parenthesis stands before it


def _tokens(text: str) -> Iterator[_Token]:
    apart = True
    for found in _LEXEMES.finditer(text):
        kind, piece, at = str(found.lastgroup), found.group(), found.start()
        operator = _OPERATORS.get(piece.upper() if piece.lower() in _OPERATORS_IN_ANY_CASE else piece)
        if operator and not (piece == "-" and not apart):
            yield _Token(operator, piece, at, apart)
        elif kind == "mark" and piece != "-":
            raise QuerySyntaxError("Ce guillemet n’a pas son pendant.", text, at)
        elif kind in ("word", "quoted", "near", "field"):
            yield _Token(kind, piece, at, apart)
        apart = kind in ("space", "other") or piece == "("
    yield _Token("end", "", len(text), True)


class _Parser:
    """Recursive descent: « ou » binds less than « et », which binds less than « sauf »."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_tokens(text))
        self.next = 0
        self.terms = 0

    def whole(self) -> Query:
        if self.kind == "end":
            raise self.mistake("La requête ne contient aucun mot.")
        tree = self.either(_Scope())
        if self.kind != "end":
            raise self.mistake(_UNEXPECTED.get(self.kind, "La requête n’est pas comprise à partir d’ici."))
        return tree

    def either(self, scope: "_Scope") -> Query:
        items = [self.both(scope)]
        while self.kind == "|":
            self.take()
            items.append(self.both(scope))
        return items[0] if len(items) == 1 else Or(tuple(items))

    def both(self, scope: "_Scope") -> Query:
        items = [self.operand(scope)]
        while self.kind == "&" or self.kind in _OPERANDS:
            if self.kind == "&":
                self.take()
            items.append(self.operand(scope))
        return items[0] if len(items) == 1 else And(tuple(items))

    def operand(self, scope: "_Scope") -> Query:
        scope = replace(scope, depth=scope.depth + 1)
        if scope.depth > DEEPEST:
            raise self.mistake("La requête emboîte trop de parenthèses ou d’opérateurs.")
        match self.kind:
            case "-":
                self.take()
                return Not(self.operand(scope))
            case "field":
                return self.operand(self.narrowed(scope))
            case "(":
                return self.group(scope)
            case "quoted":
                return self.quoted(scope)
            case "word":
                return self.word(scope)
        raise self.mistake(_MISSING.get(self.kind, "Il manque un mot ici."))

    def narrowed(self, scope: "_Scope") -> "_Scope":
        name = self.token.text.rstrip(": \u00a0\u202f").lower()
        if name in ("titre", "title"):
            self.take()
            return replace(scope, title=True)
        if name == "flexion":
            self.take()
            return replace(scope, forms=True)
        raise self.mistake(f"Le champ «\u00a0{name}\u00a0» n’existe pas\u00a0: il y a titre: et flexion:.")

    def group(self, scope: "_Scope") -> Query:
        opened = self.take()
        tree = self.either(scope)
        if self.kind != ")":
            raise QuerySyntaxError("Cette parenthèse n’est pas refermée.", self.text, opened.at)
        self.take()
        return tree

    def word(self, scope: "_Scope") -> Query:
        token = self.take()
        starred = self.kind == "*" and not self.token.apart
        if starred:
            self.take()
            if self.kind == "word" and not self.token.apart:
                raise self.mistake("L’astérisque ne vaut qu’à la fin d’un mot.")
        return Words(self.items(token.text + "*" * starred, token.at, scope), title=scope.title)

    def quoted(self, scope: "_Scope") -> Query:
        token = self.take()
        items = self.items(token.text[1:-1], token.at, scope)
        if self.kind != "near":
            return Words(items, title=scope.title)
        items = tuple(dict.fromkeys(items))
        within = self.width(items)
        self.take()
        return Words(items, within if len(items) > 1 else None, scope.title)

    def width(self, items: tuple[Word, ...]) -> int:
        digits = self.token.text.lstrip("~ ")
        if not digits.isdecimal() or len(digits) > 3 or int(digits) > WIDEST:
            raise self.mistake(f"Après ~ il faut un nombre de mots de 0 à {WIDEST}.")
        if len(items) > MOST_NEAR:
            raise self.mistake(f"La proximité porte sur {MOST_NEAR} mots au plus.")
        return int(digits)

    def items(self, text: str, at: int, scope: "_Scope") -> tuple[Word, ...]:
        found: list[Word] = []
        for chunk in text.split():
            terms = [Word(term, Match.FORMS if scope.forms else Match.EXACT) for term in words(chunk)]
            if terms and chunk.endswith("*"):
                terms[-1] = Word(terms[-1].text, Match.PREFIX)
                if len(terms[-1].text) < SHORTEST_PREFIX:
                    raise QuerySyntaxError(
                        f"Il faut au moins {SHORTEST_PREFIX} lettres avant l’astérisque.", self.text, at
                    )
            found += terms
        self.terms += len(found)
        if not found:
            raise QuerySyntaxError("Il n’y a pas de mot à chercher ici.", self.text, at)
        if self.terms > MOST_TERMS:
            raise QuerySyntaxError(
                f"La requête compte trop de mots\u00a0: {MOST_TERMS} au plus.", self.text, at
            )
        return tuple(found)

    @property
    def token(self) -> _Token:
        return self.tokens[self.next]

    @property
    def kind(self) -> str:
        return self.token.kind

    def take(self) -> _Token:
        self.next += 1
        return self.tokens[self.next - 1]

    def mistake(self, sentence: str) -> QuerySyntaxError:
        return QuerySyntaxError(sentence, self.text, self.token.at)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the fields around a word say, and how deep it lies."""

    title: bool = False
    forms: bool = False
    depth: int = 0


_MISSING = {
    "end": "Il manque un mot à la fin de la requête.",
    ")": "Il manque un mot avant cette parenthèse.",
    "|": "Il manque un mot avant «\u00a0ou\u00a0».",
    "&": "Il manque un mot avant «\u00a0et\u00a0».",
    "*": "L’astérisque vient juste après le début d’un mot.",
    "near": "Le signe ~ vient après des mots entre guillemets.",
}
_UNEXPECTED = {
    ")": "Cette parenthèse n’a pas été ouverte.",
    "*": _MISSING["*"],
    "near": _MISSING["near"],
}
