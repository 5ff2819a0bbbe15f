"""The help desk lets people in again, sees nothing of their communities, and everything it does is told."""

import datetime as dt

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.people.actions import claims
from staffroom.people.models import AccountNote, Person
from staffroom.places.actions import desk
from staffroom.places.actions.offices import appoint
from staffroom.places.models import Posting, Programme, TeacherNumber
from tests.conftest import LONG_AGO, make_person


@pytest.fixture
def office(world):
    world.imani = make_person("Imani Achieng", email="imani@example.org", is_staff=True)
    appoint(
        by=world.hamisi,
        person=world.imani,
        programme=world.programme,
        role="help_desk",
        starts=LONG_AGO,
    )
    TeacherNumber.objects.create(programme=world.programme, person=world.amina, number="TSC-123456")
    return world


@pytest.fixture
def imani(office, sign_in):
    return sign_in(office.imani)


def last_sms() -> dict:
    return OutboxEntry.objects.filter(topic="sms.send").order_by("created_at", "id").last().payload


@pytest.mark.parametrize(
    "asked",
    [
        {"phone": "0700 000 001"},
        {"number": "tsc123456"},
        {"number": "TSC-123456"},
        {"name": "amina", "school": "hill"},
    ],
)
def test_a_person_is_found_by_what_only_a_caller_knows(office, imani, asked):
    page = imani.post("/places/desk", asked).content.decode()
    assert "Amina Hassan" in page
    assert "Hill Primary" in page
    assert "Baraka" not in page


@pytest.mark.parametrize(
    "asked", [{}, {"name": "amina"}, {"school": "hill"}, {"name": "a", "school": "hill"}]
)
def test_nobody_leafs_through_a_country(office, imani, asked):
    answer = imani.post("/places/desk", asked)
    assert answer.status_code == 422
    assert "Amina" not in answer.content.decode()


def test_the_page_shows_how_one_comes_in_and_nothing_else(office, imani):
    Person.objects.filter(pk=office.amina.pk).update(
        last_used_on=dt.date(2026, 3, 17), frozen_at=now()
    )
    page = imani.get(reverse("desk_person", args=[office.amina.pk])).content.decode()
    assert "March 2026" in page
    assert "17" not in page.split("March 2026")[0][-40:]
    assert "•••" in page
    assert "lost" in page
    for secret in ("000001", "TSC-123456", "Mathematics", "Science", "maths"):
        assert secret not in page.replace("\u00a0", "")
    assert AuditEntry.objects.filter(act="desk.looked", on_id=office.amina.pk).exists()


def test_no_community_and_no_office_of_others_opens(office, imani):
    for path in (f"/communities/{office.maths.pk}", "/places", "/places/people", "/garden"):
        assert (
            imani.get(path).status_code == 404
            or "Mathematics" not in imani.get(path).content.decode()
        )


def test_a_code_is_sent_to_the_owner_and_told(office, imani, sign_in):
    imani.post(reverse("desk_code", args=[office.amina.pk]))
    assert last_sms()["to"] == "+254700000001"
    assert last_sms()["text"][:30] not in imani.get("/places/desk").content.decode()
    mine = sign_in(office.amina)
    assert "Imani Achieng" in mine.get("/me").content.decode()
    mine.post("/me/notes/read")
    assert "Imani" not in mine.get("/me").content.decode()


def test_unfreezing_needs_the_payroll_number(office, imani):
    Person.objects.filter(pk=office.amina.pk).update(frozen_at=now())
    path = reverse("desk_unfreeze", args=[office.amina.pk])
    assert imani.post(path, {"number": "TSC999999"}).status_code == 422
    assert Person.objects.get(pk=office.amina.pk).frozen_at
    imani.post(path, {"number": "tsc 123456"})
    assert Person.objects.get(pk=office.amina.pk).frozen_at is None
    assert AccountNote.objects.get(person=office.amina).act == "desk_unfrozen"


def test_a_new_number_is_begun_by_the_desk_and_ended_by_the_owner(office, imani):
    imani.post(reverse("desk_number", args=[office.amina.pk]), {"phone": "0711 111 111"})
    assert last_sms()["to"] == "+254711111111"
    code = "".join(filter(str.isdigit, last_sms()["text"]))[:6]
    office.amina.refresh_from_db()
    assert str(office.amina.phone) == "+254700000001"  # not yet
    owner = Client()
    given = {"phone": "0711 111 111", "code": code, "whose": "own"}
    page = "/sign-in/new-number/help"
    assert owner.get(page).status_code == 200
    owner.post(page, given | {"text": "TSC123456"})
    office.amina.refresh_from_db()
    assert str(office.amina.phone) == "+254711111111"
    assert get_user(type("R", (), {"session": owner.session})()) == office.amina
    assert last_sms()["to"] == "+254700000001"  # the old one is told


def test_the_new_number_alone_is_not_enough(office, imani):
    imani.post(reverse("desk_number", args=[office.amina.pk]), {"phone": "0711 111 111"})
    code = "".join(filter(str.isdigit, last_sms()["text"]))[:6]
    given = {"phone": "0711 111 111", "code": code, "text": "TSC000000", "whose": "own"}
    assert Client().post("/sign-in/new-number/help", given).status_code == 422
    office.amina.refresh_from_db()
    assert str(office.amina.phone) == "+254700000001"


def test_without_a_payroll_number_a_word_is_needed(office, imani):
    answer = imani.post(reverse("desk_number", args=[office.baraka.pk]), {"phone": "0711 111 112"})
    assert answer.status_code == 422
    claim, code = claims.begin_claim(office.baraka, moves=True)
    path = reverse("desk_vouch", args=[office.baraka.pk])
    assert imani.post(path, {"code": "12345678"}).status_code == 422
    imani.post(path, {"code": code})
    claim.refresh_from_db()
    assert claim.vouched_by == office.imani
    assert AuditEntry.objects.filter(act="desk.vouched", actor_id=office.imani.pk).exists()


def test_the_code_of_one_vouches_for_no_other(office, imani):
    claim, code = claims.begin_claim(office.baraka)
    imani.post(reverse("desk_vouch", args=[office.amina.pk]), {"code": code})
    claim.refresh_from_db()
    assert claim.vouched_at is None


def test_only_in_ones_own_programme_and_never_for_staff(office):
    other = Programme.objects.create(name="Pakistan", country="PK", phone_region="PK")
    for person, programme in [
        (office.amina, other),
        (office.gathoni, office.programme),
        (office.imani, office.programme),
    ]:
        with pytest.raises(NotYours):
            desk.send_code(by=office.imani, person=person, programme=programme)
    with pytest.raises(NotYours):
        desk.send_code(by=office.hamisi, person=office.amina, programme=office.programme)


def test_nobody_helps_whom_they_supervise(office):
    Posting.objects.create(person=office.imani, school=office.hill, role="head", starts=LONG_AGO)
    assert not desk.can_help(office.imani, office.amina, office.programme)
    assert desk.can_help(office.imani, office.nafula, office.programme)


def test_the_office_needs_a_second_factor(office):
    with pytest.raises(Refused, match="second factor"):
        appoint(
            by=office.hamisi,
            person=office.farid,
            programme=office.programme,
            role="help_desk",
            starts=LONG_AGO,
        )
