"""One phone, several people: profiles, PINs, and a phone that is not one's own."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth import get_user
from django.test import Client

from staffroom.core import clock
from staffroom.core.clock import now
from staffroom.core.errors import Refused, TooMany
from staffroom.people import pins
from staffroom.people.actions import profiles
from staffroom.people.models import OpenSession, Phone, Profile

AMINA, BARAKA = "+254700000001", "+254700000002"
PIN = "2741"


def who(client):
    return get_user(type("R", (), {"session": client.session})())


@pytest.fixture
def come(last_code):
    """Sign in by code on this browser: `come(client, number, "shared")`."""

    def make(client, number, whose, **more):
        client.post("/sign-in", {"phone": number})
        return client.post("/sign-in/code", {"code": last_code(), "whose": whose, **more})

    return make


@pytest.fixture
def shared(world, come):
    """A phone on which Amina and Baraka each have a PIN; nobody is in."""
    client = Client()
    for number, pin in [(AMINA, PIN), (BARAKA, "886042")]:
        assert come(client, number, "shared")["Location"].startswith("/me/pin")
        assert client.post("/me/pin", {"pin": pin, "again": pin})["Location"] == "/"
        client.post("/sign-out")
    return client


def page_of(client, person) -> str:
    profile = Profile.objects.get(person=person, phone=Phone.objects.get())
    return next(
        line.split('"')[0]
        for line in client.get("/sign-in").content.decode().split('href="')
        if line.startswith("/sign-in/profile/") and str(profile.person.name) in line
    )


def test_a_phone_is_known_by_a_hash_alone(world, come):
    client = Client()
    come(client, AMINA, "own")
    cookie = client.cookies["p"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    phone = Phone.objects.get()
    assert cookie.value not in (phone.token_hash, str(phone.pk))
    assert len(cookie.value) > 40


def test_the_cookie_is_bound_to_the_host_when_secure(world, come, settings):
    settings.SESSION_COOKIE_SECURE = True
    client = Client()
    come(client, AMINA, "own")
    assert client.cookies["__Host-p"]["secure"]
    assert client.cookies["__Host-p"]["path"] == "/"
    assert not client.cookies["__Host-p"]["domain"]


def test_each_comes_in_by_their_own_pin(world, shared):
    listed = shared.get("/sign-in").content.decode()
    assert "Amina Hassan" in listed
    assert "Baraka Mutiso" in listed
    assert "0000" not in listed.replace("+254", "")  # no number
    before = shared.session.session_key
    shared.post(page_of(shared, world.amina), {"pin": PIN})
    assert who(shared) == world.amina
    assert shared.session.session_key != before
    shared.post("/sign-out")
    shared.post(page_of(shared, world.baraka), {"pin": "٨٨٦ ٠٤٢"})
    assert who(shared) == world.baraka


def test_a_change_of_person_without_signing_out_is_a_new_session(world, shared):
    shared.post(page_of(shared, world.amina), {"pin": PIN})
    to = page_of_baraka(world)
    session = shared.session
    session["invitation"] = "Sekret of Amina"
    session.save()
    first = session.session_key
    shared.post(to, {"pin": "886042"})
    assert who(shared) == world.baraka
    assert shared.session.session_key != first
    assert "invitation" not in shared.session


def page_of_baraka(world) -> str:
    from django.urls import reverse

    return reverse("profile_enter", args=[Profile.objects.get(person=world.baraka).pk])


def test_another_phone_cannot_even_ask(world, shared):
    path = page_of(shared, world.amina)
    assert Client().get(path).status_code == 404
    assert Client().post(path, {"pin": PIN}).status_code == 404
    assert "Amina" not in Client().get("/sign-in").content.decode()


def test_of_a_hundred_tries_five_are_looked_at(world, shared, monkeypatch):
    path, looked = page_of(shared, world.amina), []
    fits = pins.fits
    monkeypatch.setattr(pins, "fits", lambda *args: looked.append(1) or fits(*args))
    for guess in range(3000, 3100):
        answer = shared.post(path, {"pin": str(guess)})
        assert answer.status_code in {422, 429}
    assert len(looked) == 5
    assert "this PIN is closed" in answer.content.decode()
    assert shared.post(path, {"pin": PIN}).status_code == 422  # the right one too
    shared.post(page_of_baraka(world), {"pin": "886042"})
    assert who(shared) == world.baraka  # it was Amina's alone


def test_after_five_a_code_opens_and_a_new_pin_is_chosen(world, shared, last_code):
    path = page_of(shared, world.amina)
    for guess in range(5):
        shared.post(path, {"pin": f"90{guess}7"})
    assert b"send a code" in shared.get(path).content or b"code sent" in shared.get(path).content
    assert shared.post(path + "/code").status_code == 302
    page = shared.get("/sign-in/code").content.decode()
    assert "•••" in page
    assert "000001" not in page.replace("\u00a0", "").replace(" ", "")
    to = shared.post("/sign-in/code", {"code": last_code(), "whose": "shared"})["Location"]
    assert to.startswith("/me/pin")
    shared.post("/me/pin", {"pin": "5183", "again": "5183"})
    shared.post("/sign-out")
    shared.post(path, {"pin": "5183"})
    assert who(shared) == world.amina


def test_a_phone_has_a_limit_over_all_its_people(world, shared):
    path = page_of(shared, world.amina)
    for _ in range(profiles.TRIES_A_PHONE):
        shared.post(path, {"pin": PIN})
        shared.post("/sign-out")
    assert shared.post(path, {"pin": PIN}).status_code == 429
    with pytest.raises(TooMany):
        profiles.enter_by_pin(
            phone=Phone.objects.get(),
            profile_id=Profile.objects.get(person=world.amina).pk,
            pin=PIN,
            address="elsewhere",
        )


@pytest.mark.parametrize("pin", ["0000", "111111", "1234", "12345", "4321", "987654"])
def test_the_first_ones_anybody_tries_are_refused(pin):
    with pytest.raises(Refused, match="choose other digits"):
        pins.check_not_trivial(pin)


@pytest.mark.parametrize("pin", ["1984", "2741", "1122", "1357", "909090"])
def test_others_may_be_chosen(pin):
    pins.check_not_trivial(pin)


@pytest.mark.parametrize("pin", ["", "123", "1234567", "27a1", "-2741.0"])
def test_what_is_no_pin_is_told_and_costs_no_try(world, shared, pin):
    answer = shared.post(page_of(shared, world.amina), {"pin": pin})
    assert answer.status_code == 422
    assert Profile.objects.get(person=world.amina).tries == 0


def test_the_two_must_agree(world, come):
    client = Client()
    come(client, AMINA, "shared")
    answer = client.post("/me/pin", {"pin": PIN, "again": "2742"})
    assert answer.status_code == 422
    assert "differ" in answer.content.decode()
    assert not Profile.objects.get().pin_hash


def test_a_pin_is_kept_with_salt_and_pepper(world, shared, settings):
    one = Profile.objects.get(person=world.amina)
    assert PIN not in one.pin_hash
    assert one.pin_salt != Profile.objects.get(person=world.baraka).pin_salt
    assert pins.fits(PIN, one.pin_salt, one.pin_hash)
    settings.ACCOUNT_KEY = "another machine's key"
    assert not pins.fits(PIN, one.pin_salt, one.pin_hash)


def test_a_lent_phone_keeps_nothing_and_ends_soon(world, come):
    client = Client()
    come(client, AMINA, "lent")
    assert who(client) == world.amina
    assert "p" not in client.cookies
    assert not Phone.objects.exists()
    assert not Profile.objects.exists()
    assert client.session.get_expire_at_browser_close()
    assert client.cookies["s"]["max-age"] == ""
    start = clock.now()
    for minutes in (20, 40):  # used again and again, it goes on
        with time_machine.travel(start + dt.timedelta(minutes=minutes), tick=False):
            assert client.get("/me").status_code == 200
    with time_machine.travel(start + dt.timedelta(minutes=75), tick=False):
        assert client.get("/me")["Location"].startswith("/sign-in")
    assert not OpenSession.objects.exists()


def test_whoever_does_not_say_is_treated_as_on_a_lent_phone(world, come):
    client = Client()
    come(client, AMINA, "")
    assert "idle" in client.session
    assert not Profile.objects.exists()


def test_ones_own_phone_needs_no_pin_and_lasts(world, come):
    client = Client()
    assert come(client, AMINA, "own")["Location"] == "/"
    assert client.session.get_expiry_age() > 89 * 24 * 3600
    client.post("/sign-out")
    page = client.get(page_of(client, world.amina)).content.decode()
    assert "no PIN here yet" in page


def test_a_shared_phone_asks_again_the_same_evening(world, shared):
    shared.post(page_of(shared, world.amina), {"pin": PIN})
    assert shared.session.get_expiry_age() <= 12 * 3600


def test_sign_out_keeps_the_phone_and_clears_the_rest(world, shared):
    shared.post(page_of(shared, world.amina), {"pin": PIN})
    shared.get("/me")
    answer = shared.post("/sign-out")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert {name for name, morsel in answer.cookies.items() if not morsel.value} >= {"s", "c", "l"}
    assert "p" not in answer.cookies
    assert not OpenSession.objects.exists()


def test_whoever_comes_after_somebody_else_finds_a_clean_browser(world, shared, come):
    """Amina's session ended by itself: she never signed out."""
    to_amina, to_baraka = page_of(shared, world.amina), page_of_baraka(world)
    shared.post(to_amina, {"pin": PIN})
    shared.session.flush()
    again = shared.post(to_amina, {"pin": PIN})
    assert "Clear-Site-Data" not in again  # her unsent words wait for her
    shared.session.flush()
    assert shared.post(to_baraka, {"pin": "886042"})["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" in shared.post(to_amina, {"pin": PIN})  # without signing out between
    shared.post("/sign-out")
    guest = come(shared, "+254700000009", "lent")
    assert "Clear-Site-Data" in guest
    shared.session.flush()
    assert "Clear-Site-Data" in shared.post(to_amina, {"pin": PIN})


def test_forget_me_on_this_phone(world, shared):
    shared.post(page_of(shared, world.amina), {"pin": PIN})
    assert b'name="forget"' in shared.get("/me").content
    shared.post("/sign-out", {"forget": "1"})
    listed = shared.get("/sign-in").content.decode()
    assert "Amina" not in listed
    assert "Baraka" in listed


def test_pages_of_a_person_are_in_nobody_elses_cache(world, sign_in):
    """The phone may keep them until sign-out clears it; those of staff, and lent phones, nothing."""
    for person, said in ((world.amina, "private"), (world.hamisi, "no-store")):
        client = sign_in(person)
        for path in ("/", "/me", "/me/profile"):
            assert said in client.get(path)["Cache-Control"]
    lent = sign_in(world.amina)
    session = lent.session
    session["idle"] = int(now().timestamp())
    session.save()
    assert "no-store" in lent.get("/me")["Cache-Control"]


def test_staff_have_no_profile(world):
    from staffroom.core.errors import NotYours

    with pytest.raises(NotYours):
        profiles.keep_profile(person=world.gathoni, phone=None, kind="own")


def test_whoever_leaves_is_on_no_phone(world, shared):
    from staffroom.people.actions.erase import erase

    erase(person=world.amina, keep_contributions=False, typed="delete me")
    assert not Profile.objects.filter(person=world.amina).exists()
    assert "Amina" not in shared.get("/sign-in").content.decode()
