"""Taken along, forgotten, merged, and gone after its time."""

import datetime as dt
import json

import pytest

from staffroom.conversations.actions.quiz import begin_quiz
from staffroom.core import hooks, retention
from staffroom.core.clock import now, pretend
from staffroom.instruments import actions
from staffroom.instruments.belongings import erase, export
from staffroom.instruments.models import Answer, Instrument, Response
from staffroom.people.actions.merge import merge
from tests.conftest import make_person
from tests.instruments.conftest import RIGHT

VOTE = {"i1": "b"}


def tried(version):
    version.instrument.refresh_from_db()
    return version.instrument.tried_count


def test_one_takes_along_what_one_made_and_answered(world, quiz, ballot):
    actions.answer(by=world.nafula, version=quiz, values=RIGHT)
    actions.answer(by=world.nafula, version=ballot, values=VOTE)
    actions.answer(by=world.otieno, version=ballot, values={"i1": "a"})
    told = export(world.nafula)
    assert not told["instruments"]
    answers = {each["title"]: each["answers"] for each in told["responses"]}
    assert len(answers["Fractions and more"]) == 5
    assert answers[""] == [{"question": "When shall we meet?", "value": "b", "right": None}]
    assert len(export(world.amina)["instruments"]) == 2
    json.dumps(told, default=str)
    assert export(world.esther) == {"instruments": [], "responses": [], "instrument_pictures": []}


@pytest.mark.parametrize("keep", [True, False])
def test_forgotten_answers(world, quiz, ballot, keep):
    for who in (world.nafula, world.otieno):
        actions.answer(by=who, version=quiz, values=RIGHT)
        actions.answer(by=who, version=ballot, values=VOTE)
    erase(world.nafula, keep)
    assert not Response.objects.filter(person=world.nafula).exists()
    assert Response.objects.exclude(voter="").count() == 1
    stays = 2 if keep else 1
    assert (tried(quiz), tried(ballot)) == (stays, stays)
    assert Response.objects.count() == 2 * stays
    assert export(world.nafula)["responses"] == []


@pytest.mark.parametrize("keep", [True, False])
def test_a_forgotten_author(world, quiz, keep):
    begin_quiz(by=world.amina, community=world.maths)
    for part in hooks.erase_person:
        part(person=world.amina, keep_contributions=keep)
    assert Instrument.objects.count() == (1 if keep else 0)
    assert not Instrument.objects.filter(author=world.amina).exists()
    post = world.maths.posts.get()
    assert (post.text, post.instrument_id is None) == (
        ("Fractions and more", False) if keep else ("", True)
    )


def test_two_accounts_have_one_vote_and_one_response(world, quiz, ballot):
    drop = make_person("Nafula W", "+254700000077")
    world.maths.memberships.create(person=drop, state="active", joined_at=now())
    from staffroom.communities.models import RuleAgreement

    RuleAgreement.objects.create(rules=world.maths.rule_versions.get(), person=drop)
    for who, value in [(drop, "a"), (world.nafula, "b")]:
        actions.answer(by=who, version=ballot, values={"i1": value})
        actions.answer(by=who, version=quiz, values=RIGHT | {"i1": value})
    merge(keep=world.nafula, drop=drop, by=world.nafula)
    assert (tried(quiz), tried(ballot)) == (1, 1)
    assert {answer.value for answer in Answer.objects.filter(item__key="i1")} == {"b"}


def test_a_vote_goes_over_to_the_account_that_stays(world, ballot, quiz):
    drop = world.otieno
    actions.answer(by=drop, version=ballot, values={"i1": "a"})
    actions.answer(by=drop, version=quiz, values=RIGHT)
    actions.answer(by=world.nafula, version=quiz, values={"i1": "a"})
    merge(keep=world.nafula, drop=drop, by=world.nafula)
    actions.answer(by=world.nafula, version=ballot, values={"i1": "b"})
    assert tried(ballot) == 1
    assert Response.objects.get(version=quiz).finished_at is not None  # the whole one stays


def test_after_a_year_the_answers_are_nobodys(world, quiz):
    actions.answer(by=world.nafula, version=quiz, values=RIGHT)
    actions.answer(by=world.otieno, version=quiz, values={"i1": "b"})
    begin_quiz(by=world.amina, community=world.maths)
    with pretend(now() + dt.timedelta(days=366)):
        gone = retention.keep()
    assert (gone["responses"], gone["quiz_drafts"]) == (2, 1)
    response = Response.objects.get()
    assert (response.person, response.answers.count()) == (None, 5)
    assert Instrument.objects.get() == quiz.instrument


def test_the_words_of_a_removed_quiz_go_with_its_posts(world, quiz):
    from staffroom.conversations.actions.remove import remove

    remove(by=world.amina, post=quiz.instrument.posts.get())
    assert Instrument.objects.exists()
    with pretend(now() + dt.timedelta(days=2)):
        retention.keep()
    assert not Instrument.objects.exists()
    assert world.maths.posts.get().text == ""
    assert not Answer.objects.exists()
