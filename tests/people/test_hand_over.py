import datetime as dt

import pytest
import time_machine
from django.test import Client

from staffroom.core import clock
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry
from staffroom.people import actions
from staffroom.people.models import Consent, Person


@pytest.fixture
def newcomer(world):
    return actions.make_account(name="Zuhura Ali", phone="+254722222222")


def come_in(code, phone="+254722222222"):
    client = Client()
    client.post("/sign-in", {"phone": phone, "have_code": "1"})
    return client, client.post("/sign-in/code", {"code": code})


def test_a_newcomer_comes_in_and_is_told_whose_code_it_was(world, newcomer, messages):
    code = actions.hand_over_code(by=world.baraka, to=newcomer)
    client, response = come_in(code)
    assert response.status_code == 302
    page = client.get("/", follow=True).content.decode()
    assert "Baraka Mutiso gave you this code" in page
    assert not messages()  # no message was paid for
    newcomer.refresh_from_db()
    assert newcomer.enrolled_at is not None
    assert not Consent.objects.filter(person=newcomer).exists()


def test_it_leaves_a_trace_without_the_code(world, newcomer):
    code = actions.hand_over_code(by=world.baraka, to=newcomer)
    entry = AuditEntry.objects.get(act="person.code_handed_over")
    assert (entry.actor_id, entry.on_id) == (world.baraka.pk, newcomer.pk)
    assert code not in str(entry.detail)


def test_it_refuses_whoever_was_here_before(world):
    with pytest.raises(Refused, match="signed in before"):
        actions.hand_over_code(by=world.baraka, to=world.amina)
    assert not actions.can_hand_over_code(world.amina)


@pytest.mark.parametrize("change", [{"is_staff": True}, {"is_active": False}])
def test_it_refuses_staff_and_those_who_left(world, newcomer, change):
    Person.objects.filter(pk=newcomer.pk).update(**change)
    with pytest.raises(NotYours):
        actions.hand_over_code(by=world.baraka, to=newcomer)


def test_nobody_hands_a_code_to_themselves(world, newcomer):
    with pytest.raises(NotYours):
        actions.hand_over_code(by=newcomer, to=newcomer)


def test_it_works_once(world, newcomer):
    code = actions.hand_over_code(by=world.baraka, to=newcomer)
    come_in(code)
    _, again = come_in(code)
    assert again.status_code == 422


def test_it_does_not_open_an_account_that_was_used_meanwhile(world, newcomer, last_code):
    code = actions.hand_over_code(by=world.baraka, to=newcomer)
    other = Client()
    other.post("/sign-in", {"phone": "+254722222222"})
    other.post("/sign-in/code", {"code": last_code()})
    client, response = come_in(code)
    assert response.status_code == 422
    assert "first visit" in response.content.decode()
    assert client.get("/me").status_code == 302


@pytest.mark.parametrize(("hours", "status"), [(23.9, 302), (24.1, 422)])
def test_it_ends_after_a_day(world, newcomer, hours, status):
    start = clock.now()
    with time_machine.travel(start, tick=False):
        code = actions.hand_over_code(by=world.baraka, to=newcomer)
    with time_machine.travel(start + dt.timedelta(hours=hours), tick=False):
        assert come_in(code)[1].status_code == status


def test_a_second_code_replaces_the_first(world, newcomer):
    first = actions.hand_over_code(by=world.baraka, to=newcomer)
    second = actions.hand_over_code(by=world.baraka, to=newcomer)
    if first != second:
        assert come_in(first)[1].status_code == 422
    assert come_in(second)[1].status_code == 302


def test_asking_for_a_message_does_not_end_it(world, newcomer):
    code = actions.hand_over_code(by=world.baraka, to=newcomer)
    actions.begin_sign_in("+254722222222", address="x")
    assert come_in(code)[1].status_code == 302


def test_it_opens_no_other_number(world, newcomer):
    code = actions.hand_over_code(by=world.baraka, to=newcomer)
    assert come_in(code, "+254700000001")[1].status_code == 422


def test_a_moderator_cannot_hand_out_codes_without_end(world):
    people = [actions.make_account(name="N", phone=f"+2547333{n:05}") for n in range(21)]
    for person in people[:20]:
        actions.hand_over_code(by=world.baraka, to=person)
    with pytest.raises(Refused, match="too often"):
        actions.hand_over_code(by=world.baraka, to=people[20])
