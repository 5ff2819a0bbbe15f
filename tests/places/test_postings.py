import datetime as dt

import pytest

from staffroom.communities import wall
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry
from staffroom.places.actions.postings import (
    can_post,
    end_posting,
    move_person,
    post_person,
    remove_posting,
)
from staffroom.places.models import Posting, School, Supervision
from tests.conftest import LONG_AGO, make_person
from tests.places.told import listening

DAY = dt.date(2026, 3, 1)
EVERYONE = ["amina", "baraka", "chausiku", "daudi", "esther", "farid", "gathoni", "hamisi"]


@pytest.mark.parametrize("name", EVERYONE)
@pytest.mark.parametrize("role", ["teacher", "deputy", "head"])
@pytest.mark.parametrize("whose", ["own", "another's"])
def test_who_posts_whom(world, name, role, whose):
    by = getattr(world, name)
    person = by if whose == "own" else world.otieno
    Posting.objects.filter(person=person).delete()
    expected = name == "hamisi" or (whose == "own" and role == "teacher")
    assert can_post(by, person, world.river, role) is expected
    if expected:
        assert post_person(by=by, person=person, school=world.river, starts=DAY, role=role)
    else:
        with pytest.raises(NotYours):
            post_person(by=by, person=person, school=world.river, starts=DAY, role=role)
        assert not Posting.objects.filter(person=person, school=world.river).exists()


def test_an_administrator_of_another_programme_posts_nobody(world):
    from staffroom.places.actions.programmes import create_programme

    other = create_programme(
        by=None, name="Sindh", country="PK", levels=["District"], timezone="Asia/Karachi"
    )
    school = School.objects.create(programme=other, code="1", name="Elsewhere")
    assert not can_post(world.hamisi, world.amina, school, "teacher")


def test_said_twice_it_is_one_posting(world):
    first = post_person(by=world.amina, person=world.amina, school=world.river, starts=DAY)
    again = post_person(by=world.amina, person=world.amina, school=world.river, starts=DAY)
    assert first == again
    assert AuditEntry.objects.filter(act="posting.started").count() == 1


def test_a_new_teacher_is_told_on_with_everyone_below(world):
    Supervision.objects.create(supervisor=world.otieno, person=world.nafula, starts=LONG_AGO)
    with listening() as told:
        post_person(by=world.otieno, person=world.otieno, school=world.river, starts=DAY)
    assert told == [{world.otieno.pk, world.nafula.pk}]


def test_a_new_head_is_told_on_with_everyone_at_the_school_and_below(world):
    Supervision.objects.create(supervisor=world.amina, person=world.otieno, starts=LONG_AGO)
    with listening() as told:
        post_person(by=None, person=world.farid, school=world.hill, starts=DAY, role="head")
    assert told == [{world.farid.pk, world.amina.pk, world.baraka.pk, world.otieno.pk}]
    assert wall.is_barred(world.farid, world.maths)


def test_a_head_who_goes_is_told_on_with_those_who_are_freed(world):
    posting = world.esther.postings.get()
    with listening() as told:
        end_posting(by=world.hamisi, posting=posting, ends=DAY)
    assert told == [{world.esther.pk, world.amina.pk, world.baraka.pk}]
    assert not wall.is_barred(world.esther, world.maths)


def test_a_head_does_not_end_the_own_posting(world):
    with pytest.raises(NotYours):
        end_posting(by=world.esther, posting=world.esther.postings.get(), ends=DAY)


def test_moving_is_both_or_neither(world):
    posting = world.amina.postings.get()
    world.river.closed = dt.date(2026, 1, 1)
    world.river.save()
    with pytest.raises(Refused, match="was closed on 2026-01-01"):
        move_person(by=world.hamisi, posting=posting, school=world.river, on=DAY)
    posting.refresh_from_db()
    assert posting.ends is None
    new = move_person(by=world.hamisi, posting=posting, school=world.market, on=DAY)
    posting.refresh_from_db()
    assert (posting.ends, new.starts, new.school) == (DAY, DAY, world.market)


@pytest.mark.parametrize(
    ("starts", "ends", "words", "field"),
    [
        (dt.date(26, 1, 1), None, "four digits", "starts"),
        (dt.date(2040, 1, 1), None, "more than a year", "starts"),
        (DAY, DAY, "ends after", "ends"),
    ],
)
def test_dates_that_cannot_be(world, starts, ends, words, field):
    with pytest.raises(Refused, match=words) as refused:
        post_person(by=None, person=world.amina, school=world.river, starts=starts, ends=ends)
    assert refused.value.field == field


def test_two_postings_at_one_school_do_not_overlap(world):
    with pytest.raises(Refused, match="already a posting"):
        post_person(by=None, person=world.amina, school=world.hill, starts=DAY)
    end_posting(by=None, posting=world.amina.postings.get(), ends=DAY)
    post_person(by=None, person=world.amina, school=world.hill, starts=DAY, role="deputy")
    with pytest.raises(Refused, match="later posting"):
        end_posting(
            by=None, posting=world.amina.postings.get(role="teacher"), ends=dt.date(2026, 6, 1)
        )


def test_two_schools_at_once_are_one_teacher_at_two_schools(world):
    post_person(by=world.amina, person=world.amina, school=world.river, starts=DAY)
    assert world.amina.postings.filter(ends=None).count() == 2


def test_a_slip_of_today_can_be_taken_back_but_not_the_past(world):
    slip = post_person(
        by=world.amina, person=world.amina, school=world.river, starts=today("Africa/Nairobi")
    )
    remove_posting(by=world.amina, posting=slip)
    assert not Posting.objects.filter(pk=slip.pk).exists()
    with pytest.raises(Refused, match="has begun"):
        remove_posting(by=world.amina, posting=world.amina.postings.get())


def test_the_audit_holds_no_names(world):
    make_person("Zawadi")
    post_person(by=world.amina, person=world.amina, school=world.river, starts=DAY)
    entry = AuditEntry.objects.get(act="posting.started")
    assert "Amina" not in str(entry.detail)
    assert entry.actor_id == world.amina.pk
