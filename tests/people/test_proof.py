"""A number that changed hands opens nothing; its owner comes in by one more proof."""

import datetime as dt

import pytest
from django.contrib.auth import get_user
from django.test import Client

from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.people.actions import claims, profiles
from staffroom.people.models import AccountNote, Claim, Person, Phone
from staffroom.places.models import TeacherNumber

AMINA = "+254700000001"


def who(client):
    return get_user(type("R", (), {"session": client.session})()).pk


@pytest.fixture
def stale(world):
    """Amina was not here for 61 days."""
    long_ago = now() - dt.timedelta(days=61)
    Person.objects.filter(pk=world.amina.pk).update(
        last_used_on=long_ago.date(), enrolled_at=long_ago
    )
    TeacherNumber.objects.create(
        programme=world.programme, person=world.amina, number="TSC 123-456"
    )
    return world


@pytest.fixture
def holder(stale, last_code):
    """Whoever holds Amina's number now, with the right code."""
    client = Client()
    client.post("/sign-in", {"phone": AMINA})
    answer = client.post("/sign-in/code", {"code": last_code(), "whose": "own"})
    assert answer["Location"] == "/sign-in/proof"
    return client


def vouch_code(client) -> str:
    return client.session["proving"]["code"]


def test_the_number_alone_opens_nothing_and_shows_nothing(stale, holder):
    assert who(holder) is None
    for path in ("/sign-in/proof", "/", "/sign-in"):
        page = holder.get(path).content.decode()
        for secret in ("Amina", "Hassan", "Mathematics", "Mwingi", "Hill"):
            assert secret not in page, path
    assert holder.get("/me").status_code == 302


@pytest.mark.parametrize(("days", "asked"), [(60, False), (61, True)])
def test_sixty_days_are_the_limit(world, days, asked):
    world.amina.last_used_on = today() - dt.timedelta(days=days)
    assert claims.needs_proof(world.amina, None) is asked


def test_the_limit_is_a_setting(world, settings):
    settings.STALE_DAYS = 400
    world.amina.last_used_on = today() - dt.timedelta(days=399)
    assert not claims.needs_proof(world.amina, None)


def test_a_phone_that_knows_the_person_is_not_asked(stale):
    phone = Phone.objects.create(token_hash="known")
    stale.amina.refresh_from_db()
    assert claims.needs_proof(stale.amina, phone)
    profiles.keep_profile(person=stale.amina, phone=phone, kind="own")
    assert not claims.needs_proof(stale.amina, phone)


def test_an_account_nobody_used_is_open_to_its_number(world):
    world.amina.enrolled_at = None
    assert not claims.needs_proof(world.amina, None)


@pytest.mark.parametrize("typed", ["TSC 123-456", "tsc123456", "TSC١٢٣٤٥٦"])
def test_the_payroll_number_opens_it(stale, holder, typed):
    answer = holder.post("/sign-in/proof", {"how": "number", "text": typed})
    assert answer.status_code == 302
    assert who(holder) == stale.amina.pk
    assert holder.cookies["p"].value  # and the phone is known from now on


def test_five_tries_a_day_however_many_claims(stale, holder, last_code):
    for n in range(5):
        answer = holder.post("/sign-in/proof", {"how": "number", "text": f"TSC00000{n}"})
        assert answer.status_code == 422
        assert "does not open it" in answer.content.decode()
    other = Client()
    other.post("/sign-in", {"phone": AMINA})
    other.post("/sign-in/code", {"code": last_code(), "whose": "own"})
    answer = other.post("/sign-in/proof", {"how": "number", "text": "TSC123456"})
    assert answer.status_code == 429
    assert who(other) is None


def test_a_pin_of_another_phone_opens_it(stale, holder):
    phone = Phone.objects.create(token_hash="the school's")
    profile, _ = profiles.keep_profile(person=stale.amina, phone=phone, kind="shared")
    profiles.set_pin(person=stale.amina, profile=profile, pin="2741", again="2741")
    assert holder.post("/sign-in/proof", {"how": "pin", "text": "2742"}).status_code == 422
    assert holder.post("/sign-in/proof", {"how": "pin", "text": "abc"}).status_code == 422
    holder.post("/sign-in/proof", {"how": "pin", "text": "2741"})
    assert who(holder) == stale.amina.pk


def test_a_colleague_vouches(stale, holder, sign_in):
    code, baraka = vouch_code(holder), sign_in(stale.baraka)
    page = baraka.post("/me/vouch", {"code": code}).content.decode()
    assert "Amina Hassan" in page
    assert "hear their voice" in page
    assert holder.get("/sign-in/proof").status_code == 200  # not yet
    baraka.post("/me/vouch", {"code": code, "sure": "1"})
    assert holder.get("/sign-in/proof").status_code == 302
    assert who(holder) == stale.amina.pk
    note = AccountNote.objects.get()
    assert (note.person, note.by, note.act) == (stale.amina, stale.baraka, "vouched")
    assert "Baraka Mutiso" in holder.get("/me").content.decode()  # its owner reads who it was


@pytest.mark.parametrize("name", ["esther", "farid", "chausiku_of_none"])
def test_only_who_meets_in_a_community_can_vouch(stale, holder, sign_in, name):
    person = getattr(stale, name, stale.farid)
    answer = sign_in(person).post("/me/vouch", {"code": vouch_code(holder), "sure": "1"})
    assert answer.status_code == 422
    assert "Amina" not in answer.content.decode()
    assert Claim.objects.get().vouched_at is None


def test_nobody_vouches_for_themselves_or_by_guessing(stale, holder, sign_in):
    assert not claims.can_vouch(stale.amina, Claim.objects.get())
    baraka = sign_in(stale.baraka)
    answers = [baraka.post("/me/vouch", {"code": f"{n:08}"}).status_code for n in range(12)]
    assert answers[-1] == 429


def test_a_new_holder_gets_an_account_of_their_own(stale, holder):
    answer = holder.post("/sign-in/proof/new")
    assert answer.status_code == 302
    new = Person.objects.get(phone=AMINA)
    assert new != stale.amina
    assert who(holder) == new.pk
    stale.amina.refresh_from_db()
    assert stale.amina.phone is None
    assert stale.amina.name == "Amina Hassan"
    assert AccountNote.objects.get(person=stale.amina).act == "number_gone"
    assert holder.post("/sign-in/proof/new").status_code == 404  # once


def test_a_claim_works_once_and_for_two_days(stale, holder):
    claim = Claim.objects.get()
    assert claims.prove(claim=claim, how="number", text="TSC123456", address="x") == stale.amina
    with pytest.raises(NotYours):
        claims.prove(claim=claim, how="number", text="TSC123456", address="x")
    Claim.objects.update(used_at=None, expires_at=now())
    with pytest.raises(NotYours):
        claims.living(claim.pk)
    assert holder.get("/sign-in/proof")["Location"] == "/sign-in"


@pytest.fixture
def moved(stale, last_code):
    """Amina with a new number, her old one gone."""
    client = Client()
    client.post("/sign-in/new-number", {"old": "0700 000 001", "phone": "0711 111 111"})
    answer = client.post("/sign-in/new-number/code", {"code": last_code(), "whose": "own"})
    assert answer["Location"] == "/sign-in/proof"
    return client


def test_a_new_number_needs_a_colleagues_word(stale, moved, sign_in, messages):
    page = moved.get("/sign-in/proof").content.decode()
    assert "Amina" not in page
    answer = moved.post("/sign-in/proof", {"how": "number", "text": "TSC123456"})
    assert answer.status_code == 422  # a head teacher knows the payroll number too
    assert who(moved) is None
    sign_in(stale.nafula).post("/me/vouch", {"code": vouch_code(moved), "sure": "1"})
    moved.get("/sign-in/proof")
    assert who(moved) == stale.amina.pk
    stale.amina.refresh_from_db()
    assert str(stale.amina.phone) == "+254711111111"
    assert messages()[-1][0] == AMINA  # the old number is told


def test_a_number_nobody_has_gets_the_same_page(stale, last_code):
    client = Client()
    client.post("/sign-in/new-number", {"old": "0799 999 999", "phone": "0711 111 112"})
    answer = client.post("/sign-in/new-number/code", {"code": last_code(), "whose": "own"})
    assert answer["Location"] == "/sign-in/proof"
    assert len(vouch_code(client)) == 9
    with pytest.raises(Refused):
        claims.find_to_vouch(by=stale.baraka, code=vouch_code(client))


def test_a_taken_number_gets_no_message(stale, messages):
    Client().post("/sign-in/new-number", {"old": "0700000001", "phone": "0700000002"})
    assert not messages()
