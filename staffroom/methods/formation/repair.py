"""A first answer that looked at likeness alone is put right: who breaks a rule changes places."""

import numpy as np

from staffroom.methods.formation.earth import Ints
from staffroom.methods.formation.seats import NOBODY, Rules, Seats

PASSES = 4


def repair(seats: Seats, home: Ints, rules: Rules) -> Ints:
    """Change `seats` in place until no rule is broken. > the people for whom there is no seat."""
    for _ in range(PASSES):
        wrong = _wrong(seats, rules)
        if not len(wrong):
            return np.empty(0, np.int64)
        for group, seat in wrong:
            _elsewhere(seats, home, rules, int(group), int(seat))
    out: list[int] = []
    for group, seat in _wrong(seats, rules):
        out.append(_leave(seats, int(group), int(seat)))
    for group in np.flatnonzero((seats.size < rules.low) & (seats.size > 0)):
        out += _dissolve(seats, home, rules, int(group))
    return np.array(sorted(out), np.int64)


def _wrong(seats: Seats, rules: Rules) -> Ints:
    """(w, 2) groups and seats of the fewest people without whom their groups break no rule, nearly."""
    found = []
    for group in range(len(seats.seat)):
        row = seats.seat[group].copy()
        while True:
            people = row[row >= 0]
            school = rules.school[people]
            over = np.array([max((school == one).sum() - rules.most, 0) for one in school])
            bound = people[rules.bound[people]]
            blocked = np.zeros(len(people), np.int64)
            if len(bound) > 1:
                row_of = np.broadcast_to(people, (len(people), len(people)))
                blocked = rules.forbidden(people, row_of).sum(axis=1)
            trouble = over + blocked
            if not trouble.any():
                break
            worst = int(people[int(trouble.argmax())])
            seat = int(np.flatnonzero(row == worst)[0])
            found.append((group, seat))
            row[seat] = NOBODY
    return np.array(found, np.int64).reshape(-1, 2)


def _elsewhere(seats: Seats, home: Ints, rules: Rules, group: int, seat: int) -> None:
    """Exchange with whoever is nearest among those with whom it breaks no rule, if there is one."""
    person = seats.seat[group, seat]
    others = np.flatnonzero(
        (home == home[group]) & (np.arange(len(home)) != group) & (seats.size > 0)
    )
    if not len(others):
        return
    b = np.repeat(others, rules.high)
    q = np.tile(np.arange(rules.high), len(others))
    other = seats.seat[b, q]
    good = (other >= 0) | (seats.size[group] > rules.low)
    good &= rules.fits(np.full(len(b), person), seats.seat[b], other)
    real = good & (other >= 0)
    here = np.broadcast_to(seats.seat[group], (int(real.sum()), rules.high))
    good[real] = rules.fits(other[real], here, np.full(int(real.sum()), person))
    if not good.any():
        return
    centre = seats.total / np.maximum(seats.size, 1)[:, None]
    cost = ((seats.x[person] - centre[b]) ** 2).sum(axis=1)
    cost += np.where(other >= 0, ((seats.x[other] - centre[group]) ** 2).sum(axis=1), 0)
    best = int(np.where(good, np.round(cost, 9), np.inf).argmin())
    seats.exchange(*(np.array([one]) for one in (group, seat, b[best], q[best])))


def _leave(seats: Seats, group: int, seat: int) -> int:
    person = int(seats.seat[group, seat])
    seats.seat[group, seat] = NOBODY
    seats.size[group] -= 1
    seats.total[group] -= seats.x[person]
    return person


def _dissolve(seats: Seats, home: Ints, rules: Rules, group: int) -> list[int]:
    """Too few are left: each goes to the nearest group that has a seat. > those for whom none has."""
    left = []
    for seat in np.flatnonzero(seats.seat[group] >= 0):
        person = _leave(seats, group, int(seat))
        room = np.flatnonzero(
            (home == home[group]) & (seats.size > 0) & (seats.size < rules.high)
            & (np.arange(len(home)) != group)
        )  # fmt: skip
        nobody = np.full(len(room), NOBODY)
        room = room[rules.fits(np.full(len(room), person), seats.seat[room], nobody)]
        if not len(room):
            left.append(person)
            continue
        centre = seats.total[room] / seats.size[room][:, None]
        to = int(room[np.round(((seats.x[person] - centre) ** 2).sum(axis=1), 9).argmin()])
        seats.seat[to, int(np.flatnonzero(seats.seat[to] < 0)[0])] = person
        seats.size[to] += 1
        seats.total[to] += seats.x[person]
    return left
