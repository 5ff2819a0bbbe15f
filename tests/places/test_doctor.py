import pytest

from staffroom.places.doctor import findings
from staffroom.places.models import Appointment, SchoolArea, Supervision
from tests.conftest import LONG_AGO


def levels():
    return {finding.name: finding.level for finding in findings()}


@pytest.mark.django_db
def test_an_empty_house_is_told_how_to_begin():
    (only,) = findings()
    assert (only.level, only.how) == ("ok", "staffroom create-programme --help")


def test_a_house_in_order(world):
    assert levels() == {"supervision": "ok"}


def test_what_nobody_keeps_and_circles_are_told(world):
    Appointment.objects.all().delete()
    SchoolArea.objects.filter(school=world.hill).delete()
    Supervision.objects.create(supervisor=world.amina, person=world.otieno, starts=LONG_AGO)
    Supervision.objects.create(supervisor=world.otieno, person=world.amina, starts=LONG_AGO)
    assert levels() == {"programmes": "warn", "schools": "warn", "supervision": "warn"}
    assert any(finding.what.startswith("1 schools of Kenya") for finding in findings())
