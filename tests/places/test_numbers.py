"""Payroll numbers: how a programme's look, what the owner sees, what an import refuses."""

import pytest

from staffroom.core.errors import NotYours, Refused
from staffroom.places.actions.programmes import write_numbers
from staffroom.places.hooks import knows_number
from staffroom.places.imports.dry_run import Options
from staffroom.places.imports.teachers import dry_run_teachers
from staffroom.places.models import TeacherNumber
from staffroom.places.numbers import check_mask, fits_mask, hidden, plain_number


@pytest.mark.parametrize(
    ("number", "mask", "fits"),
    [
        ("TSC123456", "TSC999999", True),
        ("tsc123456", "TSC999999", True),
        ("TSC12345", "TSC999999", False),
        ("TSC1234567", "TSC999999", False),
        ("TSX123456", "TSC999999", False),
        ("TSC12345O", "TSC999999", False),
        ("K-77", "A-99", True),
        ("7-77", "A-99", False),
        ("anything", "", True),
    ],
)
def test_a_mask(number, mask, fits):
    assert fits_mask(number, mask) is fits


@pytest.mark.parametrize("mask", ["TSC", "-", "9" * 41])
def test_a_mask_that_means_nothing(mask):
    with pytest.raises(Refused, match="TSC999999"):
        check_mask(mask)


def test_shown_and_compared():
    assert hidden("TSC123456") == "TS•••••56"
    assert "4321" not in hidden("4321")
    assert plain_number(" tsc-123 ٤٥٦") == "TSC123456"


def test_an_administrator_says_how_they_look(world, sign_in):
    client = sign_in(world.hamisi)
    client.post("/places/numbers", {"number_label": "TSC number", "number_mask": "TSC999999"})
    world.programme.refresh_from_db()
    assert world.programme.number_mask == "TSC999999"
    with pytest.raises(NotYours):
        write_numbers(by=world.gathoni, programme=world.programme, number_label="", number_mask="")


def test_a_mask_that_kept_numbers_do_not_fit_is_refused(world):
    TeacherNumber.objects.create(programme=world.programme, person=world.amina, number="77")
    with pytest.raises(Refused, match="One number that is kept"):
        write_numbers(
            by=world.hamisi, programme=world.programme, number_label="", number_mask="TSC999999"
        )


def test_an_import_shows_numbers_that_look_different(world):
    world.programme.number_mask = "TSC999999"
    world.programme.save()
    sheet = b"TSC No,Name,School code\nTSC123456,Zuhura Ali,hill\n123456,Musa Juma,hill\n"
    run = dry_run_teachers(sheet, world.programme, Options())
    assert [p.kind for p in run.checked.problems if p.kind == "bad_number"] == ["bad_number"]
    assert [record.number for record in run.checked.records] == ["TSC123456"]


def test_the_owner_sees_it_masked(world, sign_in):
    TeacherNumber.objects.create(programme=world.programme, person=world.amina, number="TSC123456")
    page = sign_in(world.amina).get("/places/my-postings").content.decode()
    assert "TS•••••56" in page
    assert "TSC123456" not in page


def test_only_ones_own_number_is_known(world):
    TeacherNumber.objects.create(programme=world.programme, person=world.amina, number="TSC123456")
    assert knows_number(world.amina, "tsc 123 456")
    assert not knows_number(world.baraka, "TSC123456")
    assert not knows_number(world.amina, "")
    assert not knows_number(world.baraka, "")
