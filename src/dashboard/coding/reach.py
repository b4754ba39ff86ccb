"""Which words of conflict or cooperation two countries of a sentence stand nearest to."""

from typing import NamedTuple

from dashboard.coding.frames import Frame, Trigger
from dashboard.coding.records import MentionKind


class Reach(NamedTuple):
    """What it costs a country to reach a trigger; whether it is its adjective (« frappes russes »)."""

    cost: float
    adjective: bool


def triggers_by_reach(laid: Frame, source: str, target: str, conflict: bool) -> list[Trigger]:
    """The triggers of conflict, or of cooperation, those that both countries stand nearest to first.

    What the target itself does (« condamne les sanctions américaines ») comes after the rest.
    """

    def cost(trigger: Trigger) -> float:
        toward = reach(laid, target, trigger.at)
        return reach(laid, source, trigger.at).cost + toward.cost + 3 * toward.adjective

    return sorted((found for found in laid.triggers if found.sense.conflict == conflict), key=cost)


def reach(laid: Frame, country: str, at: int) -> Reach:
    """The best standing of any mention of `country` toward the trigger at token `at`."""
    return min(
        (_reach(laid, country, place, at) for place in laid.places[country]), key=lambda found: found.cost
    )


def _reach(laid: Frame, country: str, place: int, at: int) -> Reach:
    low, high = (place, at) if place < at else (at, place)
    breaks = abs(laid.clauses[place] - laid.clauses[at])
    adjective = place == at + 1 and laid.mentions[laid.holders[place]].kind is MentionKind.DEMONYM
    rivals = _rivals(laid, country, place, low, high) if high - low > 1 else 0
    cost = 2 * rivals + breaks + (high - low) / 40 - adjective
    return Reach(cost, adjective)


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
