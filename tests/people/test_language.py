from pathlib import Path

from django.contrib.staticfiles import finders
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


def test_whoever_reads_urdu_may_choose_its_face_and_sees_what_it_costs(world, sign_in):
    client = sign_in(world.amina)
    assert b'name="letters"' not in client.get("/me/settings").content
    Person.objects.filter(pk=world.amina.pk).update(language="ur")
    page = client.get("/me/settings").content.decode()
    face = Path(finders.find("nastaliq.woff2"))
    assert f"{round(face.stat().st_size / 1000)} KB" in page
    assert "nastaliq.css" not in page
    client.post("/me/settings", {"language": "ur", "letters": "nastaliq"})
    assert "nastaliq.css" in client.get("/me").content.decode()
    client.post("/me/settings", {"language": "sw", "letters": "nastaliq"})
    assert "nastaliq.css" not in client.get("/me").content.decode(), "only where Urdu is shown"
    assert Person.objects.get(pk=world.amina.pk).letters == "nastaliq", "and kept for later"


def test_an_unknown_face_is_refused(world, sign_in):
    Person.objects.filter(pk=world.amina.pk).update(language="ur")
    sent = sign_in(world.amina).post("/me/settings", {"language": "ur", "letters": "comic"})
    assert sent.status_code == 422
    assert Person.objects.get(pk=world.amina.pk).letters == ""


def test_the_face_is_light_and_brings_its_licence(db):
    assert Path(finders.find("nastaliq.woff2")).stat().st_size < 100_000
    assert finders.find("nastaliq-OFL.txt")
