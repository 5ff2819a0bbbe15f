"""No supervisor reads, joins or measures the community, however the supervision came about."""

import datetime as dt

import pytest

from staffroom.communities.models import Membership
from staffroom.core.clock import now
from staffroom.places.models import Oversight, Posting, Supervision
from tests.conftest import LONG_AGO, make_person
from tests.firewall.sample import SECRETS, furnish
from tests.firewall.test_walk import OURS, everything_said_to

INSIDE = {"inside", "member", "moderator"}


def head_of_the_school(world):
    return world.esther


def deputy_of_the_school(world):
    person = make_person("Imani Deputy", "+254700000060")
    Posting.objects.create(person=person, school=world.hill, role="deputy", starts=LONG_AGO)
    return person


def officer_of_the_zone(world):
    person = make_person("Imani Officer", "+254700000061")
    Oversight.objects.create(person=person, area=world.mwingi, starts=LONG_AGO)
    return person


def officer_of_the_county(world):
    person = make_person("Imani County", "+254700000062")
    Oversight.objects.create(person=person, area=world.kitui, starts=LONG_AGO)
    return person


def named_supervisor(world):
    person = make_person("Imani Named", "+254700000063")
    Supervision.objects.create(supervisor=person, person=world.amina, starts=LONG_AGO)
    return person


def supervisor_of_the_supervisor(world):
    person = make_person("Imani Above", "+254700000064")
    Supervision.objects.create(supervisor=person, person=world.esther, starts=LONG_AGO)
    return person


def gardener_who_inspects_here(world):
    Oversight.objects.create(person=world.gathoni, area=world.kitui, starts=LONG_AGO)
    return world.gathoni


def head_since_today(world):
    """The posting began by its date; nobody pressed a button."""
    Posting.objects.create(person=world.farid, school=world.river, role="head", starts=now().date())
    return world.farid


def head_of_somebody_who_has_left(world):
    Membership.objects.filter(person__in=[world.amina, world.baraka], community=world.maths).update(
        state="left", ended_at=now()
    )
    return world.esther


SUPERVISORS = [
    head_of_the_school,
    deputy_of_the_school,
    officer_of_the_zone,
    officer_of_the_county,
    named_supervisor,
    supervisor_of_the_supervisor,
    gardener_who_inspects_here,
    head_since_today,
    head_of_somebody_who_has_left,
]


@pytest.mark.parametrize(
    "as_member", [False, True], ids=["outside", "with a membership that should not be"]
)
@pytest.mark.parametrize("who", SUPERVISORS, ids=lambda make: make.__name__)
def test_a_supervisor_gets_nothing(who, as_member, world, sign_in):
    house = furnish(world)
    person = who(house)
    if as_member:  # written straight into the table: the queries themselves must refuse
        Membership.objects.create(
            community=house.maths, person=person, state="active", joined_at=now()
        )
    client = sign_in(person)
    from tests.firewall.sample import address

    for route in OURS:
        if route.rule in INSIDE:
            for method in (client.get, client.post):
                assert method(address(route, house)).status_code in {404, 405}, (
                    f"{person} at {route}"
                )
    # Without a membership a supervisor is to every page what any outsider is: three walk them all.
    if as_member or who in (head_of_the_school, officer_of_the_county, gardener_who_inspects_here):
        for page, said in everything_said_to(client, house):
            assert not [secret for secret in SECRETS if secret in said], f"{page} tells {person}"


def test_when_the_supervision_has_ended_the_past_stays_closed_until_one_is_let_in(world, sign_in):
    house = furnish(world)
    Posting.objects.filter(person=house.esther).update(ends=now().date() - dt.timedelta(days=1))
    for page, said in everything_said_to(sign_in(house.esther), house):
        assert not [secret for secret in SECRETS if secret in said], f"{page} tells Esther"
