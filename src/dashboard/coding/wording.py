"""The features of the learned layer in French words."""

from functools import cache

from dashboard.coding import tables
from dashboard.coding.lexicon import STEM, lexicon
from dashboard.coding.plover import EVENT_TYPES

FAMILIES = {row["family"]: row["label"] for row in tables.shipped("families.tsv")}
_SIDES = {"a": "avant les deux pays", "b": "entre les deux pays", "c": "après les deux pays"}
_KINDS = {
    "nom": "nom", "gent": "gentilé", "capi": "capitale", "inst": "institution", "diri": "dirigeant",
    "org": "organisation",
}  # fmt: skip
_FIXED = {
    "headline": "titre sans verbe",
    "year": "une année passée dans la phrase",
    "xstart": "pays en tête de phrase",
    "samegroup": "pays nommés d’un même souffle",
    "quotecross": "guillemet entre les deux pays",
    "inquote": "dans une citation",
    "entre_et": "«\u00a0entre … et …\u00a0»",
    "x_et_y": "«\u00a0… et …\u00a0»",
    "nc": "nombre de pays dans la phrase",
    "d": "distance entre les deux pays",
    "ob": "autres pays entre les deux",
    "cb": "propositions entre les deux",
    "comp": "un autre pays plus proche",
    "PC": "prépositions devant les deux pays",
    "pp": "mots devant les deux pays",
    "k": "façon de nommer les deux pays",
    "t-": "nombre de mots de conflit",
    "t+": "nombre de mots de coopération",
}
_COUNTED = frozenset({"nc", "d", "ob", "cb", "t-", "t+"})
_NEIGHBOURS = {"p": "devant", "h": "juste avant", "n": "juste après"}
_MARKS = {
    "@": "un autre pays", ",": "une virgule", ".": "un point", ":": "deux-points", ";": "un point-virgule",
    '"': "un guillemet", "«": "un guillemet", "»": "un guillemet", "(": "une parenthèse",
    ")": "une parenthèse", "-": "un tiret", "0": "un nombre",
    "m": "«\u00a0M.\u00a0»", "!": "un point d’exclamation", "?": "un point d’interrogation",
}  # fmt: skip
_ELIDED = frozenset({"c", "d", "j", "l", "n", "qu", "s", "t"})
# Words of six letters that are whole, beside the lemmas of the lexicon.
_WHOLE = frozenset({"aupres", "autour", "contre", "depuis", "durant", "encore", "envers", "jamais", "tandis"})
_RANKS = {"i": "le premier pays", "j": "le second pays"}


@cache
def describe(feature: str) -> str:
    """A feature as an analyst reads it, such as « expulse » entre les deux pays."""
    name, mark, value = _parted(feature)
    if feature in _FIXED:
        return _FIXED[feature]
    if mark == "=" and name in _FIXED:
        return _FIXED[name] + (f" ({value})" if name in _COUNTED else "")
    if mark == "=" and name[-1] in _RANKS:
        return _neighbour(name, value)
    return _somewhere(name, value)


def _neighbour(name: str, value: str) -> str:
    """What stands by one of the two countries, or how it is named."""
    if name[0] == "k":
        return f"{_RANKS[name[1]]} nommé par\u00a0: {_KINDS.get(value, value)}"
    rank = _RANKS[name[-1]]
    if value == "^":
        return f"{rank} en début de phrase"
    word = _family(value) if name[1] == "F" else _word(value)
    return f"{word} {_NEIGHBOURS[name[0]]} {rank}"


def _somewhere(name: str, value: str) -> str:
    """A word or a family of words in one stretch of the sentence."""
    if name in {"F", "T"}:
        return f"{_family(value)} dans la phrase"
    if name[0] == "n":
        return f"mots de {'conflit' if name.endswith('-') else 'coopération'} {_SIDES[name[1]]}"
    word = _family(value) if name[-1] in "FT" else _word(value)
    return f"{word} {_SIDES[name[0]]}"


def _parted(feature: str) -> tuple[str, str, str]:
    """Name, mark and value of « name:value » or « name=value »."""
    marks = [(feature.index(mark), mark) for mark in ":=" if mark in feature[1:]]
    if not marks:
        return feature, "", ""
    at, mark = min(marks)
    return feature[:at], mark, feature[at + 1 :]


def _family(value: str) -> str:
    plain = value.rstrip("!")
    label = FAMILIES.get(plain) or (EVENT_TYPES[plain].noun if plain in EVENT_TYPES else plain)
    of = "d’" if label[0] in "aeéiou" else "de "
    return f"mot {of}{label}" + (" nié" if value.endswith("!") else "")


def _word(value: str) -> str:
    """A word in quotation marks; an elided or shortened one with its sign, a mark or a number by its name."""
    if value in _MARKS:
        return _MARKS[value]
    if value in _ELIDED:
        return f"«\u00a0{value}’\u00a0»"
    shortened = len(value) == STEM and value not in _whole_words()
    return f"«\u00a0{value}…\u00a0»" if shortened else f"«\u00a0{value}\u00a0»"


@cache
def _whole_words() -> frozenset[str]:
    return _WHOLE.union(lexicon().lemmas.values())
