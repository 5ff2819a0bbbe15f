"""Where there is no plan: the least change of one thing that makes one, found by planning anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from staffroom.methods.cascade.plan import plan
from staffroom.methods.cascade.settings import Network, NoPlan, Plan, Settings


@dataclass(frozen=True)
class Way:
    """Change `what` ("until": an ordinal, "circle_trainers", "rooms", "load", "places") to `value`;
    then there is `plan`."""

    what: str
    value: int
    plan: Plan


def ways(network: Network, settings: Settings, later: Sequence[int]) -> list[Way]:
    """`later`: ordinals of the days after the last open one that could be opened, in order.

    Each way is alone enough, and was tried: one step less was tried too and is not enough.
    """
    days = settings.open_days

    def until(k: int) -> Settings:
        return replace(settings, open_days=(*days, *later[:k]))

    tries: list[tuple[str, Callable[[int], Settings], int, int]] = [
        ("until", until, 0, len(later)),
        ("rooms", lambda k: replace(settings, rooms=k), settings.rooms, settings.rooms + 20),
        ("load", lambda k: replace(settings, load=k), settings.load, settings.load + 200),
    ]
    if settings.circle_trainers is not None:
        given = settings.circle_trainers
        tries.append(
            ("circle_trainers", lambda k: replace(settings, circle_trainers=k), given, given + 60)
        )
    if settings.places < 2:
        tries.append(("places", lambda k: replace(settings, places=k), settings.places, 2))
    out = []
    for what, change, low, high in tries:
        found = _least(network, change, low, high)
        if found:
            value = later[found[0] - 1] if what == "until" else found[0]
            out.append(Way(what, value, found[1]))
    return out


def _least(
    network: Network, change: Callable[[int], Settings], low: int, high: int
) -> tuple[int, Plan] | None:
    """A k in (low, high] that has a plan while k − 1 has none: steps that double, then halving.

    More is not always better (more circle trainers must be trained, too), so `high` itself says nothing.
    """
    step, best = 1, None
    while best is None and low < high:
        k = min(low + step, high)
        best = _try(network, change(k))
        low, high, step = (low, k, step) if best else (k, high, step * 2)
    if best is None:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        found = _try(network, change(middle))
        if found is None:
            low = middle
        else:
            high, best = middle, found
    return high, best


def _try(network: Network, settings: Settings) -> Plan | None:
    try:
        return plan(network, settings)
    except NoPlan:
        return None
