"""Passwords of staff: long enough, none cut, kept so that a thief of the database has long to work."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from staffroom.people.actions.staff import password_link


def send(person, password: str) -> int:
    return (
        Client().post(password_link(person), {"password": password, "again": password}).status_code
    )


def test_twelve_characters_at_least(world):
    assert send(world.hamisi, "odd-words-1") == 422
    assert send(world.hamisi, "odd-words-12") == 302


def test_up_to_128_and_no_more(world):
    long = "four odd words " * 9
    assert send(world.hamisi, long[:129]) == 422
    assert send(world.hamisi, long[:128]) == 302


def test_nothing_is_cut_off_and_every_letter_counts(world):
    password = "  فصل کی کتاب 🦒 ñ" + "x" * 90
    assert send(world.hamisi, password) == 302
    world.hamisi.refresh_from_db()
    assert world.hamisi.check_password(password)
    assert not world.hamisi.check_password(password[:-1])
    assert not world.hamisi.check_password(password.strip())


def test_they_are_kept_as_scrypt_with_their_own_salt(world):
    for person in (world.hamisi, world.gathoni):
        person.set_password("four-odd-words-here")
    algorithm, work, salt, size, threads, _ = world.hamisi.password.split("$")
    assert (algorithm, int(work), int(size), int(threads)) == ("scrypt", 2**14, 8, 5)
    assert len(salt) >= 16
    assert salt not in world.gathoni.password


@pytest.mark.parametrize("password", ["qwertyuiop12", "123456789012", "password1234"])
def test_common_ones_are_refused(password, db):
    with pytest.raises(ValidationError):
        validate_password(password)
