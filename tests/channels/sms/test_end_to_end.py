"""A feature phone, the phone company, our house: the whole way and back, without the web."""

import pytest

from staffroom.channels.switchboard.models import Link, Meter, Received
from staffroom.conversations.models import Post
from staffroom.core import outbox
from staffroom.core.clock import now
from tests.conversations.makers import a_question

BARAKA, NAFULA, STRANGER = "+254700000002", "+254722000000", "+254799999999"


@pytest.fixture(params=["africa", "twilio"])
def company(request):
    return request.getfixturevalue(request.param)


def links(person, number, language="en"):
    type(person).objects.filter(pk=person.pk).update(language=language)
    return Link.objects.create(person=person, channel="sms", address=number, heard_at=now())


def said(company, number, words):
    """They type it, the worker does its work; what arrived on their phone."""
    before = len(company.inbox(number))
    assert company.write(number, words) == 200
    while outbox.deliver():
        pass
    return company.inbox(number)[before:]


def test_ask_answer_and_hear_of_it(world, company):
    links(world.baraka, BARAKA)
    links(world.nafula, NAFULA)
    (answer,) = said(company, BARAKA, "ASK Why do we turn the second fraction over?")
    assert answer.text.startswith("Asked in Mathematics")
    question = Post.objects.get(kind="question")
    (today,) = said(company, NAFULA, "TODAY")
    assert "turn the second fraction over" in today.text
    said(company, NAFULA, "1 Because dividing undoes multiplying.")
    assert Post.objects.get(kind="answer").question == question
    assert "dividing undoes multiplying" in company.inbox(BARAKA)[-1].text
    assert Meter.objects.filter(channel="sms", messages__gt=0).exists()


@pytest.mark.parametrize("language", ["en", "sw", "ur"])
def test_help_fits_into_two_parts(world, africa, language):
    links(world.baraka, BARAKA, language)
    word = {"en": "help", "sw": "MSAADA", "ur": "مدد"}[language]
    (told,) = said(africa, BARAKA, word)
    assert told.parts <= 2


@pytest.mark.parametrize(
    ("language", "ask", "today", "stop", "start"),
    [
        ("sw", "ULIZA Kwa nini tunageuza?", "LEO", "ACHA", "ANZA"),
        ("ur", "سوال ہم کیوں الٹتے ہیں؟", "آج", "بند", "شروع"),
    ],
)
def test_in_the_persons_language(world, africa, language, ask, today, stop, start):
    link = links(world.baraka, BARAKA, language)
    assert len(said(africa, BARAKA, ask)) == 1
    assert Post.objects.get().kind == "question"
    a_question(world.maths, world.nafula)
    (told,) = said(africa, BARAKA, today)
    assert told.text.startswith("1 ")
    assert told.parts <= 3
    assert len(said(africa, BARAKA, stop)) == 1
    link.refresh_from_db()
    assert link.stopped_at is not None
    assert said(africa, BARAKA, "Habari zenu wote") == []
    assert len(said(africa, BARAKA, start)) == 1
    link.refresh_from_db()
    assert link.stopped_at is None


def test_a_stop_at_the_company_stops_the_link(world, africa):
    link = links(world.baraka, BARAKA)
    africa.stop(BARAKA)
    while outbox.deliver():
        pass
    link.refresh_from_db()
    assert link.stopped_at is not None
    assert africa.inbox(BARAKA) == []
    asked = len(africa.asked)
    while outbox.deliver():
        pass
    assert len(africa.asked) == asked <= 1  # at most the one word that it has stopped, refused


def test_a_stranger_gets_one_line_a_day_and_nothing_of_ours(world, company):
    a_question(world.maths, world.nafula)
    first = said(company, STRANGER, "TODAY")
    assert len(first) == 1
    assert "fraction" not in first[0].text
    assert "Mathematics" not in first[0].text
    assert said(company, STRANGER, "Who are you?") == []


def test_a_supervisor_and_an_outsider_get_nothing_of_the_community(world, company):
    a_question(world.maths, world.nafula)
    for person, number in ((world.esther, "+254700000005"), (world.farid, "+254700000006")):
        links(person, number)
        for words in ("TODAY", "HELP", "MORE 1", "1 an answer", "ASK Hello?"):
            for message in said(company, number, words):
                assert "fraction" not in message.text
                assert "Nafula" not in message.text
    assert Post.objects.count() == 1


def test_the_company_is_down_for_an_hour_and_nothing_is_lost_or_doubled(world, africa):
    from staffroom.channels.switchboard.pretend import Answer
    from staffroom.core.models import OutboxEntry

    links(world.baraka, BARAKA)
    africa.faults += [Answer(500), Answer(503)]
    said(africa, BARAKA, "ASK Why do we turn it over?")
    for _again in range(8):
        OutboxEntry.objects.filter(delivered_at=None).update(due_at=now())
        outbox.deliver()
    assert len(africa.inbox(BARAKA)) == 1
    assert Post.objects.count() == 1
    assert not Received.objects.exclude(state="done").exists()
