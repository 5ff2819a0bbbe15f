import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffroom.methods.cascade.calendar import open_days, sittings
from staffroom.methods.cascade.groups import by_subject, rounds, seat, share, sizes

MONDAY = dt.date(2027, 1, 4)


@given(st.integers(0, 500), st.integers(1, 40))
def test_groups_are_few_and_even(people, high):
    found = sizes(people, high)
    assert sum(found) == people
    assert len(found) == -(-people // high)
    assert max(found, default=0) - min(found, default=0) <= 1


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.integers(1, 2))
def test_every_teacher_comes_once_and_no_school_sends_too_many(teachers, places):
    found = rounds(teachers, places)
    assert found.sum(axis=1).tolist() == teachers
    assert found.max(initial=0) <= places
    assert found.shape[1] == -(-max(teachers) // places)


def test_subjects_are_even():
    found = by_subject([3] * 8, 4)
    assert found.sum(axis=1).tolist() == [3] * 8
    assert np.ptp(found.sum(axis=0)) == 0


def test_shares_are_whole_and_add_up():
    assert share(10, [1, 1, 1]) == [4, 3, 3]
    with pytest.raises(ValueError, match="above 0"):
        share(3, [0, 0])


def test_seats_cut_schools_where_a_group_is_full():
    assert seat([(0, 2), (1, 0), (2, 2)], 3) == [((0, 2),), ((2, 2),)]
    assert seat([(7, 3)], 2) == [((7, 2),), ((7, 1),)]


def test_a_training_stays_within_a_week():
    days = open_days(MONDAY, MONDAY + dt.timedelta(days=13))
    assert len(sittings(days, 3)) == 2
    assert [len(sittings(days, n)) for n in (1, 2, 5, 6)] == [10, 4, 2, 1]


def test_three_saturdays_make_a_training_of_three_days():
    days = open_days(MONDAY, MONDAY + dt.timedelta(days=41), weekdays={5})
    assert [dt.date.fromordinal(d).weekday() for d in sittings(days, 3)[0]] == [5, 5, 5]
    assert len(sittings(days, 3)) == 2


def test_terms_and_closed_days():
    term = (MONDAY, MONDAY + dt.timedelta(days=4))
    days = open_days(MONDAY, dt.date(2027, 3, 1), terms=[term], closed=[(MONDAY, MONDAY)])
    assert len(days) == 4
    assert sittings(days, 2, after=days[0])[0] == (days[1], days[2])
    assert open_days(MONDAY, MONDAY, closed=[term]) == ()
