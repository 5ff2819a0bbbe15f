"""Wrong codes, PINs and passwords are written down, by account and without what was typed."""

import pytest
from django.test import Client

from staffroom.core.errors import Refused
from staffroom.core.models import AuditEntry
from staffroom.people import cookie, doctor
from staffroom.people.actions import profiles
from staffroom.people.models import Phone


def entries() -> list[tuple]:
    return [
        (entry.act, entry.actor_id, entry.on_id)
        for entry in AuditEntry.objects.filter(act__in=doctor.FAILED).order_by("at", "pk")
    ]


@pytest.mark.parametrize(("number", "whose"), [("0700 000 001", "amina"), ("0799 999 999", None)])
def test_a_wrong_code(world, number, whose):
    client = Client()
    client.post("/sign-in", {"phone": number})
    client.post("/sign-in/code", {"code": "000001", "whose": "own"})
    on = getattr(world, whose).pk if whose else None
    assert entries() == [("person.code_failed", None, on)]
    assert "000001" not in str(AuditEntry.objects.filter(act="person.code_failed").get().detail)


def test_a_wrong_pin(world):
    phone = Phone.objects.create(token_hash=cookie.digest("token"))
    profile, _token = profiles.keep_profile(person=world.amina, phone=phone, kind="shared")
    profiles.set_pin(person=world.amina, profile=profile, pin="2741", again="2741")
    with pytest.raises(Refused):
        profiles.enter_by_pin(phone=phone, profile_id=profile.pk, pin="2742", address="x")
    assert entries() == [("person.pin_failed", None, world.amina.pk)]


@pytest.mark.parametrize("email", ["hamisi@example.org", "nobody@example.org"])
def test_a_wrong_password(world, email):
    world.hamisi.email = "hamisi@example.org"
    world.hamisi.is_staff = True
    world.hamisi.save()
    Client().post("/staff/sign-in", {"login": email, "password": "not this one"})
    on = world.hamisi.pk if email.startswith("hamisi") else None
    assert entries() == [("staff.password_failed", None, on)]


def test_the_doctor_notices_many(world):
    assert [one.level for one in doctor.findings()] == ["ok"]
    for _ in range(doctor.MANY_ON_ONE + 1):
        AuditEntry.objects.create(act="person.code_failed", on_id=world.amina.pk)
    [found] = doctor.findings()
    assert found.level == "warn"
    assert str(world.amina.pk) not in found.what
    AuditEntry.objects.all().delete()
    AuditEntry.objects.bulk_create(
        AuditEntry(act="staff.password_failed") for _ in range(doctor.MANY + 1)
    )
    assert [one.level for one in doctor.findings()] == ["warn"]
