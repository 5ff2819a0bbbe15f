import pytest
from django.test import Client

from staffroom.people import actions, consent
from staffroom.people.models import Consent, Person


@pytest.fixture
def newcomer(world):
    return actions.make_account(name="Zuhura Ali", phone="+254722222222")


def test_nothing_opens_before_it(newcomer, sign_in):
    client = sign_in(newcomer)
    for path in ("/", "/me", "/me/profile", "/communities"):
        response = client.get(path)
        assert response["Location"].startswith("/consent?next="), path
    assert client.post("/me/profile", {"name": "X"})["Location"] == "/consent"
    newcomer.refresh_from_db()
    assert newcomer.name == "Zuhura Ali"


def test_but_one_may_leave_with_the_data_and_choose_a_language(newcomer, sign_in):
    client = sign_in(newcomer)
    for path in ("/consent", "/me/export", "/me/delete"):
        assert client.get(path).status_code == 200, path
    assert client.post("/language", {"language": "sw"})["Location"] == "/"
    assert client.post("/sign-out")["Location"] == "/sign-in"


def test_agreeing_opens_the_page_one_wanted(newcomer, sign_in):
    client = sign_in(newcomer)
    assert client.post("/consent", {"next": "/me"})["Location"] == "/me"
    assert client.get("/me").status_code == 200
    given = Consent.objects.get(person=newcomer)
    assert (given.version, given.language) == (consent.VERSION, "en")
    client.post("/consent")
    assert Consent.objects.filter(person=newcomer).count() == 1


def test_the_words_say_who_can_see_what(newcomer, sign_in):
    page = sign_in(newcomer).get("/consent").content.decode()
    for words in ("head teacher", "runs the server", "phone number", "I can leave"):
        assert words in page


def test_it_is_asked_again_when_the_words_change(world, sign_in, monkeypatch):
    client = sign_in(world.amina)
    assert client.get("/me").status_code == 200
    for module in ("consent", "middleware", "actions.consent"):
        monkeypatch.setattr(f"staffroom.people.{module}.VERSION", "2027-01")
    assert client.get("/me")["Location"].startswith("/consent")
    assert "changed since you agreed" in client.get("/consent").content.decode()
    client.post("/consent")
    assert client.get("/me").status_code == 200


def test_refusing_signs_out_and_tells_what_then(newcomer, sign_in):
    client = sign_in(newcomer)
    response = client.post("/consent/not-now", follow=True)
    assert "did not agree" in response.content.decode()
    assert client.get("/me")["Location"].startswith("/sign-in")
    assert Person.objects.get(pk=newcomer.pk).is_active
    assert not Consent.objects.filter(person=newcomer).exists()


def test_whoever_has_no_name_gives_one_here(world, sign_in):
    person = actions.make_account(phone="+254733333333")
    client = sign_in(person)
    refused = client.post("/consent", {"name": "\u202e123"})
    assert refused.status_code == 422
    assert "by which colleagues know you" in refused.content.decode()
    assert not Consent.objects.filter(person=person).exists()
    client.post("/consent", {"name": "  Mwalimu \u202eJuma  "})
    person.refresh_from_db()
    assert person.name == "Mwalimu Juma"


def test_a_stranger_is_sent_to_sign_in(db):
    assert Client().get("/consent")["Location"].startswith("/sign-in")
