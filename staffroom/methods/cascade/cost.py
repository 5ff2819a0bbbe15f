"""What a plan takes: kilometres, meals, materials, days of trainers and rooms; and its cost."""

from collections.abc import Mapping
from dataclasses import dataclass

from staffroom.methods.cascade.settings import Group, Network, Plan

#: The lines of a cost, each with what one of it is.
LINES = {
    "travel": "km",
    "meals": "person-days",
    "materials": "people trained",
    "trainers": "trainer-days",
    "venue": "room-days",
}
CORE, MASTERS, MANAGERS, TEACHERS = range(4)


@dataclass(frozen=True)
class Taken:
    """Per tier a quantity a line of `LINES`, km there and back. `teachers`: how many are trained.

    `known` is False where places are unknown: then only the km from schools to their own centre
    are counted, none to circle, block and core venues.
    """

    quantity: tuple[dict[str, float], ...]
    teachers: int
    known: bool

    def total(self, line: str) -> float:
        return sum(tier[line] for tier in self.quantity)

    def cost(self, prices: Mapping[str, float]) -> dict[str, float]:
        """Per line, quantity × price; a line without a price is left out."""
        return {line: self.total(line) * prices[line] for line in LINES if line in prices}


def taken(plan: Plan, network: Network, *, half: bool = False) -> Taken:
    """Count a plan. `half`: its days are half-days, two of which are one day of trainers, meals and rooms.

    Teachers and their trainers go home every day; those of the tiers above stay at the venue and
    travel once; managers go home every day.
    """
    tiers: list[dict[str, float]] = [dict.fromkeys(LINES, 0.0) for _tier in range(4)]
    for group in plan.groups:
        tier, length = tiers[group.tier], len(group.days) * (0.5 if half else 1)
        tier["travel"] += _km(group, plan, network)
        tier["meals"] += (group.size + len(group.trainers)) * length
        tier["materials"] += group.size
        tier["trainers"] += len(group.trainers) * length
        tier["venue"] += length
    teachers = int(network.teachers.sum())
    return Taken(tuple(tiers), teachers, network.between is not None)


def _km(group: Group, plan: Plan, network: Network) -> float:
    metres = 0
    for school, count in group.from_schools:
        home = int(network.cluster[school])
        to_centre = int(network.metres[school])
        # A school goes to its own centre by its measured way, to another by way of the centre.
        metres += count * (to_centre + _between(network, home, group.cluster))
    for trainer in (*group.trainers, *group.trained):
        metres += _between(network, plan.trainers[trainer].home, group.cluster)
    trips = len(group.days) if group.tier >= MANAGERS else 1
    return 2 * metres * trips / 1000


def _between(network: Network, one: int, other: int) -> int:
    return 0 if network.between is None else int(network.between[one, other])
