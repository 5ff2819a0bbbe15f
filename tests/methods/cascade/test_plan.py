"""A plan looked at by someone who did not make it."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffroom.methods.cascade.calendar import open_days
from staffroom.methods.cascade.plan import plan
from staffroom.methods.cascade.settings import Network, NoPlan, Settings

FIRST = dt.date(2027, 1, 4)
YEAR = open_days(FIRST, dt.date(2027, 12, 17))
SUBJECTS = ("maths", "languages")


def network(clusters=4, schools=6, teachers=4, managers=1, a_circle=2, a_block=1, places=True):
    n = clusters * schools
    circle = np.arange(clusters) // a_circle
    rng = np.random.default_rng(2)
    between = rng.integers(1, 40_000, (clusters, clusters))
    between = np.triu(between, 1) + np.triu(between, 1).T
    return Network(
        cluster=np.arange(n) // schools,
        circle=circle,
        block=np.arange(int(circle.max()) + 1) // a_block,
        teachers=np.full(n, teachers),
        managers=np.full(n, managers),
        metres=rng.integers(0, 9000, n),
        between=between if places else None,
    )


def look(net, asked, found):
    """Every promise of the plan, from its groups alone."""
    for g in found.groups:
        look_at_group(asked, found, g)
    look_for_doubles(asked, found)
    look_at_order(net, found)
    sent = Counter()
    for g in found.groups:
        for school, count in g.from_schools:
            sent[g.tier, school] += count
    for tier, wanted in ((2, net.managers), (3, net.teachers)):
        assert [sent[tier, j] for j in range(len(wanted))] == wanted.tolist()
    assert found.bound_day <= found.last_day
    assert found.fewest <= sum(1 for t in found.trainers if t.tier == 3)


def look_at_group(asked, found, g):
    days = asked.upper_days, asked.upper_days, asked.manager_days, asked.days
    people, trainers = (
        (asked.upper_group, asked.upper_a_group) if g.tier < 2 else (asked.group, asked.a_group)
    )
    assert list(g.days) == sorted(set(g.days))
    assert set(g.days) <= set(asked.open_days)
    assert len(g.days) == days[g.tier]
    assert 0 < g.size <= people
    assert len(set(g.trainers)) == len(g.trainers) == trainers
    assert g.room < (asked.rooms if g.tier == 3 else asked.upper_rooms)
    for t in g.trainers:
        who = found.trainers[t]
        assert (who.tier, who.area, who.subject) == (g.tier, g.area, g.subject)


def look_for_doubles(asked, found):
    rooms, people, days, trips, schools = (Counter() for _ in range(5))
    for g in found.groups:
        rooms.update((g.cluster, g.room, day) for day in g.days)
        people.update((t, day) for day in g.days for t in (*g.trainers, *g.trained))
        days.update(t for t in g.trainers for _ in g.days)
        trips.update(g.trainers)
        if g.tier == 3:
            for school, count in g.from_schools:
                schools.update({(school, g.subject, day): count for day in g.days})
    assert max(rooms.values()) == 1
    assert max(people.values()) == 1
    assert max(days.values()) <= asked.load
    assert max(trips.values()) <= asked.trips
    assert max(schools.values()) <= asked.places


def look_at_order(net, found):
    """Whoever trains was trained once, and before; managers' and teachers' days of a circle differ."""
    trained = Counter(t for g in found.groups for t in g.trained)
    assert set(trained.values()) <= {1}
    ready = {t: max(g.days) for g in found.groups for t in g.trained}
    days = defaultdict(set)
    for g in found.groups:
        for t in g.trainers:
            assert not g.tier or ready[t] < min(g.days)
        for school, _count in g.from_schools:
            days[g.tier, int(net.circle[net.cluster[school]])] |= set(g.days)
    for circle in range(len(net.block)):
        assert not days[2, circle] & days[3, circle]


@st.composite
def cases(draw):
    net = network(
        draw(st.integers(1, 6)), draw(st.integers(1, 9)), 1, draw(st.integers(0, 2)),
        draw(st.integers(1, 3)), draw(st.integers(1, 2)), draw(st.booleans()),
    )  # fmt: skip
    teachers = draw(
        st.lists(st.integers(0, 7), min_size=len(net.cluster), max_size=len(net.cluster))
    )
    teachers[0] = max(teachers[0], 1)
    asked = Settings(
        subjects=SUBJECTS[: draw(st.integers(1, 2))], open_days=YEAR, places=draw(st.integers(1, 2)),
        group=draw(st.integers(3, 12)), upper_group=draw(st.integers(2, 8)), ratio=draw(st.integers(3, 15)),
        upper_ratio=draw(st.integers(2, 12)), days=draw(st.integers(1, 5)), upper_days=draw(st.integers(1, 5)),
        manager_days=draw(st.integers(1, 3)), rooms=draw(st.integers(1, 3)), upper_rooms=draw(st.integers(1, 4)),
        load=draw(st.integers(5, 30)), seed=draw(st.integers(0, 3)), starts=3,
    )  # fmt: skip
    return replace(net, teachers=np.array(teachers)), asked


@settings(max_examples=60, deadline=None)
@given(cases())
def test_every_promise_is_kept(case):
    net, asked = case
    look(net, asked, plan(net, asked))


def test_it_is_the_same_again():
    asked = Settings(SUBJECTS, YEAR, group=8)
    assert plan(network(), asked) == plan(network(), asked)


def test_less_time_takes_more_trainers_and_both_are_kept():
    net = network(teachers=12, schools=20)
    long = Settings(SUBJECTS, YEAR, group=10, rooms=4, load=90)
    short = replace(long, open_days=open_days(FIRST, dt.date(2027, 3, 26)))
    a, b = plan(net, long), plan(net, short)
    look(net, long, a)
    look(net, short, b)
    assert len(b.trainers) > len(a.trainers)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"open_days": ()}, "days"),
        ({"open_days": YEAR[:12]}, "days"),
        ({"circle_trainers": 1}, "trainers"),
        ({"circle_trainers": 2, "load": 3}, "trainers"),
        ({"load": 2}, "load"),
        ({"rooms": 1, "open_days": YEAR[:30], "group": 4}, "days"),
    ],
)
def test_no_plan_says_what_is_short(change, what):
    asked = replace(Settings(SUBJECTS, YEAR, group=8, ratio=4), **change)
    with pytest.raises(NoPlan) as no:
        plan(network(teachers=8), asked)
    assert no.value.what == what
    assert no.value.need > no.value.have


def test_one_cluster_without_managers():
    net = network(clusters=1, managers=0)
    found = plan(net, Settings(SUBJECTS, YEAR))
    look(net, Settings(SUBJECTS, YEAR), found)
    assert {g.tier for g in found.groups} == {0, 1, 3}


def test_a_circle_that_needs_the_fewest_sittings_there_are():
    """Two clusters of one room, two subjects, one group each a round, two rounds: four sittings."""
    net = network(clusters=2, schools=4, teachers=4, managers=0)
    found = plan(net, Settings(SUBJECTS, YEAR, group=4, ratio=4, rooms=1))
    assert (found.sittings, found.bound) == (4, 4)


def test_the_bound_on_trainers_by_hand():
    """What trainers may give, against what the groups take."""
    net = network(clusters=1, schools=3, teachers=1, managers=0)
    asked = Settings(
        ("maths",), YEAR, group=1, ratio=1, days=3, load=6, upper_group=1, upper_ratio=1
    )
    assert plan(net, asked).fewest == 2  # 3 groups, 1 trainer each, 2 trainings a trainer
    pair = replace(asked, group=2, upper_days=1)
    found = plan(replace(net, teachers=np.array([2, 2, 2])), pair)
    look(replace(net, teachers=np.array([2, 2, 2])), pair, found)
    assert (
        found.fewest == 4
    )  # 6 teachers in 2 rounds of 3: 4 groups, 2 trainers each, 2 trainings a trainer
