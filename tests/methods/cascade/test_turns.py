"""Whose turn it is: fewest, then longest ago, then a lot that anyone can draw again."""

import datetime as dt
import hashlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from staffroom.methods.cascade.turns import Waiting, lot, turns

DAY = dt.date(2026, 1, 1)


def test_fewest_first_then_longest_ago():
    waiting = [
        Waiting("a", 2, DAY),
        Waiting("b", 1, DAY),
        Waiting("c", 1, DAY - dt.timedelta(days=9)),
        Waiting("d", 0, None),
    ]
    assert [turn.id for turn in turns(waiting, 3, "s")] == ["d", "c", "b"]
    assert not any(turn.by_lot for turn in turns(waiting, 3, "s"))


def test_the_lot_is_sha256_of_seed_and_id():
    waiting = [Waiting(name, 0, None) for name in "abcdef"]
    by_hand = sorted("abcdef", key=lambda name: hashlib.sha256(f"7|{name}".encode()).hexdigest())
    assert [turn.id for turn in turns(waiting, 2, "7")] == by_hand[:2]
    assert all(turn.by_lot for turn in turns(waiting, 2, "7"))
    assert not any(turn.by_lot for turn in turns(waiting, 6, "7"))
    assert lot("7", "a") == hashlib.sha256(b"7|a").digest()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12), st.integers(0, 12))
def test_nobody_is_passed_over(rows, places):
    waiting = [
        Waiting(str(i), n, DAY + dt.timedelta(days=d) if n else None)
        for i, (n, d) in enumerate(rows)
    ]
    chosen = {turn.id for turn in turns(waiting, places, "x")}
    assert len(chosen) == min(places, len(waiting))
    rank = {each.id: (each.times, each.last or dt.date.min) for each in waiting}
    left = set(rank) - chosen
    assert max((rank[i] for i in chosen), default=(0,)) <= min(
        (rank[i] for i in left), default=(9,)
    )
