"""A browser is told because its person asked for it there; and no longer than they are signed in."""

import json

import pytest

from staffroom.channels.webpush import belongings, keys
from staffroom.channels.webpush.actions.subscribe import MOST, subscribe
from staffroom.channels.webpush.models import Subscription
from staffroom.core import hooks, outbox, rekey
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.people.actions import sessions
from staffroom.people.models import OpenSession


@pytest.fixture
def amina(world, service, sign_in):
    client = sign_in(world.amina)
    client.defaults |= {"wsgi.url_scheme": "https"}
    client.get("/me/notifications")
    return client


def on(client, service, name="one"):
    return client.post("/me/notifications/on", service.made(name))


def test_the_page_explains_before_the_browser_asks(amina):
    page = amina.get("/me/notifications").content.decode()
    assert f'data-notify="{keys.current().public}" hidden' in page
    assert "no name and no word" in page
    assert "<noscript>" in page


def test_on_and_off_again(world, service, amina):
    assert on(amina, service).status_code == 302
    row = Subscription.objects.get()
    assert (row.person, row.session.person) == (world.amina, world.amina)
    assert "Send me one now" in amina.get("/me/notifications").content.decode()
    assert amina.post(f"/me/notifications/{_short(row)}/off").status_code == 302
    assert not Subscription.objects.exists()


def _short(row):
    from staffroom.core.ids import short

    return short(row.pk)


def test_one_to_see_what_it_looks_like(service, amina):
    on(amina, service)
    assert amina.post("/me/notifications/try").status_code == 302
    outbox.deliver()
    assert [note["b"] for note in service.notes] == ["There is something new for you in Staffroom."]


def test_signing_out_ends_it(service, amina):
    on(amina, service)
    amina.post("/sign-out")
    assert not Subscription.objects.exists()


def test_a_lost_phone_is_told_no_more(world, phone):
    phone(world.amina, "lost")
    here = phone(world.amina, "here")
    sessions.freeze(person=world.amina, but=here.session.session_key, here=None)
    assert list(Subscription.objects.all()) == [here]


def test_a_lent_phone_keeps_nothing(service, amina):
    session = amina.session
    session["idle"] = 9_999_999_999
    session.save()
    assert on(amina, service).status_code == 422
    assert not Subscription.objects.exists()
    assert "This phone is lent" in amina.get("/me/notifications").content.decode()


def test_the_next_person_on_a_shared_phone_takes_the_place(world, service, phone):
    made = service.made("shared")
    for person in (world.amina, world.nafula):
        session = OpenSession.objects.create(
            person=person, session_key=f"s-{person.pk}"[:40], last_used_on="2026-11-28"
        )
        subscribe(by=person, session_key=session.session_key, **made)
    assert Subscription.objects.get().person == world.nafula


def test_nobody_speaks_for_anothers_session(world, service, phone):
    row = phone(world.amina)
    with pytest.raises(NotYours):
        subscribe(by=world.farid, session_key=row.session.session_key, **service.made("x"))


def test_nobody_turns_off_anothers(world, phone, sign_in):
    row = phone(world.amina)
    client = sign_in(world.farid)
    assert client.post(f"/me/notifications/{_short(row)}/off", secure=True).status_code == 404
    assert Subscription.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "http://push.example.org/x"},
        {"endpoint": "https://169.254.169.254/x"},
        {"p256dh": "BAAA"},
        {"p256dh": "é"},
        {"auth": ""},
        {"auth": "AAAA"},
        {"made_for": "another key"},
    ],
)
def test_what_no_browser_gives_is_refused(world, service, change, phone):
    session = phone(world.amina).session
    with pytest.raises(Refused):
        subscribe(by=world.amina, session_key=session.session_key, **service.made("x") | change)


def test_so_many_browsers_and_no_more(world, phone):
    for number in range(MOST + 2):
        phone(world.amina, f"n{number}")
    assert Subscription.objects.count() == MOST


def test_the_export_tells_where_but_not_the_address(world, phone):
    phone(world.amina)
    told = json.dumps(belongings.export(world.amina), default=str)
    assert "Android" in told
    assert "push.example.org" not in told


def test_forgotten_with_the_person(world, phone):
    phone(world.amina)
    hooks.erase_person.call(person=world.amina, keep_contributions=True)
    assert not Subscription.objects.exists()


def test_the_audit_holds_no_address(world, phone):
    phone(world.amina)
    kept = [str(vars(each)) for each in AuditEntry.objects.filter(act="webpush.on")]
    assert kept
    assert not [line for line in kept if "push.example" in line]
    assert not OutboxEntry.objects.filter(payload__icontains="push.example").exists()


def test_another_key_takes_over_in_time(world, phone, settings):
    phone(world.amina)
    settings.WEBPUSH_OLD_KEYS, settings.WEBPUSH_KEY = [settings.WEBPUSH_KEY], "a new key"
    (rest,) = rekey.rest_of("webpush")
    assert rest.count() == 1
    rest.give_up()
    assert not Subscription.objects.exists()
