"""What speaks for or against a relation between two countries of a sentence, as named features."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.coding.frames import COUNTRY, Frame, Role, Trigger, is_adjective
from dashboard.coding.grammar import ARTICLES, PREPOSITIONS
from dashboard.coding.records import Mention

ORGANISATIONS = frozenset({"EUU", "NAT", "UNO"})
_BEFORE, _AFTER, _FAR, _EDGE = 6, 8, 30, 15
_KEPT_ARTICLES = frozenset(["a", "au", "aux", "de", "du", "des", "d"])
_STEPS = (0, 1, 2, 3, 5, 8, 12, 20)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two countries by their nearest mentions, `first` before `second` as token numbers."""

    source: str
    target: str
    first: int
    second: int


def step(value: float, edges: tuple[float, ...] = _STEPS) -> str:
    """The first edge that `value` does not pass, as text; "+" beyond the last."""
    for edge in edges:
        if value <= edge:
            return str(edge)
    return "+"


def pairs(laid: Frame) -> list[Pair]:
    """Every two countries of the sentence at their nearest mentions; a clause break counts as three words."""
    found = []
    codes = sorted(laid.places)
    for number, one in enumerate(codes):
        for other in codes[number + 1 :]:
            _, at, to = min(
                (abs(i - j) + 3 * abs(laid.clauses[i] - laid.clauses[j]), i, j)
                for i in laid.places[one]
                for j in laid.places[other]
            )
            found.append(Pair(one, other, at, to) if at < to else Pair(other, one, to, at))
    return found


def sentence_features(laid: Frame) -> set[str]:
    """Features that all pairs of a sentence share."""
    found = {"nc=" + step(len(laid.places), (2, 3, 4, 6))}
    if laid.is_headline:
        found.add("headline")
    balance = {True: 0, False: 0}
    for senses in laid.senses:
        for sense in senses:
            found.add("F:" + sense.family)
            if sense.type:
                found.add("T:" + sense.type)
                balance[sense.conflict] += 1
    found.add("t-=" + step(balance[True], (0, 1, 2, 4)))
    found.add("t+=" + step(balance[False], (0, 1, 2, 4)))
    if any(token.isdigit() and len(token) == 4 and "1900" <= token <= "2015" for token in laid.tokens):
        found.add("year")
    return found


def pair_features(laid: Frame, pair: Pair) -> set[str]:
    """Features of one pair; all are on or off."""
    found = _standing(laid, pair)
    found |= _around(laid, pair)
    found |= _window(laid, _between(pair), "b", grams=True)
    found |= _window(laid, range(max(0, pair.first - _BEFORE), pair.first), "a")
    found |= _window(laid, range(pair.second + 1, min(len(laid.tokens), pair.second + 1 + _AFTER)), "c")
    best = best_triggers(laid, pair)
    for sign in "-+":
        found |= _trigger(laid, pair, sign, best.get(sign))
    if len(best) == 2:
        gap = best["-"][0] - best["+"][0]
        lead = "-" if gap < -1.5 else "+" if gap > 1.5 else "0"
        found.add("dl=" + lead)
        found.add(f"dl={lead}{best['-'][1].sense.family}|{best['+'][1].sense.family}")
    return found


def _between(pair: Pair) -> Iterable[int]:
    if pair.second - pair.first - 1 <= _FAR:
        return range(pair.first + 1, pair.second)
    return [*range(pair.first + 1, pair.first + 1 + _EDGE), *range(pair.second - _EDGE, pair.second)]


def _kind(mention: Mention) -> str:
    return "org" if mention.country in ORGANISATIONS else mention.kind.value[:4]


def _standing(laid: Frame, pair: Pair) -> set[str]:
    """How the two are named and how far apart they stand."""
    i, j = pair.first, pair.second
    one, other = _kind(laid.mentions[laid.holders[i]]), _kind(laid.mentions[laid.holders[j]])
    others = [at for at in laid.groups if laid.codes[at] not in {pair.source, pair.target}]
    found = {
        "ki=" + one,
        "kj=" + other,
        f"k={one}|{other}",
        "d=" + step(j - i - 1),
        "ob=" + step(sum(i < at < j for at in others), (0, 1, 2)),
        "cb=" + step(laid.clauses[j] - laid.clauses[i], (0, 1, 2, 4)),
        f"PC={laid.prepositions[i]}|{laid.prepositions[j]}",
    }
    if i <= 1:
        found.add("xstart")
    if others:
        found.add("comp=" + step(min(min(abs(at - i), abs(at - j)) for at in others), (2, 4, 8)))
    if laid.groups[i] == laid.groups[j]:
        found.add("samegroup")
    if laid.quoted[i] != laid.quoted[j]:
        found.add("quotecross")
    elif laid.quoted[i]:
        found.add("inquote")
    return found


def _around(laid: Frame, pair: Pair) -> set[str]:
    """The words right before and after each of the two."""
    found = set()
    governors = []
    for side, at in (("i", pair.first), ("j", pair.second)):
        governor = at - 1
        while governor >= 0 and at - governor <= 4 and laid.tokens[governor] in ARTICLES - _KEPT_ARTICLES:
            governor -= 1
        word = laid.tokens[governor] if governor >= 0 else "^"
        governors.append(word if word in PREPOSITIONS else "_")
        found.add(f"p{side}=" + (laid.stems[governor] if governor >= 0 else "^"))
        head = at - 1
        while head >= 0 and laid.tokens[head] in ARTICLES:
            head -= 1
        if head >= 0:
            found.add(f"h{side}={laid.stems[head]}")
            found.update(f"hF{side}={sense.family}" for sense in laid.senses[head])
        if at + 1 < len(laid.tokens):
            found.add(f"n{side}={laid.stems[at + 1]}")
            found.update(f"nF{side}={sense.family}" for sense in laid.senses[at + 1])
    found.add(f"pp={governors[0]}|{governors[1]}")
    between = set(laid.tokens[pair.first + 1 : pair.second])
    if (
        "et" in between
        and pair.second - pair.first <= 9
        and "entre" in laid.tokens[max(0, pair.first - 4) : pair.first]
    ):
        found.add("entre_et")
    if between and between <= ARTICLES | {"et"}:
        found.add("x_et_y")
    return found


def _window(laid: Frame, window: Iterable[int], side: str, *, grams: bool = False) -> set[str]:
    """Words and word families of one stretch of the sentence; `grams` adds two words in a row."""
    found = set()
    signs = {True: 0, False: 0}
    last = -2
    for at in window:
        if laid.tokens[at] == COUNTRY:
            found.add(side + ":" + COUNTRY)
            continue
        stem = laid.stems[at]
        found.add(f"{side}:{stem}")
        if grams and last == at - 1:
            found.add(f"{side}{side}:{laid.stems[last]}_{stem}")
        last = at
        if at in laid.phrases:
            found.add(f"{side}M:{laid.phrases[at]}")
        for sense in laid.senses[at]:
            found.add(f"{side}F:{sense.family}" + ("!" if laid.negated[at] else ""))
            if sense.type:
                found.add(f"{side}T:{sense.type}")
                signs[sense.conflict] += 1
    found.update(
        f"n{side}{sign}={step(signs[bad], (1, 2, 4))}"
        for bad, sign in ((True, "-"), (False, "+"))
        if signs[bad]
    )
    return found


def role(laid: Frame, country: str, at: int) -> Role:
    """The best standing of any mention of `country` toward the trigger at token `at`."""
    known = laid.roles.get((country, at))
    if known is None:
        standings = [_role(laid, country, place, at) for place in laid.places[country]]
        known = standings[0] if len(standings) == 1 else min(standings, key=lambda found: found.cost)
        laid.roles[country, at] = known
    return known


def _role(laid: Frame, country: str, place: int, at: int) -> Role:
    low, high = (place, at) if place < at else (at, place)
    rivals = _rivals(laid, country, place, low, high) if high - low > 1 else 0
    breaks = abs(laid.clauses[place] - laid.clauses[at])
    close = place == at + 1 and is_adjective(laid.mentions[laid.holders[place]])
    cost = 2 * rivals + breaks + (high - low) / 40 - close
    side = "A" if close else "L" if place < at else "R"
    return Role(cost, side, min(rivals, 2), min(breaks, 2), laid.prepositions[place])


def _rivals(laid: Frame, country: str, place: int, low: int, high: int) -> int:
    """How many groups of other countries stand between two tokens."""
    own = laid.groups[place]
    return len(
        {
            group
            for other, group in laid.groups.items()
            if low < other < high and group != own and laid.codes[other] != country
        }
    )


def best_triggers(laid: Frame, pair: Pair) -> dict[str, tuple[float, Trigger, Role, Role]]:
    """For conflict "-" and cooperation "+", the trigger that both countries stand nearest to."""
    best: dict[str, tuple[float, Trigger, Role, Role]] = {}
    for trigger in laid.triggers:
        sign = "-" if trigger.sense.conflict else "+"
        one, other = role(laid, pair.source, trigger.at), role(laid, pair.target, trigger.at)
        cost = one.cost + other.cost
        if sign not in best or cost < best[sign][0]:
            best[sign] = (cost, trigger, one, other)
    return best


def triggers_by_reach(laid: Frame, source: str, target: str, conflict: bool) -> list[Trigger]:
    """The triggers of conflict, or of cooperation, those that both countries stand nearest to first.

    What the target itself does (« condamne les sanctions américaines ») comes after the rest.
    """

    def cost(trigger: Trigger) -> float:
        toward = role(laid, target, trigger.at)
        return role(laid, source, trigger.at).cost + toward.cost + 3 * (toward.side == "A")

    return sorted((found for found in laid.triggers if found.sense.conflict == conflict), key=cost)


def _trigger(laid: Frame, pair: Pair, sign: str, best: tuple[float, Trigger, Role, Role] | None) -> set[str]:
    o = "o" + sign
    if best is None:
        return {o + "none"}
    cost, trigger, one, other = best
    family = trigger.sense.family
    reach = "near" if cost <= 1.5 else "mid" if cost <= 3.5 else "far"
    sides = f"{one.side}{one.rivals}{other.side}{other.rivals}"
    alone = "1" if one.rivals == other.rivals == 0 else "0"
    clause = "c" if one.breaks + other.breaks <= 1 else "x"
    found = {
        f"{o}s={step(cost, (0, 1, 2, 3, 4, 6, 9))}",
        f"{o}fam={family}" + ("!" if trigger.negated else ""),
        f"{o}fam={family}:{reach}",
        f"{o}ty={trigger.sense.type}:{sides}",
        f"{o}r={sides}",
        f"{o}cp={one.breaks}{other.breaks}",
        f"{o}fs={family}:{one.side}{other.side}",
        f"{o}fp={family}:{laid.prepositions[pair.second]}{trigger.voice}",
        f"{o}fx={family}:{alone}{clause}",
        f"{o}ex={alone}{clause}",
        f"{o}lem={laid.stems[trigger.at]}:" + ("n" if cost <= 3 else "f"),
    }
    if trigger.voice:
        found.add(f"{o}pas={trigger.voice}{family}")
    if len(laid.places) > 2:
        nearer = step(_nearer(laid, trigger, cost), (0, 1, 2))
        found.add(f"{o}win={nearer}")
        found.add(f"{o}win={nearer}{sides}")
    if laid.groups[pair.first] == laid.groups[pair.second]:
        found.add(f"{o}sg={family}")
        found.add(f"{o}sgt={trigger.sense.type}{one.side}")
        found.add(f"{o}sgp={one.preposition}{one.side}" + ("+" if len(set(laid.groups.values())) > 1 else ""))
    return found


def _nearer(laid: Frame, trigger: Trigger, cost: float) -> int:
    """How many other pairs of the sentence stand clearly nearer to the trigger."""
    costs = [role(laid, country, trigger.at).cost for country in laid.places]
    return sum(a + b < cost - 0.6 for n, a in enumerate(costs) for b in costs[n + 1 :])
