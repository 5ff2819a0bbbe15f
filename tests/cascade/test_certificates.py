"""Certificates: for whoever came on enough days; good, withdrawn or not known to whoever asks."""

import datetime as dt

import pytest

from staffroom.cascade.actions import attendance as writing
from staffroom.cascade.actions import certificates as acts
from staffroom.cascade.hooks import attendance as hooks
from staffroom.cascade.models import Certificate
from staffroom.core.clock import pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from tests.cascade.test_attendance import NOON, hall  # noqa: F401 - a fixture


@pytest.fixture
def given(hall):  # noqa: F811
    """Amina came on two of three days, Nafula on one."""
    with pretend(NOON + dt.timedelta(days=1)):
        for day in hall.days[:2]:
            writing.mark(by=hall.chausiku, day=day, who=hall.amina, said="present")
        writing.mark(by=hall.chausiku, day=hall.day, who=hall.nafula, said="present")
        (hall.certificate,) = acts.give(by=hall.chausiku, session=hall.training)
        yield hall


def test_all_days_but_one_unless_the_office_says_otherwise(given):
    assert given.certificate.person == given.amina
    assert acts.give(by=given.chausiku, session=given.training) == []
    with pytest.raises(NotYours):
        acts.set_days(by=given.chausiku, session=given.training, days=1)
    with pytest.raises(Refused):
        acts.set_days(by=given.gathoni, session=given.training, days=4)
    acts.set_days(by=given.gathoni, session=given.training, days=1)
    assert [each.person for each in acts.give(by=given.gathoni, session=given.training)] == [
        given.nafula
    ]


def test_not_before_the_last_day(hall):  # noqa: F811
    with pytest.raises(Refused, match="last day"):
        acts.give(by=hall.chausiku, session=hall.training)


def test_anybody_checks_the_code_and_sees_what_its_owner_allows(given, client):
    url = f"/training/certificate/{given.certificate.code}"
    page = client.get(url).content.decode()
    assert "Yes, it is good" in page
    assert "Amina Hassan" in page
    assert "2 of 3 days" in page
    acts.show(by=given.amina, certificate=given.certificate, shown="initials")
    page = client.get("/training/certificate", {"code": given.certificate.code_shown.lower()})
    assert "A. H." in page.content.decode()
    assert "Amina" not in page.content.decode()
    acts.show(by=given.amina, certificate=given.certificate, shown="nothing")
    assert "A. H." not in client.get(url).content.decode()


def test_withdrawn_and_not_known(given, client):
    url = f"/training/certificate/{given.certificate.code}"
    with pytest.raises(NotYours):
        acts.withdraw(by=given.amina, certificate=given.certificate, why="x")
    acts.withdraw(by=given.chausiku, certificate=given.certificate, why="Signed by another")
    page = client.get(url).content.decode()
    assert "Withdrawn" in page
    assert "Amina" not in page
    assert "Signed by another" not in page
    acts.give_back(by=given.chausiku, certificate=given.certificate)
    assert "Yes, it is good" in client.get(url).content.decode()
    answer = client.get("/training/certificate/000000000000")
    assert answer.status_code == 404
    assert "Not known" in answer.content.decode()


def test_guessing_is_stopped(given, client):
    answers = {client.get(f"/training/certificate/{n:012}").status_code for n in range(45)}
    assert answers == {404, 429}


def test_a_new_name_is_written_and_told(given, client):
    given.amina.name = "Amina Mwangi"
    acts.rename(by=given.amina, certificate=given.certificate)
    page = client.get(f"/training/certificate/{given.certificate.code}").content.decode()
    assert "Amina Mwangi" in page
    assert "name changed" in page


def test_a_sheet_to_print_and_a_file(given, sign_in):
    client = sign_in(given.amina)
    base = f"/training/certificates/{short(given.certificate.pk)}"
    assert given.certificate.code in client.get(base + "/print").content.decode()
    file = client.get(base + "/pdf")
    assert file.content.startswith(b"%PDF")
    assert sign_in(given.nafula).get(base).status_code == 404
    assert sign_in(given.esther).get(base).status_code == 404


def test_it_outlives_the_session_and_goes_with_the_person(given, client):
    given.training.delete()
    url = f"/training/certificate/{given.certificate.code}"
    assert "Fractions" in client.get(url).content.decode()
    hooks.erase(given.amina, keep_contributions=True)
    assert not Certificate.objects.exists()
    assert client.get(url).status_code == 404
