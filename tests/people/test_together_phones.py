"""Several tries at the same moment: a PIN is looked at five times, a claim opens once, two become one once."""

import pytest

from staffroom.core.errors import NotYours, Refused
from staffroom.people import cookie, pins
from staffroom.people.actions import claims, merge, profiles
from staffroom.people.models import AccountNote, Phone, Profile
from staffroom.places.models import TeacherNumber
from tests.conftest import make_person
from tests.conversations.test_together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_guesses_of_a_pin_at_once_are_five_and_no_more(world, monkeypatch):
    phone = Phone.objects.create(token_hash=cookie.digest("token"))
    profile, _ = profiles.keep_profile(person=world.amina, phone=phone, kind="shared")
    profiles.set_pin(person=world.amina, profile=profile, pin="2741", again="2741")
    looked, fits = [], pins.fits
    monkeypatch.setattr(pins, "fits", lambda *args: looked.append(1) or fits(*args))

    def guess():
        profiles.enter_by_pin(phone=phone, profile_id=profile.pk, pin="9999", address="x")

    raised = at_once(*[guess] * 9)
    assert len(raised) == 9
    assert all(isinstance(error, Refused) for error in raised)
    assert len(looked) == 5
    assert Profile.objects.get().tries == 5


def test_a_claim_opens_once(world):
    TeacherNumber.objects.create(programme=world.programme, person=world.amina, number="TSC1")
    claim, _code = claims.begin_claim(world.amina)
    opened = []

    def prove():
        opened.append(claims.prove(claim=claim, how="number", text="TSC1", address="x"))

    raised = at_once(prove, prove, prove)
    assert len(opened) == 1
    assert all(isinstance(error, NotYours) for error in raised)


def test_two_accounts_become_one_once(world):
    other = make_person("Amina H.", "+254722222222")

    def there():
        merge.merge(keep=world.amina, drop=other, by=world.amina)

    def back():
        merge.merge(keep=other, drop=world.amina, by=other)

    raised = at_once(there, back, there)
    assert len(raised) == 2
    assert AccountNote.objects.filter(act="merged").count() == 1
