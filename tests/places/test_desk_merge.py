"""The help desk begins to make two accounts one; the owner has the last word, and the other may say no."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from staffroom.communities.models import Membership
from staffroom.core import clock
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.people.actions import merge, merge_by_desk
from staffroom.people.models import AccountNote, MergeOffer, Person
from staffroom.places.actions import desk
from staffroom.places.models import Posting, TeacherNumber
from tests.conftest import LONG_AGO, make_person
from tests.places.test_desk import imani, office  # noqa: F401

NEW = "0722 222 222"


@pytest.fixture
def twice(office):  # noqa: F811
    """Amina lost her number long ago and began again with a new one."""
    office.again = make_person("Amina H.", "+254722222222")
    Person.objects.filter(pk=office.amina.pk).update(last_used_on=today() - dt.timedelta(days=40))
    office.amina.refresh_from_db()
    return office


@pytest.fixture
def offered(twice):
    offer(twice)
    return twice


def offer(house, **other):
    given = {"phone": NEW, "number": "TSC 123456", **other}
    desk.offer_merge(by=house.imani, person=house.amina, programme=house.programme, **given)


def later(monkeypatch, **time):
    moment = now() + dt.timedelta(**time)
    for module in (merge_by_desk, clock):
        monkeypatch.setattr(module, "now", lambda: moment)


def sms_to(number: str) -> str:
    rows = OutboxEntry.objects.filter(topic="sms.send").order_by("created_at", "id")
    return [row.payload["text"] for row in rows if row.payload["to"] == number][-1]


def test_the_owner_says_yes_on_their_phone(twice, imani, sign_in, monkeypatch):  # noqa: F811
    path = reverse("desk_merge", args=[twice.amina.pk])
    assert imani.post(path, {"phone": NEW, "number": "TSC-123456"}).status_code == 302
    assert "Amina H." in imani.get(reverse("desk_person", args=[twice.amina.pk])).content.decode()
    assert Person.objects.get(pk=twice.amina.pk).is_active  # nothing has happened yet
    mine = sign_in(twice.again)
    assert "/me/merge/desk" in mine.get("/me").content.decode()
    page = mine.get("/me/merge/desk").content.decode()
    assert "Amina Hassan" in page
    assert "Imani" in mine.get("/me").content.decode()
    mine.post("/me/merge/desk", {"yes": "1"})
    assert Person.objects.get(pk=twice.amina.pk).is_active  # the other has a day to say no
    later(monkeypatch, hours=25)
    mine.post("/me/merge/desk", {"yes": "1"})
    assert not Person.objects.get(pk=twice.amina.pk).is_active
    assert Membership.objects.filter(person=twice.again, community=twice.maths, state="active")
    assert TeacherNumber.objects.get(number="TSC-123456").person == twice.again
    entry = AuditEntry.objects.get(act="person.merge_offered")
    assert (entry.actor_id, entry.on_id) == (twice.imani.pk, twice.again.pk)
    assert AuditEntry.objects.get(act="person.merged").actor_id == twice.again.pk
    assert not MergeOffer.objects.exists()


def test_in_person_the_code_of_the_message_does_it_at_once(offered, imani):  # noqa: F811
    code = re.search(r"\d{6}", sms_to("+254722222222")).group()
    path = reverse("desk_merge_code", args=[offered.amina.pk])
    assert imani.post(path, {"code": "000000"}).status_code == 422
    answer = imani.post(path, {"code": code}, follow=True)
    assert not Person.objects.get(pk=offered.amina.pk).is_active
    assert "Mathematics" not in answer.content.decode()  # no community at the desk
    assert AuditEntry.objects.get(act="person.merged").actor_id == offered.imani.pk
    assert imani.post(path, {"code": code}).status_code == 404  # once


def test_the_code_signs_nobody_in(offered, client):
    code = re.search(r"\d{6}", sms_to("+254722222222")).group()
    client.post("/sign-in", {"phone": "+254722222222"})
    assert client.post("/sign-in/code", {"code": code}).status_code == 422


def test_whoever_is_at_home_in_the_other_is_told_and_says_no(offered, sign_in):
    assert "another" in sms_to("+254700000001")
    mine = sign_in(offered.amina)
    assert "Imani" in mine.get("/me").content.decode()
    assert "yes" not in re.findall(r'name="(\w+)"', mine.get("/me/merge/desk").content.decode())
    mine.post("/me/merge/desk", {"no": "1"})
    assert not MergeOffer.objects.exists()
    assert AccountNote.objects.filter(person=offered.again, act="merge_declined").exists()
    with pytest.raises(Refused, match="No offer"):
        desk.merge_by_code(
            by=offered.imani, person=offered.amina, programme=offered.programme, code="123456"
        )


def test_the_dropped_one_cannot_say_yes_for_the_other(offered, sign_in):
    sign_in(offered.amina).post("/me/merge/desk", {"yes": "1"})
    assert Person.objects.get(pk=offered.again.pk).is_active
    assert Person.objects.get(pk=offered.amina.pk).is_active
    with pytest.raises(NotYours):
        merge_by_desk.agree(offer=MergeOffer.objects.get(), by=offered.amina)
    with pytest.raises(NotYours):
        merge_by_desk.decline(offer=MergeOffer.objects.get(), by=offered.farid)


def test_an_account_in_use_is_not_taken(twice):
    Person.objects.filter(pk=twice.amina.pk).update(last_used_on=today() - dt.timedelta(days=2))
    twice.amina.refresh_from_db()
    with pytest.raises(Refused, match="used this week"):
        offer(twice)


def test_an_account_whose_owner_came_back_meanwhile_is_not_taken(offered, monkeypatch):
    Person.objects.filter(pk=offered.amina.pk).update(last_used_on=today())
    later(monkeypatch, hours=25)
    with pytest.raises(Refused, match="has come in"):
        merge_by_desk.agree(offer=merge_by_desk.living(offered.again), by=offered.again)
    assert Person.objects.get(pk=offered.amina.pk).is_active


def test_an_account_that_nobody_used_waits_for_nobody(twice):
    Person.objects.filter(pk=twice.amina.pk).update(enrolled_at=None, last_used_on=None)
    twice.amina.refresh_from_db()
    offer(twice)
    merge_by_desk.agree(offer=merge_by_desk.living(twice.again), by=twice.again)
    assert not Person.objects.get(pk=twice.amina.pk).is_active


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"number": "TSC 999999"}, "number"),
        ({"number": ""}, "number"),
        ({"phone": "0799 999 999"}, "phone"),  # nobody's
        ({"phone": "0700 000 001"}, "phone"),  # the same account
        ({"phone": "12"}, "phone"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(twice, given, field):
    with pytest.raises(Refused) as error:
        offer(twice, **given)
    assert error.value.field == field
    assert not MergeOffer.objects.exists()


def test_nobody_merges_whom_they_supervise(twice):
    Posting.objects.create(person=twice.imani, school=twice.river, role="head", starts=LONG_AGO)
    Posting.objects.create(person=twice.again, school=twice.river, role="teacher", starts=LONG_AGO)
    with pytest.raises(Refused, match="no account"):
        offer(twice)


def test_an_offer_never_moves_to_a_third_account(offered):
    """Amina's first account goes elsewhere: the offer about it is not one about the other."""
    third = make_person("Amina", "+254733333333")
    merge.merge(keep=third, drop=offered.amina, by=third)
    assert not MergeOffer.objects.exists()


def test_an_offer_ends(offered, monkeypatch):
    later(monkeypatch, days=8)
    assert merge_by_desk.living(offered.again) is None
