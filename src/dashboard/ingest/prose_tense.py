"""Whether the words around a date tell what happened that day, announce what will, or recall what had."""

import re

CLAUSE = 200
COMING = re.compile(
    r"\b(?:prévue?s?|attendue?s?|programmée?s?|fixée?s?|planifiée?s?|reportée?s?|annoncée?s? pour"
    r"|prochaine?s?"
    r"|doit|doivent|devrait|devraient|aura|auront|sera|seront|pourrait|pourraient|d[’']ici"
    r"|jusqu[’'](?:au|à|en)"
    r"|avant le|à partir d[ue]|à compter d[ue]|au plus tard|dès l[ea]|d’ici"
    r"|\w{3,}(?:era|eront|ira|iront|dra|dront|tra|tront))\b",
    re.IGNORECASE,
)
TOLD = re.compile(
    r"\b(?:a|ont|est|sont|s[’']est|se sont|n[’']a)\s+(?:\w+\s+)?\w+(?:é|i|u|t|is)e?s?\b", re.IGNORECASE
)
BACKGROUND = re.compile(
    r"\b(?:depuis|anniversaire|né|née|nés|mort|accords?|traité|résolution|attentats? d[ue]|remonte)\b",
    re.IGNORECASE,
)
PARTICIPLE_BEFORE = re.compile(
    r"(?P<before>(?:[\w’'-]+\s+){0,3})(?P<verb>\w+(?:ée?s?|ie?s?|ue?s?))\s+le\s*$", re.IGNORECASE
)
AUXILIARY = re.compile(
    r"\b(?:a|ont|avait|avaient|est|sont|était|étaient|été|[sn][’'](?:est|a|ont)|ai)\b", re.IGNORECASE
)


def is_told(paragraph: str, match: re.Match[str]) -> bool:
    """Whether the date says when the news happened: neither announced nor background."""
    if match.groupdict().get("this"):
        return True
    before = re.split(r"[.;!?:»]\s|,\s", paragraph[max(0, match.start() - CLAUSE) : match.start()])[-1]
    after = re.split(r"[.;!?:,]|\bqu[e’'i]", paragraph[match.end() :], maxsplit=1)[0][:40]
    if _is_coming(before) or COMING.search(after):
        return False
    if match.groupdict().get("weekday"):
        return not re.search(r"\bdepuis\b", before, re.IGNORECASE)
    return not (BACKGROUND.search(before) or _is_participle_complement(before))


def _is_coming(before: str) -> bool:
    """« le sommet prévu a été annulé lundi » is told, « a annoncé qu’il se rendra lundi » is coming."""
    announced = max((match.end() for match in COMING.finditer(before)), default=-1)
    return announced > max((match.start() for match in TOLD.finditer(before)), default=-1)


def _is_participle_complement(before: str) -> bool:
    """« le traité signé le » is background, « Moscou a annoncé le » is news."""
    if re.search(r"\bdu\s*$", before, re.IGNORECASE):
        return True
    match = PARTICIPLE_BEFORE.search(before)
    return bool(match) and not AUXILIARY.search(before[: match.start("verb")][-40:]) if match else False


def is_announced(text: str, match: re.Match[str]) -> bool:
    """Whether the clause around a match speaks of what is to come."""
    before = re.split(r"[.;!?:»]\s|,\s", text[max(0, match.start() - CLAUSE) : match.start()])[-1]
    return _is_coming(before) or bool(
        COMING.search(re.split(r"[.;!?:,]", text[match.end() :], maxsplit=1)[0][:40])
    )
