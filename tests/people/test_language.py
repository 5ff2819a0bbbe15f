from django.test import Client

from staffroom.people.models import Person


def test_before_sign_in_it_is_a_cookie(db):
    client = Client()
    response = client.post("/language", {"language": "sw", "next": "/sign-in"})
    assert response["Location"] == "/sign-in"
    assert client.cookies["l"].value == "sw"
    assert b'lang="sw"' in client.get("/sign-in").content


def test_urdu_turns_the_page(db):
    client = Client()
    client.post("/language", {"language": "ur"})
    assert b'dir="rtl"' in client.get("/sign-in").content


def test_of_a_member_it_goes_to_the_profile(world, sign_in):
    client = sign_in(world.amina)
    client.post("/language", {"language": "ur", "next": "/me"})
    assert Person.objects.get(pk=world.amina.pk).language == "ur"
    assert b'dir="rtl"' in client.get("/me").content


def test_an_unknown_language_changes_nothing(world, sign_in):
    client = sign_in(world.amina)
    assert client.post("/language", {"language": "tlh"}).status_code == 302
    assert Person.objects.get(pk=world.amina.pk).language == "en"
    assert client.post("/language", {"language": "sw", "next": "//evil.example"})["Location"] == "/"


def test_it_is_a_post(db):
    assert Client().get("/language").status_code == 405
