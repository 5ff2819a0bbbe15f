"""The move itself ends what must end, and only on the supervisor's side."""

import datetime as dt

import pytest

from staffroom.communities import clockwork
from staffroom.communities.actions import firewall, inviting, joining
from staffroom.communities.models import Advisership, Membership, Term
from staffroom.core import hooks
from staffroom.core.clock import now, pretend
from staffroom.core.models import AuditEntry
from staffroom.places.models import AreaParent, Oversight, Posting, Supervision
from tests.conftest import LONG_AGO, make_community, make_person


def head(person, school, starts=LONG_AGO):
    Posting.objects.create(person=person, school=school, role="head", starts=starts)


def state_of(person, community):
    return Membership.objects.filter(person=person, community=community).latest("asked_at").state


def test_becoming_the_head_of_a_member_ends_the_heads_membership(world):
    head(world.baraka, world.river)  # Nafula teaches there
    hooks.postings_changed.call(person_ids={world.baraka.pk})
    assert state_of(world.baraka, world.maths) == "ended"
    assert state_of(world.nafula, world.maths) == "active"
    assert Membership.objects.get(person=world.baraka, community=world.maths).why_ended == "posting"
    assert not Term.objects.filter(person=world.baraka, ended_at=None).exists()
    assert AuditEntry.objects.filter(act="membership.posting").exists()


def test_the_same_move_told_from_the_teachers_side(world):
    Posting.objects.filter(person=world.baraka).update(role="head")  # Amina works there
    hooks.postings_changed.call(person_ids={world.amina.pk})
    assert state_of(world.baraka, world.maths) == "ended"
    assert state_of(world.amina, world.maths) == "active"


def test_an_adviser_who_becomes_a_supervisor_advises_no_longer(world):
    head(world.chausiku, world.hill)
    firewall.mend({world.chausiku.pk})
    assert not Advisership.objects.filter(person=world.chausiku, ended_at=None).exists()


def test_it_goes_up_the_chain(world):
    officer = make_person("Imani", "+254700000050")
    Membership.objects.create(
        community=world.sister, person=officer, state="active", joined_at=now()
    )
    Oversight.objects.create(person=officer, area=world.kitui, starts=LONG_AGO)
    AreaParent.objects.filter(area=world.mwingi).delete()
    firewall.mend({officer.pk})
    assert state_of(officer, world.sister) == "active"
    AreaParent.objects.create(area=world.mwingi, parent=world.kitui, starts=LONG_AGO)
    firewall.mend({world.daudi.pk})
    assert state_of(officer, world.sister) == "ended"


def test_a_change_in_the_middle_of_a_chain_reaches_both_ends(world):
    Supervision.objects.create(supervisor=world.otieno, person=world.farid, starts=LONG_AGO)
    farids = make_community(world.programme, "Farid's", world.farid, world.nafula)
    firewall.mend({world.farid.pk})
    assert state_of(world.nafula, farids) == "active"
    Supervision.objects.create(supervisor=world.nafula, person=world.otieno, starts=LONG_AGO)
    firewall.mend({world.otieno.pk})
    assert state_of(world.nafula, farids) == "ended"
    assert state_of(world.farid, farids) == "active"


def test_a_supervisors_request_and_invitation_end(world):
    asked = joining.ask_to_join(person=world.daudi, community_id=world.maths.pk)
    invited = inviting.invite(by=world.amina, community_id=world.maths.pk, person=world.farid)
    head(world.daudi, world.market)
    head(world.farid, world.hill)
    firewall.mend({world.daudi.pk, world.farid.pk})
    asked.refresh_from_db()
    invited.refresh_from_db()
    assert (asked.state, invited.state) == ("declined", "declined")


def test_a_teachers_request_ends_before_it_costs_a_supervisor_the_membership(world):
    asked = joining.ask_to_join(person=world.farid, community_id=world.sister.pk)
    head(world.daudi, world.market)  # Farid works there; Daudi is in the sister community
    firewall.mend({world.daudi.pk})
    asked.refresh_from_db()
    assert asked.state == "declined"
    assert state_of(world.daudi, world.sister) == "active"


def test_a_teacher_who_was_there_once_still_bars(world):
    Membership.objects.filter(person=world.nafula, community=world.maths).update(state="left")
    head(world.otieno, world.river)
    firewall.mend({world.otieno.pk})
    assert state_of(world.otieno, world.maths) == "ended"


def test_a_posting_that_begins_by_date_is_found_in_the_night(world):
    tomorrow = (now() + dt.timedelta(days=1)).date()
    head(world.baraka, world.river, starts=tomorrow)
    clockwork.nightly(now())
    assert state_of(world.baraka, world.maths) == "active"
    with pretend(now() + dt.timedelta(days=1)):
        clockwork.nightly(now())
    assert state_of(world.baraka, world.maths) == "ended"


@pytest.mark.parametrize("who", ["amina", "daudi", "chausiku"])
def test_nothing_ends_without_a_breach(world, who):
    before = set(Membership.objects.values_list("pk", "state"))
    assert firewall.mend({getattr(world, who).pk}) == 0
    assert firewall.mend_all() == 0
    assert set(Membership.objects.values_list("pk", "state")) == before


def test_a_country_of_teachers_named_at_once_costs_no_more(world, django_assert_max_num_queries):
    head(world.baraka, world.river)  # Nafula teaches there
    many = {make_person(f"Teacher {n}").pk for n in range(60)}
    with django_assert_max_num_queries(60):
        hooks.postings_changed.call(person_ids=many | {world.baraka.pk})
    assert state_of(world.baraka, world.maths) == "ended"
