"""Files and rows held against each other."""

import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from staffroom.core import doctor
from staffroom.core.clock import now
from staffroom.core.stored import stored_files


@pytest.fixture
def photo(world):
    world.amina.photo.save("amina.webp", ContentFile(b"x"))
    return world.amina.photo


def put(name: str, days: float = 2) -> None:
    default_storage.save(name, ContentFile(b"x"))
    moment = now().timestamp() - days * 24 * 3600
    os.utime(default_storage.path(name), (moment, moment))


def found() -> list[tuple[str, str]]:
    return [(one.level, one.what) for one in stored_files()]


def test_each_file_has_its_row(photo):
    assert found() == [("ok", "1 file, each with its row.")]


def test_none_at_all(db):
    assert found() == [("ok", "0 files, each with its row.")]


def test_a_row_whose_file_is_gone(photo):
    default_storage.delete(photo.name)
    assert found() == [
        ("fail", f"1 file that posts, profiles or lists name is gone: {photo.name}.")
    ]


def test_files_that_nothing_names_and_the_first_three_of_them(photo):
    for number in range(5):
        put(f"photos/{number}.webp")
    assert found() == [
        (
            "warn",
            "5 files that nothing names are on the disk: photos/0.webp, photos/1.webp, photos/2.webp, ….",
        )
    ]


def test_a_young_file_may_be_on_its_way(db):
    put("photos/new.webp", days=0.5)
    assert [level for level, _what in found()] == ["ok"]


def test_every_column_is_looked_at_once_however_many_files(photo, django_assert_max_num_queries):
    for number in range(60):
        put(f"photos/{number}.webp")
    with django_assert_max_num_queries(20):
        found()


def test_the_doctor_looks(photo):
    default_storage.delete(photo.name)
    assert [one.level for one in doctor.examine() if one.name == "files"] == ["fail"]
