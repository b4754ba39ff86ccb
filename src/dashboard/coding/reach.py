"""Which words of conflict or cooperation two countries of a sentence stand nearest to, and how."""

from dashboard.coding.frames import Frame, Reach, Trigger
from dashboard.coding.grammar import FORMS_OF_BE
from dashboard.coding.records import MentionKind


def triggers_by_reach(laid: Frame, source: str, target: str, conflict: bool) -> list[Trigger]:
    """The triggers of conflict, or of cooperation, those that both countries stand nearest to first.

    What the target itself does (« condamne les sanctions américaines ») comes after the rest.
    """

    reached = _reached(laid, source, target, conflict)
    reached.sort(key=lambda found: found[0].cost + found[1].cost + 3 * (found[1].side == "A"))
    return [trigger for _, _, trigger in reached]


def standing(laid: Frame, source: str, target: str) -> set[str]:
    """How two countries stand toward the trigger of each class that both reach best, as named features."""
    found = set()
    for conflict, sign in ((True, "o-"), (False, "o+")):
        if reached := _reached(laid, source, target, conflict):
            found |= _told(laid, sign, *min(reached, key=lambda one: one[0].cost + one[1].cost))
        else:
            found.add(sign + "none")
    return found


def _reached(laid: Frame, source: str, target: str, conflict: bool) -> list[tuple[Reach, Reach, Trigger]]:
    """The triggers of conflict, or of cooperation, each with how the two countries reach it."""
    return [
        (reach(laid, source, trigger.at), reach(laid, target, trigger.at), trigger)
        for trigger in laid.triggers
        if trigger.sense.conflict == conflict
    ]


def _told(laid: Frame, sign: str, one: Reach, other: Reach, trigger: Trigger) -> set[str]:
    family, cost = trigger.sense.family, one.cost + other.cost
    alone = "1" if one.rivals == other.rivals == 0 else "0"
    found = {
        f"{sign}fam={family}" + ("!" if trigger.at in laid.negated else ""),
        f"{sign}fam={family}:" + ("near" if cost <= 1.5 else "mid" if cost <= 3.5 else "far"),
        f"{sign}r={one.side}{one.rivals}{other.side}{other.rivals}",
        f"{sign}ex={alone}" + ("c" if one.breaks + other.breaks <= 1 else "x"),
    }
    before = laid.tokens[max(0, trigger.at - 3) : trigger.at]
    if not FORMS_OF_BE.isdisjoint(before):
        found.add(f"{sign}pas=p{family}")
    elif before and before[-1] in {"s", "se"}:
        found.add(f"{sign}pas=r{family}")
    return found


def reach(laid: Frame, country: str, at: int) -> Reach:
    """The best standing of any mention of `country` toward the trigger at token `at`."""
    known = laid.reached.get((country, at))
    if known is None:
        standings = [_reach(laid, country, place, at) for place in laid.places[country]]
        known = laid.reached[country, at] = min(standings, key=lambda found: found.cost)
    return known


def _reach(laid: Frame, country: str, place: int, at: int) -> Reach:
    low, high = (place, at) if place < at else (at, place)
    breaks = abs(laid.clauses[place] - laid.clauses[at])
    adjective = place == at + 1 and laid.mentions[laid.holders[place]].kind is MentionKind.DEMONYM
    rivals = _rivals(laid, country, place, low, high) if high - low > 1 else 0
    cost = 2 * rivals + breaks + (high - low) / 40 - adjective
    side = "A" if adjective else "L" if place < at else "R"
    return Reach(cost, side, min(rivals, 2), min(breaks, 2))


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
