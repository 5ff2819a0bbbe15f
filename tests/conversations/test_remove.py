import datetime as dt

import pytest
from django.urls import reverse

from staffroom.conversations.actions.edit import edit
from staffroom.conversations.actions.remove import remove, restore
from staffroom.conversations.models import Decision, Report, Revision
from staffroom.core import retention
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused


def test_a_removed_answer_no_longer_counts_and_comes_back(world, question, answered):
    remove(by=world.nafula, post=answered)
    question.refresh_from_db()
    assert question.answer_count == 0
    restore(by=world.nafula, post=answered)
    question.refresh_from_db()
    assert question.answer_count == 1


def test_answers_to_a_removed_question_stay(world, question, answered):
    remove(by=world.amina, post=question)
    answered.refresh_from_db()
    question.refresh_from_db()
    assert question.removed_at
    assert answered.removed_at is None
    assert question.answer_count == 1


def test_undo_lasts_ten_minutes(world, message):
    remove(by=world.otieno, post=message)
    with pretend(now() + dt.timedelta(minutes=11)), pytest.raises(Refused):
        restore(by=world.otieno, post=message)
    with pretend(now() + dt.timedelta(minutes=9)):
        restore(by=world.otieno, post=message)
    message.refresh_from_db()
    assert message.removed_at is None


@pytest.mark.parametrize("who", ["amina", "baraka", "chausiku", "esther", "farid", "daudi"])
def test_only_the_author_removes(world, message, who):
    with pytest.raises(NotYours):
        remove(by=getattr(world, who), post=message)


def test_after_a_day_the_words_are_forgotten(world, message):
    edit(by=world.otieno, post=message, text="Other words")
    remove(by=world.otieno, post=message)
    retention.keep()
    message.refresh_from_db()
    assert message.text == "Other words"
    with pretend(now() + dt.timedelta(days=2)):
        retention.keep()
    message.refresh_from_db()
    assert message.text == ""
    assert not Revision.objects.exists()


def test_words_that_were_reported_wait_for_the_moderator(world, message):
    report = Report.objects.create(post=message, reporter=world.amina, reason="unkind")
    remove(by=world.otieno, post=message)
    with pretend(now() + dt.timedelta(days=2)):
        retention.keep()
    message.refresh_from_db()
    assert message.text
    report.decision = Decision.objects.create(post=message, choice="kept", by=world.baraka)
    report.save()
    with pretend(now() + dt.timedelta(days=2)):
        retention.keep()
    message.refresh_from_db()
    assert not message.text


def test_the_author_alone_finds_the_way_back_where_the_words_stood(world, sign_in, message):
    remove(by=message.author, post=message)
    stream = reverse("stream", args=[world.maths.pk])
    menu = reverse("post_more", args=[world.maths.pk, message.pk])
    client = sign_in(message.author)
    assert menu in client.get(stream).content.decode()
    assert "Bring it back" in client.get(menu).content.decode()
    other = world.amina if message.author != world.amina else world.nafula
    assert menu not in sign_in(other).get(stream).content.decode()
