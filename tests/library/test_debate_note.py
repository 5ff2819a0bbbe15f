"""Question the assumption: a debate whose outcome is kept with the note."""

import pytest
from django.urls import reverse

from staffroom.conversations.actions import remove
from staffroom.conversations.actions.notes import question_note, write_outcome
from staffroom.conversations.models import Post
from staffroom.core.errors import NotYours, Refused
from staffroom.library.models import Debate, Note

pytestmark = pytest.mark.django_db
ASSUMPTION = "It assumes that pupils know what a quarter is."


@pytest.fixture
def debate(world, note):
    return question_note(by=world.otieno, note=note, assumption=ASSUMPTION)


def under(debate):
    return Post.objects.select_related("community").get(pk=debate.post_id)


def test_it_becomes_a_question_and_each_points_to_the_other(world, sign_in, note):
    url = reverse("question_note", args=[world.maths.pk, note.pk])
    sent = sign_in(world.otieno).post(url, {"text": ASSUMPTION})
    debate = Debate.objects.get()
    question = reverse("question", args=[world.maths.pk, debate.post_id])
    assert sent["Location"] == question
    page = sign_in(world.amina).get(question).content.decode()
    assert ASSUMPTION in page
    assert reverse("practice_note", args=[world.maths.pk, note.pk]) in page
    assert reverse("note_outcome", args=[world.maths.pk, debate.post_id]) not in page  # not hers
    of_note = sign_in(world.amina).get(reverse("practice_note", args=[world.maths.pk, note.pk]))
    assert question in of_note.content.decode()


def test_one_debate_at_a_time(world, note, debate):
    with pytest.raises(Refused):
        question_note(by=world.amina, note=note, assumption="Another thing.")
    assert Post.objects.filter(text="Another thing.").count() == 0  # nothing half done
    remove(by=world.otieno, post=under(debate))  # taken back before anything came out
    question_note(by=world.amina, note=note, assumption="Another thing.")
    assert Debate.objects.get().assumption == "Another thing."


def test_kept_leaves_the_words_and_the_reason(world, sign_in, note, debate):
    url = reverse("note_outcome", args=[world.maths.pk, debate.post_id])
    otieno = sign_in(world.otieno)
    assert b"outcome=split" in otieno.get(url).content
    sent = otieno.post(f"{url}?outcome=kept", {"why": "We asked: all had halves in grade 4."})
    assert sent.status_code == 302
    debate.refresh_from_db()
    note.refresh_from_db()
    assert (debate.outcome, note.version) == ("kept", 1)
    assert under(debate).solved_at is not None
    page = sign_in(world.amina).get(reverse("practice_note", args=[world.maths.pk, note.pk]))
    assert b"We asked: all had halves in grade 4." in page.content


def test_changed_makes_a_version(world, note, debate):
    write_outcome(
        by=world.baraka,  # the moderator may, too
        debate=debate,
        question=under(debate),
        outcome="changed",
        why="Half of us had to begin with halves.",
        words={"worked": "First fold halves. Then quarters."},
    )
    note.refresh_from_db()
    assert (note.version, note.worked) == (2, "First fold halves. Then quarters.")
    assert note.versions.get(number=2).why == "debated"


def test_changed_without_a_change_is_refused_and_nothing_is_written(world, note, debate):
    with pytest.raises(Refused):
        write_outcome(
            by=world.otieno, debate=debate, question=under(debate), outcome="changed", why="So.",
        )  # fmt: skip
    debate.refresh_from_db()
    assert debate.outcome == ""
    assert under(debate).solved_at is None


def test_split_makes_a_second_note_that_points_back(world, sign_in, note, debate):
    url = reverse("note_outcome", args=[world.maths.pk, debate.post_id]) + "?outcome=split"
    sent = {
        "why": "In small classes folding is enough.",
        "title": note.title,
        "worked": "Small classes: fold.",
        "failed": note.failed,
        "other_title": "Dividing by a fraction in a class of ninety",
        "other_worked": "Draw it on the board; there is no paper for ninety.",
    }
    otieno = sign_in(world.otieno)
    refused = otieno.post(url, sent | {"other_worked": ""})
    assert refused.status_code == 422
    assert otieno.post(url, sent).status_code == 302
    case = Note.objects.exclude(pk=note.pk).get()
    assert (case.split_from, case.problem) == (note, note.problem)
    assert {credit.answer for credit in case.credits.all()} == {
        "waiting"
    }  # other words: asked anew
    page = otieno.get(reverse("practice_note", args=[world.maths.pk, note.pk])).content.decode()
    assert reverse("practice_note", args=[world.maths.pk, case.pk]) in page


def test_only_who_opened_it_and_the_moderator_write_the_outcome(world, sign_in, debate):
    for who in ("amina", "chausiku", "esther", "farid", "daudi"):
        person = getattr(world, who)
        with pytest.raises((NotYours, Refused)):
            write_outcome(
                by=person, debate=debate, question=under(debate), outcome="kept", why="So."
            )
        url = reverse("note_outcome", args=[world.maths.pk, debate.post_id])
        assert sign_in(person).get(url).status_code == 404


def test_the_outcome_is_written_once(world, debate):
    write_outcome(by=world.otieno, debate=debate, question=under(debate), outcome="kept", why="So.")
    with pytest.raises(Refused):
        write_outcome(
            by=world.baraka, debate=debate, question=under(debate), outcome="kept", why="No."
        )
    debate.refresh_from_db()
    assert debate.why == "So."


def test_a_plain_question_has_no_outcome_page(world, sign_in, solved):
    url = reverse("note_outcome", args=[world.maths.pk, solved.pk])
    assert sign_in(world.amina).get(url).status_code == 404
