"""Who stands above whom: chains of supervision, and who so must never share a community."""

from collections.abc import Mapping, Sequence

import numpy as np

from staffroom.methods.formation.earth import Ints


class Circular(ValueError):
    """A chain that leads back to where it began; `people` are those in it, in order."""

    def __init__(self, people: Sequence[int]) -> None:
        super().__init__(" > ".join(map(str, people)))
        self.people = list(people)


def order(below: Mapping[int, Sequence[int]]) -> list[int]:
    """People so that whoever is below stands before whoever is above. Circular where none is so."""
    done: list[int] = []
    state: dict[int, int] = {}  # 1: on the way down, 2: done
    for root in below:
        path = [(root, iter(below[root]))] if root not in state else []
        while path:
            person, rest = path[-1]
            state[person] = 1
            for next_one in rest:
                if state.get(next_one) == 1:
                    names = [who for who, _rest in path]
                    raise Circular([*names[names.index(next_one) :], next_one])
                if next_one not in state:
                    path.append((next_one, iter(below.get(next_one, ()))))
                    break
            else:
                state[person] = 2
                done.append(person)
                path.pop()
    return done


def apart(below: Mapping[int, Sequence[int]], stratum: Ints) -> Ints:
    """(m, 2) pairs of one stratum of which one is above the other, by however many steps.

    `below`: directly supervised, by person. Circular where a chain leads back.
    """
    under: dict[int, set[int]] = {}
    pairs = []
    for person in order(below):
        mine = set(below.get(person, ()))
        for one in below.get(person, ()):
            mine |= under.get(one, set())
        under[person] = mine
        pairs += [(person, one) for one in mine if stratum[one] == stratum[person]]
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)
