import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.test import Client

from staffroom.people import cookie, devices
from staffroom.people.actions import profiles, sessions
from staffroom.people.models import OpenSession, Person, Phone, Profile

AGENT = "Mozilla/5.0 (Linux; Android 10; TECNO KG5) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


def who(client):
    return get_user(type("R", (), {"session": client.session})()).pk


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (AGENT, "TECNO KG5, Chrome"),
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/130.0.0.0 Mobile", "Android, Chrome"),
        ("Opera/9.80 (J2ME/MIDP; Opera Mini/7.1; U; en) Presto/2.8", "Opera Mini"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1", "iPhone, Safari"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Gecko Firefox/130.0", "Windows, Firefox"),
        ("", ""),
        ("Android 9; " + "x" * 5000, "Android"),
    ],
)
def test_a_phone_in_a_few_words(agent, words):
    assert devices.words(agent) == words


def test_the_list_shows_phones_by_the_day_and_nobody_elses(world, sign_in):
    here, there, other = sign_in(world.amina), sign_in(world.amina), sign_in(world.baraka)
    for client in (here, there, other):
        client.get("/me", headers={"user-agent": AGENT})
    page = here.get("/me/phones").content.decode()
    assert page.count("TECNO KG5") == 2
    assert page.count("This one") == 1
    assert ":" not in page.split("Last used on", 1)[1].split("</p>")[0]  # a day, no hour


def test_one_is_signed_out_and_no_longer_knows_me(world, sign_in):
    here, there = sign_in(world.amina), sign_in(world.amina)
    phone = Phone.objects.create(token_hash=cookie.digest("token"))
    profiles.keep_profile(person=world.amina, phone=phone, kind="shared")
    there.cookies["p"] = "token"
    here.get("/me")
    there.get("/me")
    one = OpenSession.objects.get(session_key=there.session.session_key)
    from django.urls import reverse

    assert here.post(reverse("my_phone_end", args=[one.pk])).status_code == 302
    assert there.get("/me").status_code == 302
    assert here.get("/me").status_code == 200
    assert not Profile.objects.exists()
    assert sign_in(world.farid).post(reverse("my_phone_end", args=[one.pk])).status_code == 404


def test_sign_out_elsewhere_leaves_this_one_alone_in_the_list(world, sign_in):
    here, there = sign_in(world.amina), sign_in(world.amina)
    here.get("/me")
    there.get("/me")
    assert here.post("/me/sign-out-elsewhere")["Location"] == "/me/phones"
    assert there.get("/me").status_code == 302
    assert here.get("/me/phones").status_code == 200
    assert sessions.open_sessions(world.amina).count() == 1


def test_a_lost_phone_is_out_and_its_sim_opens_nothing(world, sign_in, last_code):
    here, lost = sign_in(world.amina), Client()
    lost.post("/sign-in", {"phone": "+254700000001"})
    lost.post("/sign-in/code", {"code": last_code(), "whose": "own"})
    lost.get("/me")
    here.get("/me")
    assert here.get("/me/phones/lost").status_code == 200
    here.post("/me/phones/lost")
    assert here.get("/me").status_code == 200
    assert lost.get("/me").status_code == 302
    assert "Amina" not in lost.get("/sign-in").content.decode()
    lost.post("/sign-in", {"phone": "+254700000001"})
    answer = lost.post("/sign-in/code", {"code": last_code(), "whose": "own"})
    assert answer["Location"] == "/sign-in/proof"
    assert who(lost) is None
    assert "Amina" not in lost.get("/sign-in/proof").content.decode()
    lost.post("/sign-in/proof/new")  # the thief does not get the number either
    world.amina.refresh_from_db()
    assert str(world.amina.phone) == "+254700000001"
    assert who(lost) is None


def test_a_new_number_ends_the_freeze(world, sign_in, last_code):
    here = sign_in(world.amina)
    here.post("/me/phones/lost")
    here.post("/me/phone", {"phone": "+254711111111"})
    here.post("/me/phone/code", {"code": last_code()})
    assert Person.objects.get(pk=world.amina.pk).frozen_at is None


def test_the_list_forgets_what_ended(world, sign_in):
    client = sign_in(world.amina)
    client.get("/me")
    Session.objects.all().delete()
    assert not sessions.open_sessions(world.amina)
    sessions.sweep()
    assert not OpenSession.objects.exists()
