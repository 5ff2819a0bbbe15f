"""Days, weeks, months: what is kept and what goes."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from staffroom.core.backups.keep import Rule, moment_of, name_at, superfluous

START = dt.datetime(2026, 1, 1, 1, 30, tzinfo=dt.UTC)


def nights(count: int, start: dt.datetime = START) -> list[str]:
    return [name_at(start + dt.timedelta(days=n), sealed=True) for n in range(count)]


def test_a_year_of_nights_becomes_seven_days_four_weeks_twelve_months():
    held: list[str] = []
    for name in nights(500):
        held.append(name)
        for gone in superfluous(held, Rule(), just_made=name):
            held.remove(gone)
    days = [moment_of(name).date() for name in held]
    last = days[-1]
    assert last == START.date() + dt.timedelta(days=499)
    assert set(days) >= {last - dt.timedelta(days=n) for n in range(7)}
    assert len({day.isocalendar()[:2] for day in days}) >= 4
    assert len({(day.year, day.month) for day in days}) == 12
    assert 7 <= len(days) <= 7 + 4 + 12


def test_what_is_not_ours_stays():
    names = ["holiday.jpg", "staffroom-2026.zip", "staffroom-20261399T990000Z.zip", *nights(30)]
    gone = superfluous(names, Rule(1, 0, 0), just_made=names[-1])
    assert gone == names[3:-1]


def test_the_last_and_the_one_just_made_always_stay():
    """The clock was a year ahead once: its backup counts as the last; what was just made stays too."""
    ahead = name_at(START + dt.timedelta(days=365), sealed=False)
    names = [*nights(3), ahead]
    gone = superfluous(names, Rule(0, 0, 0), just_made=names[1])
    assert gone == [names[0], names[2]]


@given(
    st.lists(st.integers(0, 900), min_size=1, max_size=60, unique=True),
    st.tuples(st.integers(0, 9), st.integers(0, 6), st.integers(0, 14)),
)
def test_never_all_and_never_twice(days, counts):
    names = [name_at(START + dt.timedelta(days=day), sealed=day % 2 == 0) for day in days]
    rule = Rule(*counts)
    gone = superfluous(names, rule, just_made=names[0])
    left = [name for name in names if name not in gone]
    assert names[0] in left
    assert max(names, key=moment_of) in left
    assert len(left) <= 2 + sum(counts)
    assert superfluous(left, rule, just_made=names[0]) == []
