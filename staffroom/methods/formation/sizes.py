"""Which numbers can be cut into groups within bounds, and how one cut keeps both halves possible."""


def fits(n: int, groups: int, low: int, high: int) -> bool:
    return groups * low <= n <= groups * high


def possible(n: int, low: int, high: int) -> range:
    """Every number of groups of `low` to `high` that n things can be cut into; may be empty."""
    return range(-(-n // high), n // low + 1)


def midway(n: int, low: int, high: int) -> int | None:
    """The number of groups whose mean size is nearest the middle of the bounds; fewer on a tie."""
    choices = possible(n, low, high)
    return min(choices, key=lambda k: (abs(2 * n - k * (low + high)), k), default=None)


def nearest_numbers(n: int, low: int, high: int) -> tuple[int | None, int | None]:
    """The nearest numbers below and above n that can be cut; None where there is none."""
    under = next((m for m in range(n, 0, -1) if possible(m, low, high)), None)
    over = next(m for m in range(max(n, 1), max(n, 1) + low + high) if possible(m, low, high))
    return under, over


def halves(n: int, groups: int, low: int, high: int, wanted: int) -> tuple[int, int]:
    """How many things the first ⌊groups/2⌋ groups get, nearest to `wanted` > (things, groups)."""
    first = groups // 2
    second = groups - first
    least = max(first * low, n - second * high)
    most = min(first * high, n - second * low)
    return min(max(wanted, least), most), first
