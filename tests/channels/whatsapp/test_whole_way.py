"""A teacher's WhatsApp, Meta, our house: the whole way and back, without the web."""

import datetime as dt
import io
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from PIL import Image

from staffroom.channels.switchboard.actions import linking
from staffroom.channels.switchboard.carrying import carrier_of
from staffroom.channels.switchboard.messages import Outbound
from staffroom.channels.switchboard.models import Link, Meter, Received, Sent
from staffroom.channels.whatsapp import channel, registering
from staffroom.channels.whatsapp.pretend import Answer, refusal
from staffroom.conversations.models import Photo, Post, Thanks
from staffroom.core import outbox
from staffroom.core.models import OutboxEntry
from tests.conversations.makers import a_question

BARAKA, NAFULA, STRANGER = "254700000002", "254722000000", "254799999999"


@pytest.fixture
def phones(meta, settings):
    """Meta calls our webhook, through all of our layers."""
    meta.hook = "/hooks/whatsapp/"
    meta.call = post
    return meta


def post(where, headers, body):
    client = Client()
    found = client.generic(
        "POST", where, body, content_type=headers.pop("Content-Type"), headers=headers
    )
    return found.status_code


def work():
    while outbox.deliver():
        pass


def phone_of(phones, person, number, id, language="en", **about):
    """Linked as people do it: by a code, in their first message."""
    type(person).objects.filter(pk=person.pk).update(language=language)
    person.refresh_from_db()
    there = phones.somebody(number, person.first_name, id=id, **about)
    code = linking.make_code(by=person, channel=channel.KEY)
    there.writes(f"LINK {code}")
    work()
    assert Link.objects.get(person=person).address == there.address
    return there


@pytest.fixture
def baraka(world, phones):
    return phone_of(phones, world.baraka, BARAKA, "KE.2002")


@pytest.fixture
def nafula(world, phones):
    return phone_of(phones, world.nafula, NAFULA, "KE.2003", shows_number=False)


def words(message) -> str:
    kind = message["type"]
    return message[kind]["body"]["text"] if kind == "interactive" else message["text"]["body"]


def after(person, act, *about, **more) -> list[str]:
    """They do it, the worker does its work; what arrived on their phone."""
    before = len(person.got)
    act(*about, **more)
    work()
    return [words(message) for message in person.got[before:]]


@pytest.mark.django_db
def test_ask_answer_thank_and_hear_of_it(world, baraka, nafula):
    (told,) = after(baraka, baraka.writes, "ASK Why do we turn the second fraction over?")
    assert "Mathematics" in told
    question = Post.objects.get(kind="question")
    (today,) = after(nafula, nafula.writes, "TODAY")
    assert "turn the second fraction over" in today
    after(nafula, nafula.writes, "1 Because dividing undoes multiplying.")
    answer = Post.objects.get(kind="answer")
    assert answer.question == question
    assert "dividing undoes multiplying" in words(baraka.got[-1])
    after(baraka, baraka.reacts, baraka.got[-1]["id"], "👍")
    assert Thanks.objects.filter(post=answer, person=world.baraka).exists()
    after(baraka, baraka.reacts, baraka.got[-1]["id"], "")
    assert not Thanks.objects.filter(post=answer, person=world.baraka).exists()


@pytest.mark.django_db
def test_a_reply_answers_what_it_hangs_on(world, baraka, nafula):
    after(baraka, baraka.writes, "ASK Why do we turn it over?")
    after(nafula, nafula.writes, "TODAY")
    after(nafula, nafula.writes, "1 It undoes the division.")
    after(baraka, baraka.writes, "Now I see: it is the same", reply_to=baraka.got[-1]["id"])
    reply = Post.objects.get(author=world.baraka, kind="answer")
    assert reply.question == Post.objects.get(kind="question")


@pytest.mark.django_db
def test_plain_words_are_asked_about_with_buttons_and_one_is_pressed(world, baraka):
    after(baraka, baraka.writes, "How do I teach long division tomorrow?")
    asked = baraka.got[-1]
    assert asked["type"] == "interactive"
    action = asked["interactive"]["action"]
    rows = action.get("buttons") or action["sections"][0]["rows"]
    first = rows[0].get("reply") or rows[0]
    act = baraka.presses if "buttons" in action else baraka.picks
    after(baraka, act, first["id"], first["title"], of=asked["id"])
    assert Post.objects.get().text == "How do I teach long division tomorrow?"


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.django_db
def test_a_photo_with_its_question(world, baraka):
    after(baraka, baraka.sends, "image", photo(), "image/jpeg", "ASK Where is the mistake?")
    post = Post.objects.get(kind="question")
    assert post.text == "Where is the mistake?"
    assert Photo.objects.get(post=post).covered_at is not None  # until it is said what it shows


@pytest.mark.django_db
@pytest.mark.parametrize("lie", [{"sha256": "0" * 64}, {"url": "https://example.org/x"}])
def test_a_photo_that_lies_or_never_comes_leaves_the_words(world, baraka, phones, lie):
    keep = phones.keep

    def lying(data, type):
        handle = keep(data, type)
        phones.files[handle].lies = lie
        return handle

    phones.keep = lying
    after(baraka, baraka.sends, "image", photo(), "image/jpeg", "ASK Where is the mistake?")
    assert Post.objects.get(kind="question").text == "Where is the mistake?"
    assert not Photo.objects.exists()
    assert any("did not reach us" in words(message) for message in baraka.got)


@pytest.mark.django_db
def test_a_photo_that_is_no_photo_leaves_the_words(world, baraka):
    after(baraka, baraka.sends, "image", b"<html>", "image/jpeg", "ASK Where is the mistake?")
    assert Post.objects.get(kind="question").text == "Where is the mistake?"
    assert not Photo.objects.exists()


@pytest.mark.django_db
def test_the_same_call_five_times_is_one_question(world, baraka, phones):
    calls = []
    phones.call = lambda where, headers, body: calls.append((where, headers, body)) or 200
    baraka.writes("ASK Why?  Because I want to know.")
    for where, headers, body in calls * 5:
        assert post(where, dict(headers), body) == 200
        work()
    assert Post.objects.count() == 1


@pytest.mark.django_db
def test_meta_is_down_for_an_hour_and_nothing_is_lost_or_doubled(world, baraka, phones):
    before = len(baraka.got)
    phones.faults += [refusal(131000, 500)] * 4 + [Answer(503)]
    baraka.writes("ASK Why do we turn it over?")
    start = dt.datetime.now(dt.UTC)
    for minute in range(0, 70, 7):
        with time_machine.travel(start + dt.timedelta(minutes=minute), tick=False):
            work()
    assert len(baraka.got) == before + 1
    assert Post.objects.count() == 1
    assert not OutboxEntry.objects.filter(delivered_at=None).exists()


@pytest.mark.django_db
def test_a_day_later_the_template_goes_and_its_button_brings_the_rest(world, phones, nafula):
    registering.register()
    phones.approve()
    a_question(world.maths, world.baraka)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=30)
    with time_machine.travel(later, tick=False):
        link = Link.objects.get(person=world.nafula)
        carrier_of(channel.CHANNEL).send(link.address, "Digest: three questions …")
        message = nafula.got[-1]
        assert message["type"] == "template"
        assert message["template"]["name"] == "staffroom_news"
        told = after(nafula, nafula.answers_template, "TODAY", "TODAY", of=message["id"])
        assert "fraction" in told[-1]


@pytest.mark.django_db
def test_what_it_cost_is_what_meta_says(world, baraka, phones):
    after(baraka, baraka.writes, "HELP")
    id = baraka.got[-1]["id"]
    about = {"billable": True, "type": "regular", "category": "service"}
    phones.tell(id, "delivered", baraka, **about)
    phones.tell(id, "read", baraka, **about)
    phones.tell(id, "sent", baraka, **about)
    work()
    sent = Sent.objects.get(provider_id=id)
    assert (sent.state, sent.cost, sent.currency) == (Sent.State.READ, Decimal("0.0010"), "USD")
    assert sum(meter.cost for meter in Meter.objects.filter(currency="USD")) == sent.cost


@pytest.mark.django_db
def test_a_new_number_takes_the_link_along(world, baraka, phones):
    baraka.changes_number("254733000000")
    work()
    link = Link.objects.get(person=world.baraka)
    assert link.address == baraka.id != "KE.2002"
    assert after(baraka, baraka.writes, "HELP")


@pytest.mark.django_db
def test_a_stranger_gets_one_line_and_nothing_of_ours(world, phones):
    a_question(world.maths, world.nafula)
    stranger = phones.somebody(STRANGER, "Somebody", id="KE.999")
    (told,) = after(stranger, stranger.writes, "TODAY")
    assert "fraction" not in told
    assert "Mathematics" not in told
    assert after(stranger, stranger.writes, "Who are you?") == []


@pytest.mark.django_db
def test_the_name_of_another_in_the_profile_opens_nothing(world, baraka, phones):
    stranger = phones.somebody(STRANGER, "x changed from KE.2002 to KE.999", id="KE.999")
    stranger.writes("Habari")
    work()
    assert Link.objects.get(person=world.baraka).address == "KE.2002"


@pytest.mark.django_db
def test_a_supervisor_and_an_outsider_get_nothing_of_the_community(world, phones):
    a_question(world.maths, world.nafula)
    for number, person in enumerate((world.esther, world.farid)):
        there = phone_of(phones, person, f"25470000001{number}", f"KE.300{number}")
        for said in ("TODAY", "MORE 1", "ASK Hello?"):
            for told in after(there, there.writes, said):
                assert "fraction" not in told
                assert "Nafula" not in told
    assert Post.objects.count() == 1


@pytest.mark.django_db
def test_in_a_group_members_are_heard_and_others_are_not(world, baraka, nafula, phones):
    stranger = phones.somebody(STRANGER, "Somebody", id="KE.999")
    group = phones.group(baraka, nafula, stranger)
    code = linking.make_code(by=world.baraka, channel=channel.KEY, community=world.maths)
    after(baraka, baraka.writes, f"LINK {code}", group=group)
    after(nafula, nafula.writes, "ULIZA Kwa nini tunageuza?", group=group)
    after(stranger, stranger.writes, "ASK Buy my book", group=group)
    assert [post.author for post in Post.objects.all()] == [world.nafula]


@pytest.mark.django_db
def test_asking_without_a_name_ties_no_number_to_the_words(world, nafula):
    after(nafula, nafula.writes, "WITHOUT NAME Why do we turn it over?")
    asked = nafula.got[-1]
    yes = asked["interactive"]["action"]["buttons"][0]["reply"]
    after(nafula, nafula.presses, yes["id"], yes["title"], of=asked["id"])
    assert Post.objects.get().anonymous
    kept = " ".join(
        str(values) for model in (Received, Sent, OutboxEntry) for values in model.objects.values()
    )
    assert "turn it over" not in kept


@pytest.mark.django_db
def test_what_is_said_to_a_number_alone(phones):
    person = phones.somebody("254711000222", "Otieno")
    person.writes("Habari")
    channel.send(Outbound("+254711000222", "Habari"))
    assert words(person.got[-1]) == "Habari"
