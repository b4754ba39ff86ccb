"""The features of the learned layer in French words."""

from functools import cache

from dashboard.coding.plover import EVENT_TYPES

FAMILIES = {
    "blame": "reproche", "condemn": "condamnation", "regret": "inquiétude", "quarrel": "tension",
    "investigate": "enquête", "refuse": "refus", "deny": "démenti", "demand": "exigence", "ask": "demande",
    "threat": "menace", "warn": "avertissement", "retaliate": "représailles", "protest": "protestation",
    "sanction": "sanction", "expel": "expulsion", "cut": "rupture", "tariff": "taxe", "arrest": "arrestation",
    "spy": "espionnage", "seize": "mainmise", "poison": "empoisonnement", "posture": "démonstration de force",
    "invade": "invasion", "strike": "frappe", "fight": "combat", "kill": "mise à mort", "weapon": "arme",
    "siege": "blocus", "coerce": "contrainte", "meet": "rencontre", "negotiate": "négociation", "visit": "visite",
    "mediate": "médiation", "agree": "accord", "promise": "promesse", "mend": "rapprochement", "support": "soutien",
    "friend": "amitié", "homage": "hommage", "join": "adhésion", "concede": "concession", "coop": "coopération",
    "jointdrill": "action commune", "trade": "commerce", "extradite": "extradition", "aid": "aide",
    "withdraw": "retrait", "truce": "trêve", "free": "libération", "say": "déclaration", "may": "intention",
    "neg": "négation", "back": "passé", "if": "condition", "source": "source citée", "gov": "gouvernement",
    "envoy": "diplomate", "mil": "armée", "civ": "simple personne", "crime": "police et justice", "epi": "épidémie",
    "sport": "sport", "disaster": "catastrophe", "list": "énumération", "econ": "économie", "nuke": "nucléaire",
    "terr": "territoire", "vote": "élection",
}  # fmt: skip
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
    "entre_et": "« entre … et … »",
    "x_et_y": "« … et … »",
    "o-none": "aucun mot de conflit",
    "o+none": "aucun mot de coopération",
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
    "dl": "le mot le plus proche, conflit ou coopération",
}
_NEIGHBOURS = {"p": "devant", "h": "juste avant", "n": "juste après"}
_RANKS = {"i": "le premier pays", "j": "le second pays"}


@cache
def describe(feature: str) -> str:
    """A feature as an analyst reads it, such as « expulse » entre les deux pays."""
    name, mark, value = _parted(feature)
    if feature in _FIXED or (mark == "=" and name in _FIXED):
        return (
            _FIXED.get(feature)
            or f"{_FIXED[name]} ({value})" * (name in {"nc", "d", "ob", "cb", "t-", "t+"})
            or _FIXED[name]
        )
    if mark == "=" and len(name) == 2 and name[0] == "k":
        return f"{_RANKS[name[1]]} nommé par : {_KINDS.get(value, value)}"
    if mark == "=" and name[-1] in _RANKS and name[0] in _NEIGHBOURS:
        word = _family(value) if name[1] == "F" else f"« {value} »"
        return f"{word} {_NEIGHBOURS[name[0]]} {_RANKS[name[-1]]}"
    if name[0] == "o":
        return _trigger(name, value)
    if name in {"F", "T"}:
        return f"{_family(value)} dans la phrase"
    if name[0] == "n" and name[1:2] in _SIDES:
        return f"mots de {'conflit' if name.endswith('-') else 'coopération'} {_SIDES[name[1]]}"
    word = _family(value) if name[-1] in "FT" else f"« {value.replace('_', ' ')} »"
    return f"{word} {_SIDES.get(name[0], 'dans la phrase')}".replace("« @ »", "un autre pays")


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
    return f"mot de {label}" + (" nié" if value.endswith("!") else "")


def _trigger(name: str, value: str) -> str:
    nearest = "mot de conflit" if name[1] == "-" else "mot de coopération"
    head, _, rest = value.partition(":")
    if name[2:] in {"fam", "fs", "fp", "fx", "sg"}:
        how = {"near": "tout proche", "mid": "proche", "far": "éloigné"}.get(rest, "à portée des deux pays")
        return f"{_family(head)}, {how}"
    if name[2:] == "lem":
        return f"« {head} », {'proche' if rest == 'n' else 'éloigné'}"
    if name[2:] == "pas":
        return f"{'passif' if head[0] == 'p' else 'pronominal'}, {_family(head[1:])}"
    if name[2:] in {"ty", "sgt"}:
        return f"{_family(head.rstrip('LRA'))}, selon la place des deux pays"
    return f"place des deux pays autour du {nearest}"
