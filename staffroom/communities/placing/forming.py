"""From candidates to groups: strata, the search, and a place for the first meeting near enough to each.

NumPy is imported with this module: only the worker does so.
"""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from staffroom.communities.models import PlacedTeacher
from staffroom.communities.placing.candidates import Candidate
from staffroom.communities.placing.wanted import WEIGHTS, Wanted
from staffroom.methods.formation import communities as method
from staffroom.methods.formation.earth import between, points
from staffroom.methods.formation.strata import Key, strata

Why = PlacedTeacher.Why
ROUNDS = 240
WHY = {method.FEW: Why.FEW, method.UNEVEN: Why.UNEVEN, method.RULES: Why.RULES}
#: Where in a stratum's key the cluster and the language stand.
CLUSTER, LANGUAGE = 3, 4


@dataclass(frozen=True)
class Venue:
    """A central school (or, without a plan, any member's school) where a group could first meet."""

    school: uuid.UUID
    at: tuple[float, float]


@dataclass
class Group:
    """`members`: places in the list of candidates; `metres`: to the venue, None where unknown."""

    subject: str
    language: str
    women: bool
    members: list[int]
    venue: uuid.UUID | None = None
    metres: dict[int, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Formed:
    """`why`: of those without a group. `notes`: strata that were joined, as they are kept."""

    groups: list[Group]
    why: dict[int, str]
    notes: list[dict[str, object]]


def form(
    candidates: Sequence[Candidate],
    below: Mapping[uuid.UUID, set[uuid.UUID]],
    venues: Sequence[Venue],
    wanted: Wanted,
) -> Formed:
    """`below`: all whom a candidate supervises, by however many steps."""
    why = {i: each.why for i, each in enumerate(candidates) if each.why}
    free = [i for i in range(len(candidates)) if i not in why]
    some = [candidates[i] for i in free]
    keys = [_key(each, wanted) for each in some]
    loosen = [CLUSTER, LANGUAGE] if wanted.join_languages else [CLUSTER]
    stratum, joined = strata(keys, wanted.low, wanted.high, loosen)
    apart = _pairs(some, below)
    found = method.form(
        _features(some, wanted),
        np.array(stratum, np.int64),
        _codes([each.school for each in some]),
        apart,
        low=wanted.low,
        high=wanted.high,
        most=wanted.most,
        rng=np.random.default_rng(wanted.seed),
        rounds=ROUNDS,
    )
    groups = []
    for number in range(found.count):
        rows = np.flatnonzero(found.community == number)
        groups.append(_group(some, [int(row) for row in rows]))
    left: dict[int, str] = {
        int(i): WHY[int(found.why[i])] for i in np.flatnonzero(found.community < 0)
    }
    near = _Near(some, groups, left, venues, apart, wanted, stratum)
    near.settle()
    for group in near.groups:
        group.members = [free[i] for i in group.members]
        group.metres = {free[i]: metres for i, metres in group.metres.items()}
    why |= {free[i]: code for i, code in near.left.items()}
    return Formed(near.groups, why, _notes(joined, keys))


def _key(each: Candidate, wanted: Wanted) -> Key:
    circle = each.circle if wanted.within != "all" else ""
    cluster = each.cluster if wanted.within == "cluster" else ""
    return (each.subject, "women" if each.women else "", circle, cluster, each.language)


def _group(some: Sequence[Candidate], members: list[int]) -> Group:
    first = some[members[0]]
    spoken = Counter(some[i].language for i in members)
    language = max(spoken, key=lambda code: (spoken[code], code))
    return Group(first.subject, language, first.women, members)


def _codes(values: Sequence[object]) -> np.ndarray:
    number: dict[object, int] = {}
    return np.array([number.setdefault(value, len(number)) for value in values], np.int64)


def _pairs(some: Sequence[Candidate], below: Mapping[uuid.UUID, set[uuid.UUID]]) -> np.ndarray:
    at = {each.person: i for i, each in enumerate(some)}
    found = [
        (at[one], at[other])
        for one, others in below.items()
        if one in at
        for other in others
        if other in at and other != one
    ]
    return np.array(sorted(found), np.int64).reshape(-1, 2)


def _features(some: Sequence[Candidate], wanted: Wanted) -> np.ndarray:
    """Standardised columns, each by the root of its weight; what is not known stands in the middle."""
    columns = [np.zeros(len(some))]
    for name in WEIGHTS:
        weight = wanted.weights[name]
        if not weight or name == "place":
            continue
        given = [getattr(each, name) for each in some]
        x = np.array([np.nan if value is None else value for value in given], float)
        if np.isnan(x).all():
            continue
        spread = np.nanstd(x)
        columns.append(np.nan_to_num((x - np.nanmean(x)) / (spread or 1.0)) * weight**0.5)
    if wanted.weights["place"]:
        columns += _map(some, wanted.km, wanted.weights["place"] ** 0.5)
    return np.stack(columns, axis=1)


def _map(some: Sequence[Candidate], km: int, by: float) -> list[np.ndarray]:
    """North and east in units of the distance that is allowed, flat: near enough for neighbours."""
    known = [each.at for each in some if each.at]
    if not known:
        return []
    middle = np.mean(np.array(known), axis=0)
    at = np.array([each.at or tuple(middle) for each in some])
    north = (at[:, 0] - middle[0]) * 111.2
    east = (at[:, 1] - middle[1]) * 111.2 * np.cos(np.radians(middle[0]))
    return [north / km * by, east / km * by]


class _Near:
    """Each group's venue, and nobody farther from it than allowed: whoever is goes to another group
    of the same stratum that has room and is near enough, or has none and is told so."""

    def __init__(
        self,
        some: Sequence[Candidate],
        groups: list[Group],
        left: dict[int, str],
        venues: Sequence[Venue],
        apart: np.ndarray,
        wanted: Wanted,
        stratum: Sequence[int],
    ) -> None:
        self.some, self.groups, self.left = some, groups, left
        self.venues, self.wanted, self.stratum = list(venues), wanted, stratum
        self.apart = {(int(a), int(b)) for a, b in apart} | {(int(b), int(a)) for a, b in apart}

    def settle(self) -> None:
        for group in list(self.groups):
            self._seat(group)
            far = [i for i in group.members if self._is_far(group.metres[i])]
            if len(group.members) - len(far) < self.wanted.low:
                far = group.members
                self.groups.remove(group)
            group.members = [i for i in group.members if i not in far]
            group.metres = {i: group.metres[i] for i in group.members}
            self.left |= dict.fromkeys(far, Why.FAR)
        for one in [i for i, why in self.left.items() if why == Why.FAR]:
            self._elsewhere(one)

    def _is_far(self, metres: int | None) -> bool:
        return metres is not None and metres > self.wanted.km * 1000

    def _seat(self, group: Group) -> None:
        """The venue with the fewest too far away, then with the least way in all."""
        known = [i for i in group.members if self.some[i].at]
        group.metres = dict.fromkeys(group.members)
        choices = self.venues or self._own_schools(known)
        if not known or not choices:
            return
        metres = _metres([self.some[i].at for i in known], [venue.at for venue in choices])
        far = (metres > self.wanted.km * 1000).sum(axis=0)
        best = int(np.lexsort((metres.sum(axis=0), far))[0])
        group.venue = choices[best].school
        for row, i in enumerate(known):
            group.metres[i] = int(metres[row, best])

    def _own_schools(self, members: list[int]) -> list[Venue]:
        found: dict[uuid.UUID, Venue] = {}
        for i in members:
            school, at = self.some[i].school, self.some[i].at
            if school and at:
                found.setdefault(school, Venue(school, at))
        return list(found.values())

    def _elsewhere(self, one: int) -> None:
        at = {venue.school: venue.at for venue in self.venues}
        best: tuple[int, int] | None = None
        for number, group in enumerate(self.groups):
            if self.stratum[group.members[0]] != self.stratum[one] or not self._fits(one, group):
                continue
            place, mine = at.get(group.venue) if group.venue else None, self.some[one].at
            if place is None or mine is None:
                continue
            metres = int(_metres([mine], [place])[0, 0])
            if not self._is_far(metres) and (best is None or metres < best[0]):
                best = metres, number
        if best is not None:
            group = self.groups[best[1]]
            group.members.append(one)
            group.metres[one] = best[0]
            del self.left[one]

    def _fits(self, one: int, group: Group) -> bool:
        if len(group.members) >= self.wanted.high:
            return False
        school = self.some[one].school
        if sum(self.some[i].school == school for i in group.members) >= self.wanted.most:
            return False
        return not any((one, other) in self.apart for other in group.members)


def _metres(these: Sequence, those: Sequence) -> np.ndarray:
    one, other = np.array(these, float), np.array(those, float)
    return between(points(one[:, 0], one[:, 1]), points(other[:, 0], other[:, 1]))


def _notes(joined: dict[int, list[Key]], keys: list[Key]) -> list[dict[str, object]]:
    """Which small strata went together. Women's wishes are told in none."""
    many = Counter(keys)
    notes: list[dict[str, object]] = []
    for parts in joined.values():
        if parts[0][1]:
            continue
        small = min(parts, key=lambda key: (many[key], key))
        notes.append(
            {
                "subject": small[0],
                "clusters": len({key[CLUSTER] for key in parts}),
                "languages": sorted({key[LANGUAGE] for key in parts}),
                "teachers": sum(many[key] for key in parts),
                "small": many[small],
            }
        )
    return notes
