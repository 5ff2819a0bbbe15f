"""Notes and people: taken along, forgotten, two accounts made one."""

import pytest

from staffroom.conversations.actions import ask_without_name, solve
from staffroom.conversations.actions.notes import keep_as_note
from staffroom.core.hooks import erase_person, export_person, merge_people
from staffroom.library.actions.note_credits import answer
from staffroom.library.actions.note_sharing import bring, let_travel
from staffroom.library.actions.note_trials import report
from staffroom.library.models import Note, NoteCredit, NoteVersion, Trial
from tests.library.conftest import WORDS

pytestmark = pytest.mark.django_db


def everything(person):
    return {kind: rows for part in export_person.call(person=person) for kind, rows in part.items()}


def test_one_takes_along_what_one_wrote(world, note):
    report(by=world.otieno, note=note, result="worked", what="It went well.")
    assert everything(world.baraka)["note_versions"][0]["words"]["title"] == note.title
    assert everything(world.otieno)["note_trials"][0]["what"] == "It went well."
    assert everything(world.nafula)["note_credits"][0]["named"] == "waiting"
    assert everything(world.daudi)["note_trials"] == []


@pytest.mark.parametrize("keep", [True, False])
def test_the_name_goes_in_any_case_from_copies_too(world, note, keep):
    answer(by=world.nafula, note=note, yes=True)
    report(by=world.otieno, note=note, result="worked")
    let_travel(by=world.baraka, note=note)
    bring(by=world.daudi, note=note, community=world.sister)
    erase_person.call(person=world.nafula, keep_contributions=keep)
    assert Note.objects.count() == 2
    assert not NoteCredit.objects.filter(answer="yes").exists()
    assert not NoteCredit.objects.filter(person=world.nafula).exists()


def test_kept_words_stay_without_a_name(world, note):
    report(by=world.baraka, note=note, result="worked", what="Mine.")
    erase_person.call(person=world.baraka, keep_contributions=True)
    note.refresh_from_db()
    assert note.made_by is None
    assert NoteVersion.objects.get().by is None
    assert Trial.objects.get().by is None


def test_a_note_that_nobody_else_touched_goes_with_its_author(world, note):
    erase_person.call(person=world.baraka, keep_contributions=False)
    assert not Note.objects.exists()


def test_a_note_made_from_ones_answer_goes_too_unless_others_worked_on_it(world, note):
    trial = report(by=world.otieno, note=note, result="worked", what="Mine.")
    erase_person.call(person=world.nafula, keep_contributions=False)
    assert Note.objects.exists()
    erase_person.call(person=world.otieno, keep_contributions=False)
    assert not Trial.objects.filter(pk=trial.pk).exists()


@pytest.mark.parametrize("keep", [True, False])
def test_what_was_asked_without_a_name_goes_with_its_author_too(world, keep):
    question = ask_without_name(by=world.amina, community=world.maths, text="What is a ratio?")
    solve(by=world.baraka, question=question)
    question.refresh_from_db()
    keep_as_note(by=world.otieno, question=question, words=WORDS)
    erase_person.call(person=world.amina, keep_contributions=keep)
    assert Note.objects.exists() is keep


def test_two_accounts_of_one_person_are_credited_once(world, note):
    NoteCredit.objects.create(note=note, person=world.daudi, role="wrote", answer="yes")
    merge_people.call(keep=world.nafula, drop=world.daudi)
    assert not NoteCredit.objects.filter(person=world.daudi).exists()
    assert NoteCredit.objects.get(person=world.nafula).answer == "yes"
