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


def test_who_can_see_what_is_small_in_every_language(world):
    for language in ("en", "sw", "ur"):
        client = Client(headers={"accept-encoding": "br, gzip"})
        client.cookies["l"] = language
        answer = client.get("/about/privacy")
        assert answer["Content-Language"] == language
        assert len(answer.content) <= 6 * 1024, language


def test_it_tells_the_days_that_hold_and_whom_to_ask(world, client):
    from staffroom.core.models import RetentionChoice
    from staffroom.governing.actions.contacts import write_contacts

    html = client.get("/about/privacy").content.decode()
    assert "Ask the office of your programme" in html
    RetentionChoice.objects.create(rule="drafts", days=77)
    write_contacts(
        by=world.hamisi, programme=world.programme, data_office="Wanjiru, 020 123",
        authority="ODPC, Nairobi",
    )  # fmt: skip
    html = client.get("/about/privacy").content.decode()
    for told in ("77 days", "Wanjiru, 020 123", "ODPC, Nairobi"):
        assert told in html


def test_it_tells_of_nameless_questions_and_the_help_desk_once_there_are(
    world, client, monkeypatch
):
    from staffroom.web.queries import privacy

    monkeypatch.setattr(privacy, "where", lambda key: [])
    said = privacy.told(client.get("/about/privacy").wsgi_request)
    assert said["anonymous"] is False
    monkeypatch.setattr(privacy, "where", lambda key: ["Questions may come without a name."])
    assert "Questions without a name" in client.get("/about/privacy").content.decode()


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nothing-here", "/staff/sign-in"])
def test_pages_for_strangers_lead_to_privacy_and_to_help_in_danger(client, db, path):
    html = client.get(path).content.decode()
    assert 'href="/about/privacy"' in html
    assert 'href="/danger"' in html
