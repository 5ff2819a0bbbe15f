"""Places, venues and turns stay true after an exchange, a change and a cancellation."""

import datetime as dt

import pytest

from staffroom.cascade.actions import inviting
from staffroom.cascade.actions import sessions as acts
from staffroom.cascade.models import Invitation
from staffroom.cascade.queries import sessions as asking
from staffroom.core.clock import today
from staffroom.core.errors import Refused

DAY = today() + dt.timedelta(days=30)


def sheet(**f):
    return acts.Sheet(**({"title": "Fractions", "days": [DAY], "subject": "mathematics"} | f))


@pytest.fixture
def session(world):
    return acts.make(
        by=world.gathoni,
        programme=world.programme,
        sheet=sheet(schools=[world.hill], venue=world.river, trainers=[world.otieno], seats=10),
    )


def live(session):
    return session.invitations.filter(state__in=asking.ASKED).count()


def test_exchange_of_a_declined_overfills(world, session):
    inviting.send(by=world.gathoni, session=session)
    first = session.invitations.get()
    inviting.answer(by=first.person, invitation=first, comes=False)
    left = inviting.others(first)
    assert left
    with pytest.raises(Refused, match="All places are taken"):
        inviting.exchange(by=world.gathoni, invitation=first, person=left[0], reason="x")
    assert live(session) == 1  # one place


def test_venue_clash_refused(world, session):
    with pytest.raises(Refused):
        acts.make(
            by=world.gathoni,
            programme=world.programme,
            sheet=sheet(title="Other", venue=world.river),
        )


def test_trainer_of_cancelled_is_free(world, session):
    other = acts.make(
        by=world.gathoni, programme=world.programme, sheet=sheet(title="R", trainers=[world.baraka])
    )
    acts.cancel(by=world.gathoni, session=other, reason="rain")
    assert world.baraka in asking.able(session, [world.hill.pk]).values()


def test_school_removed_takes_back(world, session):
    inviting.send(by=world.gathoni, session=session)
    acts.change(by=world.gathoni, session=session, sheet=sheet(schools=[], seats=10))
    assert live(session) == 0


def test_who_never_came_has_not_been_trained(world, session):
    past = acts.make(
        by=world.gathoni,
        programme=world.programme,
        sheet=sheet(title="P", days=[today() - dt.timedelta(days=20)]),
    )
    Invitation.objects.create(session=past, person=world.amina, state="sent")
    assert asking.able(session, [world.hill.pk])[world.amina.pk].times == 0
