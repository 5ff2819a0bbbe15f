"""Who may write what, as one truth table; and everyone's `can` agrees with `check`."""

import pytest

from staffroom.communities.models import Community
from staffroom.conversations import permissions as may
from staffroom.core.errors import NotYours, Refused, can

# amina: member and asker; baraka: moderator; nafula: member who answered; chausiku: adviser;
# daudi: sister community; esther: head of Amina's school; farid: outsider; gathoni: gardener.
STRANGERS = ("daudi", "esther", "farid", "gathoni", "hamisi")
TABLE = {
    "member": {"amina", "baraka", "nafula", "otieno"},
    "answer": {"amina", "baraka", "nafula", "otieno", "chausiku"},
    "say_lessons": {"amina", "baraka", "nafula", "otieno", "chausiku"},
    "say_tea": {"amina", "baraka", "nafula", "otieno"},
    "moderate": {"baraka"},
    "help": {"amina", "baraka", "otieno"},
    "thank": {"amina", "baraka", "otieno", "chausiku"},
    "solve": {"amina", "baraka"},
    "change": {"nafula"},
    "earlier": {"nafula", "baraka"},
}
PEOPLE = ("amina", "baraka", "nafula", "otieno", "chausiku", *STRANGERS)


def checks(world, question, answered):
    return {
        "member": lambda p: may.check_member(p, world.maths),
        "answer": lambda p: may.check_answer(p, world.maths),
        "say_lessons": lambda p: may.check_say(p, world.maths, "lessons"),
        "say_tea": lambda p: may.check_say(p, world.maths, "tea"),
        "moderate": lambda p: may.check_moderate(p, world.maths),
        "help": lambda p: may.check_help(p, answered),
        "thank": lambda p: may.check_thank(p, answered),
        "solve": lambda p: may.check_solve(p, question),
        "change": lambda p: may.check_change(p, answered),
        "earlier": lambda p: may.check_earlier(p, answered),
    }


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("act", TABLE)
def test_who_may(world, question, answered, act, person):
    check = checks(world, question, answered)[act]
    assert can(check, getattr(world, person)) == (person in TABLE[act])


@pytest.mark.parametrize("person", STRANGERS)
@pytest.mark.parametrize("act", TABLE)
def test_strangers_learn_nothing(world, question, answered, act, person):
    with pytest.raises(NotYours):
        checks(world, question, answered)[act](getattr(world, person))


@pytest.mark.parametrize("stage", ["forming", "resting", "closed"])
@pytest.mark.parametrize(
    "act", ["member", "answer", "say_tea", "moderate", "help", "thank", "solve"]
)
def test_a_community_that_is_not_open_takes_nothing(world, question, answered, act, stage):
    Community.objects.filter(pk=world.maths.pk).update(stage=stage)
    for row in (world.maths, question, answered):
        row.refresh_from_db()
    with pytest.raises((Refused, NotYours)):
        checks(world, question, answered)[act](world.baraka)
