import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from staffroom.core.clock import today
from staffroom.core.errors import Refused
from staffroom.people import actions, entries
from staffroom.people.actions import profile
from staffroom.people.models import Person
from tests.core.test_pictures import a_photo, bomb

FORM = {"name": "Amina Hassan", "gender": "f"}


def again(person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_amina_writes_her_profile(world, sign_in):
    client = sign_in(world.amina)
    response = client.post(
        "/me/profile", {"name": "Mwalimu Amina", "gender": "", "show_phone": "on"}
    )
    assert response["Location"] == "/me"
    amina = again(world.amina)
    assert (amina.name, amina.gender, amina.show_phone) == ("Mwalimu Amina", "", True)


def test_number_is_hidden_and_gender_not_said_by_default(world):
    person = actions.make_account(name="Zuhura", phone="+254722222222")
    assert not person.show_phone
    assert person.gender == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Amina \u202eretsam", "Amina retsam"),
        ("\u2067Amina\u2069", "Amina"),
        ("Ami\u200ena", "Amina"),
        ("  Amina \t  Hassan\n", "Amina Hassan"),
        ("Ami\x00na", "Amina"),
        ("آمنہ حسن", "آمنہ حسن"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Nʼgũgĩ wa O’Brien-Łuka", "Nʼgũgĩ wa O’Brien-Łuka"),
        ("<b>Amina</b>", "<b>Amina</b>"),
    ],
)
def test_names_are_one_clean_line(world, typed, kept):
    profile.write_profile(person=world.amina, name=typed)
    assert again(world.amina).name == kept


def test_a_name_with_markup_stays_text(world, sign_in):
    profile.write_profile(person=world.amina, name="<b>Amina</b>")
    page = sign_in(world.amina).get("/me").content.decode()
    assert "<b>Amina</b>" not in page
    assert "&lt;b&gt;Amina" in page


def test_hidden_marks_in_a_name_are_told(world, sign_in):
    client = sign_in(world.amina)
    page = client.post("/me/profile", FORM | {"name": "Ami\u202ena"}, follow=True)
    assert "Hidden direction marks were taken out" in page.content.decode()


@pytest.mark.parametrize("typed", ["", "   ", "123", "\u202e\u200d", "!!!", "😀"])
def test_a_name_needs_a_letter(world, sign_in, typed):
    response = sign_in(world.amina).post("/me/profile", FORM | {"name": typed})
    assert response.status_code == 422
    assert again(world.amina).name == "Amina Hassan"


def test_a_long_name_is_told_with_both_numbers_and_kept(world, sign_in):
    response = sign_in(world.amina).post("/me/profile", FORM | {"name": "a" * 81})
    assert response.status_code == 422
    page = response.content.decode()
    assert "81" in page
    assert "80" in page
    assert "a" * 81 in page


def test_years_are_kept_as_the_year_of_beginning(world, sign_in):
    client = sign_in(world.amina)
    form = {"subjects": ["science", "mathematics"], "grades": ["7", "-1"], "languages": ["sw"]}
    client.post("/me/teaching", form | {"years": "6"})
    amina = again(world.amina)
    assert amina.teaching_since == today().year - 6
    assert amina.subjects == ["mathematics", "science"]  # in the order of the list
    assert amina.grades == [-1, 7]
    assert 'value="6"' in client.get("/me/teaching").content.decode()
    client.post("/me/teaching", {"years": ""})
    assert again(world.amina).teaching_since is None


@pytest.mark.parametrize("years", ["-1", "61", "seven", "6.5", "9" * 40])
def test_years_that_cannot_be(world, sign_in, years):
    response = sign_in(world.amina).post("/me/teaching", {"years": years})
    assert response.status_code == 422
    assert years in response.content.decode()


@pytest.mark.parametrize("field", ["subjects", "grades", "languages"])
def test_only_what_is_on_the_list(world, field):
    given = {"subjects": [], "grades": [], "languages": [], "years": None}
    with pytest.raises(Refused):
        profile.write_teaching(person=world.amina, **(given | {field: ["alchemy"]}))


def test_settings_and_quiet_hours(world, sign_in):
    client = sign_in(world.amina)
    form = {"language": "sw", "text_only": "on", "quiet_from": "21:00", "quiet_until": "05:30"}
    assert client.post("/me/settings", form)["Location"] == "/me"
    amina = again(world.amina)
    assert (amina.language, amina.text_only) == ("sw", True)
    assert (amina.quiet_from, amina.quiet_until) == (dt.time(21), dt.time(5, 30))
    assert b'lang="sw"' in client.get("/me").content
    assert b"textonly" in client.get("/me").content


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ({"quiet_from": "21:00"}, "both a beginning and an end"),
        ({"quiet_until": "21:00"}, "both a beginning and an end"),
        ({"quiet_from": "21:00", "quiet_until": "21:00"}, "end when they begin"),
        ({"quiet_from": "25:99", "quiet_until": "06:00"}, "A time, please"),
    ],
)
def test_quiet_hours_that_cannot_be(world, sign_in, hours, words):
    response = sign_in(world.amina).post("/me/settings", {"language": "en", **hours})
    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_language_that_is_not_spoken(world):
    with pytest.raises(Refused):
        profile.write_settings(person=world.amina, language="xx", text_only=False)


def upload(data: bytes, name="me.jpg", kind="image/jpeg"):
    return {"photo": SimpleUploadedFile(name, data, kind)}


def test_a_photo_is_kept_small_and_for_those_who_meet(world, sign_in):
    client = sign_in(world.amina)
    response = client.post("/me/photo", upload(a_photo((2000, 1500)).getvalue()))
    assert response["Location"] == "/me/profile"
    photo = again(world.amina).photo
    with Image.open(photo.path) as picture:
        assert (picture.format, picture.size) == ("WEBP", (480, 360))
    assert photo.size <= 40_000
    assert "amina" not in photo.name.lower()
    assert str(world.amina.pk) not in photo.name
    from staffroom.core.ids import short

    url = f"/people/{short(world.amina.pk)}/photo"
    mine = client.get(url)
    assert mine["Content-Type"] == "image/webp"
    assert mine["X-Content-Type-Options"] == "nosniff"
    assert "private" in mine["Cache-Control"]
    assert sign_in(world.nafula).get(url).status_code == 200  # the same community
    for stranger in (world.esther, world.farid, world.gathoni):
        assert sign_in(stranger).get(url).status_code == 404
    assert sign_in(None).get(url).status_code == 302


def test_a_new_photo_removes_the_old_file(world, sign_in, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        profile.write_photo(person=world.amina, file=a_photo((300, 200)))
    old = world.amina.photo.path
    with django_capture_on_commit_callbacks(execute=True):
        profile.write_photo(person=world.amina, file=a_photo((300, 300)))
    from pathlib import Path

    assert not Path(old).exists()
    new = Path(world.amina.photo.path)
    assert new.exists()
    with django_capture_on_commit_callbacks(execute=True):
        profile.remove_photo(person=world.amina)
        profile.remove_photo(person=world.amina)
    assert not new.exists()
    assert not again(world.amina).photo


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MZ" + bytes(400), "a program"),
        (b"<svg onload='alert(1)'/>", "SVG"),
        (b"", "empty"),
        (b"\xff\xd8" + bytes(13_000_000), "at most 12 MB"),
        (bomb(30_000, 30_000).getvalue(), "at most 50 million"),
        (a_photo((300, 200)).getvalue()[:2000], "damaged"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(world, sign_in, data, words):
    response = sign_in(world.amina).post("/me/photo", upload(data))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not again(world.amina).photo


def test_me_shows_the_entries(world, sign_in):
    page = sign_in(world.amina).get("/me").content.decode()
    for path in ("/me/profile", "/me/teaching", "/me/phone", "/me/settings", "/me/export"):
        assert f'href="{path}"' in page
    assert "/staff/second-factor" not in page
    assert "/staff/second-factor" in [entry["url"] for entry in entries.mine(world.gathoni)]


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Amina Hassan", "AH"), ("zuhura", "Z"), ("شاہدہ بی بی", "ش"), ("Ann of the Hill", "AH")],
)
def test_a_face_without_a_photo_shows_initials(name, initials):
    assert Person(name=name).initials == initials
