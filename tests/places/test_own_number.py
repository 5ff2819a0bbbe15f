"""Whoever enrols where it is required writes their payroll number; a list confirms it or does not."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry
from staffroom.people.models import Person
from staffroom.places.actions import own_number
from staffroom.places.actions.import_teachers import import_teachers
from staffroom.places.actions.programmes import write_numbers
from staffroom.places.imports.dry_run import Options
from staffroom.places.imports.teachers import dry_run_teachers
from staffroom.places.models import Posting, Programme, TeacherNumber
from staffroom.places.numbers import laid
from tests.conftest import LONG_AGO, make_person

LOOKS = {"number_label": "TSC number", "number_mask": "TSC999999"}


@pytest.fixture
def asking(world):
    """Required since a minute; Zuhura enrolled after that, the others long before."""
    write_numbers(by=world.hamisi, programme=world.programme, **LOOKS, number_required=True)
    since = now() - dt.timedelta(minutes=1)
    Programme.objects.filter(pk=world.programme.pk).update(number_required_since=since)
    Person.objects.update(enrolled_at=since - dt.timedelta(days=9))
    world.zuhura = make_person("Zuhura Ali", "+254733333333")
    world.programme.refresh_from_db()
    return world


@pytest.mark.parametrize(
    ("typed", "mask", "kept"),
    [
        ("tsc 123-456", "TSC999999", "TSC123456"),
        ("tsc123456", "TSC-999999", "TSC-123456"),
        ("TSC١٢٣٤٥٦", "TSC999999", "TSC123456"),
        ("TSC12345", "TSC999999", ""),
        ("TSC1234567", "TSC999999", ""),
        ("", "TSC999999", ""),
        ("  a  7 ", "", "a 7"),
        ("--", "", ""),
    ],
)
def test_a_number_is_written_as_the_mask_writes_it(typed, mask, kept):
    assert laid(typed, mask) == kept


def test_whoever_is_new_writes_it_before_anything_else(asking, sign_in):
    mine = sign_in(asking.zuhura)
    asked = mine.get("/communities")
    assert asked["Location"] == "/places/my-number?next=%2Fcommunities"
    page = mine.get(asked["Location"])
    assert "TSC number" in page.content.decode()
    assert mine.get("/me/export").status_code == 200  # what one may always do
    wrong = mine.post(asked["Location"], {"number": "12"})
    assert wrong.status_code == 422
    assert "TSC999999" in wrong.content.decode()
    assert mine.post(asked["Location"], {"number": "tsc 777 777"})["Location"] == "/communities"
    assert mine.get("/communities").status_code == 200
    kept = TeacherNumber.objects.get(person=asking.zuhura)
    assert (kept.number, kept.own_word) == ("TSC777777", True)
    entry = AuditEntry.objects.get(act="person.number_told")
    assert "777777" not in str(entry.detail)


def test_those_who_are_here_already_and_staff_are_not_asked(asking, sign_in):
    assert sign_in(asking.amina).get("/communities").status_code == 200
    assert sign_in(asking.gathoni).get("/me").status_code == 200


def test_those_from_a_list_have_it(asking, sign_in):
    TeacherNumber.objects.create(
        programme=asking.programme, person=asking.zuhura, number="TSC777777"
    )
    assert sign_in(asking.zuhura).get("/communities").status_code == 200


def test_another_programme_does_not_ask(asking, sign_in):
    """Two programmes: whoever belongs to none yet is asked once they say where they work."""
    Programme.objects.create(name="Pakistan", country="PK", phone_region="PK")
    mine = sign_in(asking.zuhura)
    assert mine.get("/communities").status_code == 200
    Posting.objects.create(person=asking.zuhura, school=asking.hill, starts=LONG_AGO)
    assert "/places/my-number" in sign_in(asking.zuhura).get("/communities")["Location"]


def test_two_do_not_have_one_number(asking, sign_in):
    TeacherNumber.objects.create(
        programme=asking.programme, person=asking.amina, number="TSC777777"
    )
    answer = sign_in(asking.zuhura).post("/places/my-number", {"number": "TSC777777"})
    assert answer.status_code == 422
    assert "help desk" in answer.content.decode()
    assert "Amina" not in answer.content.decode()


def test_members_may_write_it_when_they_like(asking, sign_in):
    mine = sign_in(asking.amina)
    assert "/places/my-number" in mine.get("/places/my-postings").content.decode()
    mine.post("/places/my-number", {"number": "TSC111111"})
    assert TeacherNumber.objects.get().person == asking.amina
    assert "/places/my-number" not in mine.get("/places/my-postings").content.decode()
    with pytest.raises(Refused, match="already"):
        own_number.write_own(person=asking.amina, programme=asking.programme, number="TSC222222")


def test_requiring_needs_to_know_how_they_look(world):
    with pytest.raises(Refused, match="how a number looks"):
        write_numbers(
            by=world.hamisi,
            programme=world.programme,
            number_label="",
            number_mask="",
            number_required=True,
        )


def test_requiring_can_be_taken_back(asking, sign_in):
    client = sign_in(asking.hamisi)
    assert "checked" in client.get("/places/numbers").content.decode()
    client.post("/places/numbers", LOOKS)
    assert sign_in(asking.zuhura).get("/communities").status_code == 200


def dry_run(world, rows: str):
    sheet = f"TSC No,Name,Phone,School code\n{rows}\n".encode()
    return dry_run_teachers(sheet, world.programme, Options())


def test_a_list_that_knows_the_owner_confirms_it(asking):
    own_number.write_own(person=asking.zuhura, programme=asking.programme, number="TSC777777")
    run = dry_run(asking, "TSC777777,ZUHURA ali,,hill")
    import_teachers(by=asking.hamisi, programme=asking.programme, run=run, file_name="x.csv")
    assert not TeacherNumber.objects.get().own_word
    assert Posting.objects.filter(person=asking.zuhura, school=asking.hill).exists()


def test_a_list_that_knows_another_says_so_by_row_and_column(asking, sign_in):
    """Nobody takes over the school and the supervisors of somebody else by writing their number."""
    own_number.write_own(person=asking.zuhura, programme=asking.programme, number="TSC777777")
    run = dry_run(asking, "TSC777777,Musa Juma,0744444444,hill")
    [problem] = [p for p in run.checked.problems if p.kind == "number_claimed"]
    assert (problem.row, problem.column) == (2, "TSC No")
    assert not run.checked.records
    client = sign_in(asking.hamisi)
    page = client.get(reverse("places_person", args=[asking.zuhura.pk])).content.decode()
    assert "wrote this number themselves" in page
    client.post(reverse("payroll_number_remove", args=[asking.zuhura.pk]))
    assert dry_run(asking, "TSC777777,Musa Juma,0744444444,hill").checked.records


def test_only_a_word_can_be_taken_away_and_only_by_administrators(asking):
    own_number.write_own(person=asking.zuhura, programme=asking.programme, number="TSC777777")
    for by in (asking.gathoni, asking.amina):
        with pytest.raises(NotYours):
            own_number.take_away(by=by, person=asking.zuhura, programme=asking.programme)
    TeacherNumber.objects.update(own_word=False)
    with pytest.raises(NotYours):
        own_number.take_away(by=asking.hamisi, person=asking.zuhura, programme=asking.programme)


def test_a_row_without_a_number_is_told_by_row_and_column(asking):
    run = dry_run(asking, ",Musa Juma,,hill")
    [problem] = [p for p in run.checked.problems if p.kind == "no_number"]
    assert (problem.row, problem.column) == (2, "TSC No")


def test_a_stranger_sees_the_sign_in_page(asking):
    assert "/sign-in" in Client().get("/places/my-number")["Location"]
