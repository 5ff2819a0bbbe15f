"""What a cascade is planned for: the network of places and the programme's choices."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
#: Who is trained in each tier, and who trains.
TRAINED = ("master trainers", "circle trainers", "managers", "teachers")
TRAINING = ("core team", "master trainers", "master trainers of managers", "circle trainers")


@dataclass(frozen=True)
class Network:
    """n schools in c clusters in r circles in b blocks.

    `cluster`: (n,) of each school. `circle`: (c,) of each cluster. `block`: (r,) of each circle.
    `teachers`, `managers`: (n,) who is to be trained. `metres`: (n,) from school to the cluster's
    centre. `between`: (c, c) metres between centres, or None where nobody knows where they are.
    """

    cluster: Ints
    circle: Ints
    block: Ints
    teachers: Ints
    managers: Ints
    metres: Ints
    between: Ints | None

    def circle_venue(self, circle: int) -> int:
        """The cluster whose centre is nearest to the others of its circle; without places the first."""
        return self._middle(np.flatnonzero(self.circle == circle))

    def block_venue(self, block: int) -> int:
        circles = np.flatnonzero(self.block == block)
        return self._middle(np.array([self.circle_venue(int(r)) for r in circles]))

    def core_venue(self) -> int:
        return self._middle(
            np.array([self.block_venue(b) for b in range(int(self.block.max()) + 1)])
        )

    def _middle(self, clusters: Ints) -> int:
        if self.between is None:
            return int(clusters[0])
        far = self.between[np.ix_(clusters, clusters)].sum(axis=1)
        return int(clusters[far.argmin()])


@dataclass(frozen=True)
class Settings:
    """`group`, `upper_group`: most people in a group of teachers or managers, and of trainers.
    `ratio`, `upper_ratio`: most trainees a trainer. `days`, `upper_days`, `manager_days`: open days of
    one training. `rooms`, `upper_rooms`: groups at once at a central school, and at the circle's,
    block's and core venue in the tiers above. `load`: most days a trainer trains in the whole plan;
    `trips`: most trainings. `circle_trainers`: per circle and subject; None: as many as are needed.
    `upper_sittings`: in how many sittings the tiers above are to be done, rooms allowing.
    `open_days`: ordinals.
    """

    subjects: tuple[str, ...]
    open_days: tuple[int, ...]
    places: int = 1
    group: int = 30
    upper_group: int = 24
    ratio: int = 15
    upper_ratio: int = 12
    days: int = 3
    upper_days: int = 5
    manager_days: int = 2
    rooms: int = 3
    upper_rooms: int = 5
    load: int = 30
    trips: int = 99
    circle_trainers: int | None = None
    upper_sittings: int = 2
    seed: int = 0
    starts: int = 20

    @property
    def a_group(self) -> int:
        """Trainers a group of teachers or managers."""
        return -(-self.group // self.ratio)

    @property
    def upper_a_group(self) -> int:
        return -(-self.upper_group // self.upper_ratio)


@dataclass(frozen=True)
class Trainer:
    """`area`: the circle or block they come from, −1 for the core team; `home`: a cluster."""

    tier: int
    subject: int
    area: int
    home: int


@dataclass(frozen=True)
class Group:
    """One training of one group. `cluster`: whose central school is the venue, `room` from 0 there.
    `days`: ordinals. `trainers`: into the plan's. `from_schools`: (school, how many) in the tiers of
    teachers and managers; `trained`: trainers into the plan's, in the tiers above.
    """

    tier: int
    subject: int
    area: int
    round: int
    cluster: int
    room: int
    days: tuple[int, ...]
    trainers: tuple[int, ...]
    from_schools: tuple[tuple[int, int], ...]
    trained: tuple[int, ...]

    @property
    def size(self) -> int:
        return sum(count for _school, count in self.from_schools) + len(self.trained)


@dataclass(frozen=True)
class Plan:
    """`last_day` ≥ `bound_day`: no plan with these trainers ends the tier of teachers earlier, once the
    tiers above are done. `sittings`, `bound`: of the circle that takes longest. `fewest`: circle
    trainers below which no plan that leaves the teachers the same time exists."""

    trainers: tuple[Trainer, ...]
    groups: tuple[Group, ...]
    sittings: int
    bound: int
    bound_day: int
    fewest: int

    @property
    def last_day(self) -> int:
        return max(group.days[-1] for group in self.groups)


class NoPlan(Exception):
    """No plan: `tier`, `area` where; `need` sittings of `length` days, `have`; `after` the last day
    of the tier above. `what`: "days", "trainers" (need and have count days of trainers) or "load"."""

    def __init__(
        self, what: str, tier: int, area: int, subject: int, need: int, have: int, after: int = 0
    ) -> None:
        super().__init__(what, tier, area, subject, need, have, after)
        self.what, self.tier, self.area, self.subject = what, tier, area, subject
        self.need, self.have, self.after = need, have, after
