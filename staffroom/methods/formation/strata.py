"""Who must have what in common; strata that are too small joined with others, where that is wanted."""

from collections.abc import Sequence

from staffroom.methods.formation.sizes import possible

Key = tuple[str, ...]


def strata(
    keys: Sequence[Key], low: int, high: int, loosen: Sequence[int]
) -> tuple[list[int], dict[int, list[Key]]]:
    """The stratum of each person, 0 …, and which keys each joined stratum holds.

    A stratum whose number cannot be cut into `low` to `high` joins another that differs in
    `loosen` alone (positions in the key, the first ones first): the smallest with which it can be cut,
    else the smallest.
    """
    count: dict[Key, int] = {}
    for key in keys:
        count[key] = count.get(key, 0) + 1
    parts: dict[Key, list[Key]] = {key: [key] for key in sorted(count)}
    size = dict(count)
    for upto in range(1, len(loosen) + 1):
        _join(parts, size, set(loosen[:upto]), low, high)
    number = {}
    joined: dict[int, list[Key]] = {}
    for index, (_name, members) in enumerate(sorted(parts.items())):
        for key in members:
            number[key] = index
        if len(members) > 1:
            joined[index] = members
    return [number[key] for key in keys], joined


def _join(
    parts: dict[Key, list[Key]], size: dict[Key, int], free: set[int], low: int, high: int
) -> None:
    def fixed(key: Key) -> Key:
        return tuple(value for place, value in enumerate(key) if place not in free)

    for name in sorted(parts, key=lambda key: (size[key], key)):
        if name not in parts or possible(size[name], low, high):
            continue
        others = [one for one in parts if one != name and fixed(one) == fixed(name)]
        if not others:
            continue
        best = min(
            others,
            key=lambda one: (not possible(size[name] + size[one], low, high), size[one], one),
        )
        parts[best] += parts.pop(name)
        size[best] += size.pop(name)
