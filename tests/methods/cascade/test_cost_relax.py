import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from staffroom.methods.cascade.calendar import open_days
from staffroom.methods.cascade.cost import taken
from staffroom.methods.cascade.plan import plan
from staffroom.methods.cascade.relax import ways
from staffroom.methods.cascade.settings import Group, Network, NoPlan, Plan, Settings, Trainer
from tests.methods.cascade.test_plan import FIRST, SUBJECTS, YEAR, look, network


def test_a_plan_counted_by_hand():
    """Two schools of one cluster, 3 km and 1 km from the centre; the trainer lives 10 km away."""
    net = Network(
        np.array([0, 0]), np.array([0, 0]), np.array([0]), np.array([2, 1]), np.array([0, 0]),
        np.array([3000, 1000]), np.array([[0, 10_000], [10_000, 0]]),
    )  # fmt: skip
    core, circle = Trainer(1, 0, 0, 0), Trainer(3, 0, 0, 1)
    groups = (
        Group(1, 0, 0, 0, 0, 0, (1, 2, 3, 4, 5), (0,), (), (1,)),
        Group(3, 0, 0, 0, 0, 0, (8, 9), (1,), ((0, 2), (1, 1)), ()),
    )
    found = taken(Plan((core, circle), groups, 1, 1, 9, 1), net)
    # Above: one there and back of the trained, 20 km; 2 people × 5 days; 5 days of trainer and room.
    assert found.quantity[1] == {
        "travel": 20, "meals": 10, "materials": 1, "trainers": 5, "venue": 5,
    }  # fmt: skip
    # Teachers: (2 × 3 + 1 × 1 + 10) km × 2 ways × 2 days; 4 people × 2 days.
    assert found.quantity[3] == {
        "travel": 68, "meals": 8, "materials": 3, "trainers": 2, "venue": 2,
    }  # fmt: skip
    prices = {"travel": 0.5, "meals": 2, "trainers": 10}
    assert found.cost(prices) == {"travel": 44, "meals": 36, "trainers": 70}
    assert taken(Plan((core, circle), groups, 1, 1, 9, 1), net, half=True).total("meals") == 9


def test_everybody_trained_gets_materials():
    net = network()
    found = taken(plan(net, Settings(SUBJECTS, YEAR)), net)
    assert found.quantity[3]["materials"] == net.teachers.sum()
    assert found.quantity[2]["materials"] == net.managers.sum()
    assert found.known
    assert not taken(plan(net, Settings(SUBJECTS, YEAR)), network(places=False)).known


LATER = open_days(dt.date(2027, 2, 13), dt.date(2028, 2, 12))


@pytest.mark.parametrize("change", [{}, {"circle_trainers": 2, "load": 200}, {"rooms": 1}])
def test_every_way_makes_a_plan_and_one_step_less_does_not(change):
    net = network(teachers=8, schools=12)
    days = open_days(FIRST, dt.date(2027, 2, 12))
    asked = replace(Settings(SUBJECTS, days, group=8, ratio=8, rooms=1, load=40), **change)
    with pytest.raises(NoPlan):
        plan(net, asked)
    found = {way.what: way for way in ways(net, asked, LATER)}
    assert "until" in found
    k = LATER.index(found["until"].value) + 1
    look(net, replace(asked, open_days=days + LATER[:k]), found["until"].plan)
    with pytest.raises(NoPlan):
        plan(net, replace(asked, open_days=days + LATER[: k - 1]))
    for what in found.keys() - {"until"}:
        look(net, replace(asked, **{what: found[what].value}), found[what].plan)


def test_too_light_a_load_is_told_by_how_much():
    asked = Settings(SUBJECTS, YEAR, load=4)
    found = {way.what: way.value for way in ways(network(), asked, ())}
    assert found["load"] == 5
