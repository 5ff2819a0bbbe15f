"""The pages beside Today: privacy, the parts, and what goes wrong."""

import pytest
from django.test import Client, RequestFactory

from staffroom.web import errors


def test_anyone_may_read_who_can_see_what(client, db):
    html = client.get("/about/privacy").content.decode()
    assert "Your head teacher, your inspector" in html
    assert "They could open what is stored on it" in html


def test_the_page_me_leads_to_who_can_see_what(world, sign_in):
    assert 'href="/about/privacy"' in sign_in(world.amina).get("/me").content.decode()


@pytest.mark.parametrize(
    ("who", "demo", "status"),
    [(None, False, 404), ("amina", False, 404), (None, True, 200), ("hamisi", False, 200)],
)
def test_the_parts_are_shown_in_the_demo_and_to_staff(world, sign_in, settings, who, demo, status):
    settings.DEMO, settings.DEBUG = demo, False
    person = getattr(world, who) if who else None
    assert sign_in(person).get("/style").status_code == status


def test_what_is_not_there_says_so_and_shows_a_way_on(client, db):
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert "This page is not here" in answer.content.decode()


def test_an_old_form_is_asked_for_once_more(world):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in", {"phone": "0700000001"})
    assert answer.status_code == 403
    assert "your text is still there" in answer.content.decode()


def test_a_fault_is_told_without_asking_the_database():
    answer = errors.fault(RequestFactory().get("/"))  # no database in this test
    assert answer.status_code == 500
    assert "The fault is ours, not yours" in answer.content.decode()


def test_a_fault_is_told_even_when_no_template_can_be_made(monkeypatch):
    monkeypatch.setattr(errors, "render_to_string", lambda *arguments: 1 / 0)
    answer = errors.fault(RequestFactory().get("/"))
    assert "The fault is ours, not yours" in answer.content.decode()


def test_a_foreign_host_is_refused_with_a_page(db, settings):
    settings.ALLOWED_HOSTS = ["staffroom.example"]
    response = Client().get("/me", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "<h1>" in response.content.decode()
