"""Two workers at once, and a person who changes their mind meanwhile."""

import pytest

from staffroom.core import outbox
from staffroom.core.clock import pretend
from staffroom.notices.actions import make
from staffroom.notices.actions import send as sending
from staffroom.notices.actions.choose import choose, mark_all_read, stop
from staffroom.notices.links import stop_link
from staffroom.notices.models import Digest, Preference
from tests.conversations.test_together import at_once
from tests.notices.makers import FIVE, MINUTE, begin, line_for, said, wants

pytestmark = pytest.mark.django_db(transaction=True)


def at_five(act, *arguments, **named):
    def run():
        with pretend(FIVE + MINUTE):
            act(*arguments, **named)

    return run


def in_transaction():
    from django.db import transaction

    with transaction.atomic():
        make.make_due({})


def test_two_workers_make_one_digest_each(world):
    begin(world)
    for person in (world.amina, world.baraka, world.otieno):
        wants(person)
    said(world.maths, world.nafula, "Why?", kind="question")
    assert not at_once(at_five(in_transaction), at_five(in_transaction))
    assert Digest.objects.count() == 3


def test_two_workers_send_one_message(world, monkeypatch):
    begin(world)
    line = line_for(monkeypatch, world.programme)
    wants(world.amina, way="sms")
    said(world.maths, world.nafula, "Why?", kind="question")
    at_five(in_transaction)()
    digest = {"id": str(Digest.objects.get().pk)}
    assert not at_once(at_five(sending.send, digest), at_five(sending.send, digest))
    assert len(line.sent) == 1
    assert Digest.objects.get().state == "sent"


def test_a_choice_made_meanwhile_stands(world):
    begin(world)
    preference = wants(world.amina)
    said(world.maths, world.nafula, "Why?", kind="question")
    token = stop_link(preference).rsplit("/", 1)[1]
    assert not at_once(at_five(in_transaction), at_five(stop, token=token))
    preference.refresh_from_db()
    assert preference.often == "none"
    at_five(in_transaction)()  # whoever came last: nobody is looked for any more
    assert Preference.objects.get().often == "none"
    assert Digest.objects.count() <= 1


def test_first_choices_of_one_person_at_once(world):
    assert not at_once(
        at_five(choose, by=world.amina, often="daily"),
        at_five(choose, by=world.amina, often="daily"),
        at_five(mark_all_read, by=world.amina, until=FIVE),
    )
    assert Preference.objects.count() == 1
    assert outbox.waiting(FIVE + 60 * 24 * MINUTE).filter(topic="digests.due").count() == 1
