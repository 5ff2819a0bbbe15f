"""A community in which something needs its moderator, on a Tuesday in term time."""

import datetime as dt

import pytest
import time_machine

from staffroom.communities.models import LeverChoice, Membership
from staffroom.conversations.models import ReadMark
from staffroom.core.clock import now
from tests.conftest import make_person

TUESDAY = dt.datetime(2026, 9, 15, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def tuesday():
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def nudged(tuesday, world):
    """The members joined half a year ago, and the design speaks of who is not heard."""
    long_ago = now() - dt.timedelta(days=180)
    world.maths.created_at = long_ago
    world.maths.save()
    Membership.objects.filter(community=world.maths).update(joined_at=long_ago)
    LeverChoice.objects.create(
        programme=world.programme, community=world.maths, lever="nudges", value="on"
    )
    for person in (world.amina, world.baraka, world.nafula, world.otieno):
        person.last_used_on = now().date()
        person.save()
    return world


@pytest.fixture
def newcomer(nudged):
    """Juma joined yesterday."""
    juma = make_person("Juma Kariuki", "+254700000021", last_used_on=now().date())
    nudged.juma = juma
    nudged.juma_joined = Membership.objects.create(
        community=nudged.maths,
        person=juma,
        state="active",
        joined_at=now() - dt.timedelta(days=1),
    )
    return juma


def has_read(person, community, days_ago: int) -> None:
    ReadMark.objects.update_or_create(
        person=person,
        community=community,
        room="lessons",
        question=None,
        defaults={"until": now() - dt.timedelta(days=days_ago)},
    )
