import re

import pytest
from django.test import Client

from staffroom.cli import main
from staffroom.people.models import Person
from staffroom.places.models import Appointment, Programme

NEW = ["create-staff", "--name", "Imani Wanjiru", "--email", "Imani@example.org", "--role"]


def link(said: str) -> str:
    return re.search(r"http://localhost:\d+(/staff/password/\S+)", said).group(1)


@pytest.mark.django_db
def test_it_makes_an_account_with_a_link(world, capsys):
    assert main([*NEW, "gardener"]) == 0
    person = Person.objects.get(email="imani@example.org")
    assert person.is_staff
    assert not person.has_usable_password()
    assert Appointment.objects.get(person=person).role == "gardener"
    assert Client().get(link(capsys.readouterr().out)).status_code == 200


@pytest.mark.django_db
def test_start_again_prints_a_new_link(world, capsys):
    assert main(["create-staff", "--email", "HAMISI@example.org", "--again"]) == 0
    assert Client().get(link(capsys.readouterr().out)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([*NEW, "gardener", "--programme", "Atlantis"], "--programme with one of: Kenya"),
        (["create-staff", "--email", "a@example.org"], "--name and --role"),
        (["create-staff", "--email", "amina@example.org", "--again"], "no staff account"),
        (
            ["create-staff", "--name", "H", "--email", "hamisi@example.org", "--role", "gardener"],
            "already",
        ),
        (["create-staff", "--name", "H", "--email", "hamisi", "--role", "gardener"], "e-mail"),
    ],
)
def test_one_clear_line_for_what_cannot_be(world, capsys, words, said):
    before = Person.objects.count()
    assert main(words) == 2
    error = capsys.readouterr().err.strip()
    assert said in error
    assert "\n" not in error
    assert Person.objects.count() == before


@pytest.mark.django_db
def test_two_programmes_must_be_told_apart(world, capsys):
    Programme.objects.create(name="Uganda", country="UG", phone_region="UG")
    assert main([*NEW, "evaluator"]) == 2
    assert "Kenya, Uganda" in capsys.readouterr().err
    assert main([*NEW, "evaluator", "--programme", "uganda"]) == 0


@pytest.mark.django_db
def test_without_a_programme_it_says_how_to_begin(capsys):
    assert main([*NEW, "gardener"]) == 2
    assert "create-programme" in capsys.readouterr().err
