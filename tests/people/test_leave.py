import io
import json
import zipfile

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from staffroom.core import hooks
from staffroom.core.models import AuditEntry
from staffroom.people import actions
from staffroom.people.actions import profile
from staffroom.people.models import Consent, Person, SignInCode
from tests.core.test_pictures import a_photo


def take(client) -> zipfile.ZipFile:
    response = client.post("/me/export/file")
    assert response["Content-Type"] == "application/zip"
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_file_holds_a_page_and_the_data(world, sign_in):
    profile.write_photo(person=world.amina, file=a_photo((300, 200)))
    profile.write_profile(person=world.amina, name="Amina <i>Hassan</i>", gender="f")
    archive = take(sign_in(world.amina))
    assert archive.testzip() is None
    mine = json.loads(archive.read("profile.json"))[0]
    assert mine["name"] == "Amina <i>Hassan</i>"
    assert mine["phone"] == "+254700000001"
    assert json.loads(archive.read("consents.json"))[0]["version"]
    assert archive.read("photo-of-me.webp")[:4] == b"RIFF"
    page = archive.read("index.html").decode()
    assert "Amina &lt;i&gt;Hassan" in page
    assert 'href="photo-of-me.webp"' in page


def test_every_room_adds_its_part(world, sign_in, monkeypatch):
    monkeypatch.setattr(
        hooks.export_person,
        "_parts",
        [*hooks.export_person, lambda person: {"room": [{"a": 1, "of": person.pk}]}],
    )
    monkeypatch.setattr(
        hooks.export_files,
        "_parts",
        [*hooks.export_files, lambda person, zip: zip.writestr("f/a.txt", "x")],
    )
    archive = take(sign_in(world.amina))
    assert json.loads(archive.read("room.json")) == [{"a": 1, "of": str(world.amina.pk)}]
    assert archive.read("f/a.txt") == b"x"


def test_the_file_is_ones_own(world, sign_in):
    archive = take(sign_in(world.farid))
    everything = "".join(
        archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
    )
    assert "Farid Omar" in everything
    for other in ("+254700000001", "Amina Hassan"):
        assert other not in everything
    assert Client().post("/me/export/file").status_code == 302


def test_whose_code_one_came_in_with_is_in_the_file(world, sign_in):
    newcomer = actions.make_account(name="Zuhura Ali", phone="+254722222222")
    actions.hand_over_code(by=world.baraka, to=newcomer)
    archive = take(sign_in(newcomer))
    assert json.loads(archive.read("codes_handed_over.json"))[0]["by"] == "Baraka Mutiso"


@pytest.mark.parametrize(("keep", "kept"), [("yes", True), ("no", False)])
def test_leaving_forgets_the_person_in_every_room(world, sign_in, monkeypatch, keep, kept):
    asked = []
    monkeypatch.setattr(
        hooks.erase_person,
        "_parts",
        [
            *hooks.erase_person,
            lambda person, keep_contributions: asked.append((person.pk, keep_contributions)),
        ],
    )
    client, elsewhere = sign_in(world.amina), sign_in(world.amina)
    actions.begin_sign_in(str(world.amina.phone), address="x")
    response = client.post("/me/delete", {"keep": keep, "typed": "  Delete  ME "}, follow=True)
    assert "account is deleted" in response.content.decode()
    assert asked == [(world.amina.pk, kept)]
    gone = Person.objects.get(pk=world.amina.pk)
    assert (gone.name, gone.phone, gone.email, gone.gender) == ("", None, None, "")
    assert (gone.subjects, gone.languages, gone.is_active) == ([], [], False)
    assert gone.erased_at is not None
    assert not Consent.objects.filter(person=gone).exists()
    assert not SignInCode.objects.filter(person=gone).exists()
    for browser in (client, elsewhere):
        assert browser.get("/me").status_code == 302
    assert AuditEntry.objects.filter(act="person.erased", actor_id=gone.pk).count() == 1
    assert not Session.objects.filter(session_key=client.cookies["s"].value).exists()


def test_the_browser_is_cleared(world, sign_in):
    response = sign_in(world.amina).post("/me/delete", {"keep": "yes", "typed": "delete me"})
    assert response["Clear-Site-Data"] == '"cache", "storage"'


def test_the_photo_goes(world, sign_in, django_capture_on_commit_callbacks):
    from pathlib import Path

    profile.write_photo(person=world.amina, file=a_photo((300, 200)))
    path = Path(world.amina.photo.path)
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(world.amina).post("/me/delete", {"keep": "yes", "typed": "delete me"})
    assert not path.exists()
    assert not Person.objects.get(pk=world.amina.pk).photo


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"keep": "yes", "typed": ""}, "cannot happen by accident"),
        ({"keep": "yes", "typed": "delete"}, "cannot happen by accident"),
        ({"typed": "delete me"}, "choose what happens"),
        ({"keep": "perhaps", "typed": "delete me"}, "perhaps"),
    ],
)
def test_it_does_not_happen_by_accident(world, sign_in, form, words):
    client = sign_in(world.amina)
    response = client.post("/me/delete", form)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Person.objects.get(pk=world.amina.pk).erased_at is None
    assert client.get("/me").status_code == 200


def test_a_part_that_fails_keeps_the_person_whole(world, monkeypatch):
    from staffroom.people.actions.erase import erase

    def fail(person, keep_contributions):
        raise RuntimeError

    monkeypatch.setattr(hooks.erase_person, "_parts", [*hooks.erase_person, fail])
    with pytest.raises(RuntimeError):
        erase(person=world.amina, keep_contributions=True, typed="delete me")
    assert Person.objects.get(pk=world.amina.pk).name == "Amina Hassan"


def test_the_number_is_free_afterwards(world, sign_in):
    sign_in(world.amina).post("/me/delete", {"keep": "no", "typed": "delete me"})
    again = actions.make_account(name="Amina Hassan", phone="+254700000001")
    assert again.pk != world.amina.pk


def test_staff_leave_with_their_second_factor(world, sign_in):
    sign_in(world.hamisi).post("/me/delete", {"keep": "yes", "typed": "delete me"})
    gone = Person.objects.get(pk=world.hamisi.pk)
    assert not gone.is_staff
    assert gone.email is None
