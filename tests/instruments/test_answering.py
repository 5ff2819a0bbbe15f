"""Answers are kept item by item; a finished response stays."""

import datetime as dt
import itertools

import pytest

from staffroom.conversations.actions.quiz import publish_quiz
from staffroom.conversations.actions.remove import remove, restore
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.instruments import actions
from staffroom.instruments.actions.closing import forget_voters
from staffroom.instruments.models import Answer, Response
from tests.instruments.conftest import RIGHT


def tried(version):
    version.instrument.refresh_from_db()
    return version.instrument.tried_count


def test_item_by_item_until_it_is_finished(world, quiz):
    id = uuid7()
    for key, value in RIGHT.items():
        response = actions.answer(by=world.nafula, version=quiz, values={key: value}, id=id)
        assert response.pk == id
    response.refresh_from_db()
    assert response.finished_at is not None
    assert tried(quiz) == 1
    assert [answer.share for answer in response.answers.order_by("item__position")] == [
        1, 1, 1, 1, None,
    ]  # fmt: skip


def test_before_the_end_an_answer_may_change_and_after_it_not(world, quiz):
    actions.answer(by=world.nafula, version=quiz, values={"i1": "a"})
    actions.answer(by=world.nafula, version=quiz, values={"i1": "b"})
    assert Answer.objects.get().value == "b"
    actions.answer(by=world.nafula, version=quiz, values=RIGHT)
    with pytest.raises(Refused, match="answered this already"):
        actions.answer(by=world.nafula, version=quiz, values={"i1": "a"})
    assert tried(quiz) == 1


def test_only_what_may_be_left_out_is_left_out(world, quiz):
    with pytest.raises(Refused) as refusal:
        actions.answer(by=world.nafula, version=quiz, values=RIGHT | {"i2": None})
    assert refusal.value.field == "i2"
    assert not Response.objects.exists()
    response = actions.answer(by=world.nafula, version=quiz, values=RIGHT | {"i5": None})
    assert response.finished_at is not None


def test_once_a_person_and_version_whatever_the_phone_sends(world, quiz):
    first = actions.answer(by=world.nafula, version=quiz, values={"i1": "a"}, id=uuid7())
    again = actions.answer(by=world.nafula, version=quiz, values={"i2": ["a"]}, id=uuid7())
    assert first == again
    other = actions.answer(by=world.otieno, version=quiz, values={"i1": "a"}, id=first.pk)
    assert other != first  # somebody else's id is not taken over
    assert first.answers.count() == 2


def test_responses_say_which_version(world, quiz):
    begun = actions.answer(by=world.nafula, version=quiz, values={"i1": "b"})
    draft = actions.revise(by=world.amina, instrument=quiz.instrument)
    publish_quiz(by=world.amina, version=draft)
    with pytest.raises(Refused, match="changed a moment ago"):
        actions.answer(by=world.otieno, version=quiz, values={"i1": "b"})
    # What was begun may be finished.
    assert actions.answer(by=world.nafula, version=quiz, values=RIGHT) == begun
    draft.refresh_from_db()
    new = actions.answer(by=world.nafula, version=draft, values=RIGHT)
    assert (begun.version, new.version) == (quiz, draft)


def test_a_draft_takes_no_answers_and_no_strange_keys(world, draft):
    with pytest.raises(NotYours):
        actions.answer(by=world.amina, version=draft, values={"i1": "b"})
    publish_quiz(by=world.amina, version=draft)
    draft.refresh_from_db()
    with pytest.raises(NotYours):
        actions.answer(by=world.amina, version=draft, values={"i9": "b"})


def test_closed_takes_none_until_it_is_undone(world, quiz):
    actions.close(by=world.amina, instrument=quiz.instrument)
    with pytest.raises(Refused, match="closed"):
        actions.answer(by=world.nafula, version=quiz, values={"i1": "b"})
    actions.reopen(by=world.amina, instrument=quiz.instrument)
    actions.answer(by=world.nafula, version=quiz, values={"i1": "b"})
    actions.close(by=world.amina, instrument=quiz.instrument)
    with pretend(now() + dt.timedelta(minutes=11)), pytest.raises(Refused, match="ten minutes"):
        actions.reopen(by=world.amina, instrument=quiz.instrument)


def test_a_poll_ends_with_its_last_day_where_the_community_is(world, ballot):
    instrument = ballot.instrument
    instrument.ends_on = dt.date(2026, 11, 30)
    instrument.save()
    for moment, taken in [
        (dt.datetime(2026, 11, 30, 20, 59, tzinfo=dt.UTC), True),  # 23:59 in Nairobi
        (dt.datetime(2026, 11, 30, 21, 0, tzinfo=dt.UTC), False),
    ]:
        with pretend(moment):
            if taken:
                actions.answer(by=world.nafula, version=ballot, values={"i1": "a"})
                continue
            with pytest.raises(Refused, match="closed"):
                actions.answer(by=world.nafula, version=ballot, values={"i1": "b"})


def test_a_vote_may_change_and_counts_once(world, ballot):
    first = actions.answer(by=world.nafula, version=ballot, values={"i1": "a"})
    second = actions.answer(by=world.nafula, version=ballot, values={"i1": "b"})
    assert first == second
    assert Answer.objects.get().value == "b"
    assert tried(ballot) == 1


def test_no_row_tells_who_voted_or_when(world, ballot):
    with pretend(now() + dt.timedelta(hours=5)):
        response = actions.answer(by=world.nafula, version=ballot, values={"i1": "a"}, id=uuid7())
    response.refresh_from_db()
    assert response.person is None
    assert response.pk.version == 4
    assert response.answers.get().pk.version == 4
    assert response.started_at == response.finished_at == ballot.published_at
    line = AuditEntry.objects.get(act="instrument.answered")
    assert (line.actor_id, line.at) == (None, ballot.published_at)
    entry = OutboxEntry.objects.get(topic="instrument.answered")
    assert entry.payload == {"instrument": str(ballot.instrument_id)}
    assert entry.created_at == ballot.published_at
    assert str(world.nafula.pk) not in response.voter


def test_the_mark_of_a_vote_needs_the_key(world, ballot, settings):
    first = actions.answer(by=world.nafula, version=ballot, values={"i1": "a"})
    settings.SEAL_KEY = "another"
    assert actions.answer(by=world.nafula, version=ballot, values={"i1": "a"}) != first


def test_after_the_end_even_the_mark_goes(world, ballot):
    actions.answer(by=world.nafula, version=ballot, values={"i1": "a"})
    forget_voters(now() + dt.timedelta(days=30))
    assert Response.objects.exclude(voter="").exists()  # it still runs
    actions.close(by=world.amina, instrument=ballot.instrument)
    forget_voters(now() + dt.timedelta(hours=23))
    assert Response.objects.exclude(voter="").exists()
    forget_voters(now() + dt.timedelta(hours=25))
    assert not Response.objects.exclude(voter="").exists()


ALL = (
    "amina",
    "baraka",
    "nafula",
    "otieno",
    "chausiku",
    "daudi",
    "esther",
    "farid",
    "gathoni",
    "hamisi",
)
MAY = {
    "quiz": {"amina", "baraka", "nafula", "otieno", "chausiku"},
    "ballot": {"amina", "baraka", "nafula", "otieno"},
}


@pytest.mark.parametrize(("what", "who"), list(itertools.product(MAY, ALL)))
def test_who_may_answer(request, world, what, who):
    version = request.getfixturevalue(what)
    values = RIGHT if what == "quiz" else {"i1": "a"}
    if who in MAY[what]:
        assert actions.answer(by=getattr(world, who), version=version, values=values)
        return
    with pytest.raises(NotYours):
        actions.answer(by=getattr(world, who), version=version, values=values)
    assert not Response.objects.exists()


def test_what_is_removed_cannot_be_answered(world, quiz):
    post = quiz.instrument.posts.get()
    remove(by=world.amina, post=post)
    with pytest.raises(NotYours):
        actions.answer(by=world.nafula, version=quiz, values={"i1": "b"})
    restore(by=world.amina, post=post)
    assert actions.answer(by=world.nafula, version=quiz, values={"i1": "b"})


@pytest.mark.parametrize("stage", ["resting", "closed"])
def test_a_resting_community_takes_no_answers(world, quiz, stage):
    type(world.maths).objects.filter(pk=world.maths.pk).update(stage=stage)
    with pytest.raises(Refused):
        actions.answer(by=world.nafula, version=quiz, values={"i1": "b"})
