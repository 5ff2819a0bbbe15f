"""From a solved question to a practice note in three taps."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffroom.conversations.actions import answer, ask_without_name, reopen, solve
from staffroom.conversations.actions.notes import keep_as_note
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.core.models import AuditEntry
from staffroom.library.models import Note, NoteCredit, Trial
from tests.library.conftest import WORDS

pytestmark = pytest.mark.django_db


def filled(html):
    """The fields of the form as a browser would send them back unchanged."""
    fields = dict(re.findall(r'<input type="text" name="(\w+)" value="([^"]*)"', html))
    areas = re.findall(r'<textarea name="(\w+)"[^>]*>\s*([^<]*)</textarea>', html)
    return fields | dict(areas)


def test_it_takes_three_taps(world, sign_in, solved):
    baraka = sign_in(world.baraka)
    question = baraka.get(reverse("question", args=[world.maths.pk, solved.pk])).content.decode()
    keep = reverse("note_keep", args=[world.maths.pk, solved.pk])
    assert keep in question  # one: the button on the solved question
    form = baraka.get(keep).content.decode()
    said = filled(form)
    assert said["problem"] == "Why do we turn the second fraction over?"
    assert (
        said["worked"] == "Ask how many quarters fit in three."
    )  # what helped, not what came first
    assert said["title"] == "Fractions"
    made = baraka.post(keep, said)  # two: keep it
    note = Note.objects.get()
    assert made["Location"] == reverse("practice_note", args=[world.maths.pk, note.pk])
    assert (note.grade, note.topic, note.subject) == (6, "Fractions", "mathematics")
    page = baraka.get(made["Location"]).content.decode()
    assert "2 colleagues" in page  # nobody has been asked yet
    assert "Amina" not in page
    again = baraka.get(reverse("question", args=[world.maths.pk, solved.pk])).content.decode()
    assert keep not in again
    assert made["Location"] in again


def test_another_answer_can_be_taken(world, sign_in, solved):
    keep = reverse("note_keep", args=[world.maths.pk, solved.pk])
    page = sign_in(world.otieno).get(f"{keep}?answer={short(solved.other.pk)}").content.decode()
    assert filled(page)["worked"] == "It is the rule."


def test_one_question_makes_one_note(world, solved, note):
    again = keep_as_note(by=world.otieno, question=solved, words=WORDS | {"title": "Again"})
    assert again == note
    assert Note.objects.count() == 1


def test_an_open_question_makes_none(world, solved):
    reopen(by=world.amina, question=solved)
    solved.refresh_from_db()
    with pytest.raises(Refused):
        keep_as_note(by=world.amina, question=solved, words=WORDS)


@pytest.mark.parametrize("who", ["daudi", "esther", "farid", "gathoni", "hamisi", "chausiku"])
def test_only_members_make_notes(world, sign_in, solved, who):
    person = getattr(world, who)
    with pytest.raises(NotYours):
        keep_as_note(by=person, question=solved, words=WORDS)
    url = reverse("note_keep", args=[world.maths.pk, solved.pk])
    assert sign_in(person).get(url).status_code == 404


@pytest.mark.parametrize("who", ["daudi", "esther", "farid", "gathoni", "hamisi"])
def test_only_those_inside_read(world, sign_in, note, who):
    client = sign_in(getattr(world, who))
    for name in ("learned", "learned_print"):
        assert client.get(reverse(name, args=[world.maths.pk])).status_code == 404
    assert client.get(reverse("practice_note", args=[world.maths.pk, note.pk])).status_code == 404


@pytest.mark.parametrize(
    ("part", "text"), [("title", ""), ("problem", " \n "), ("worked", ""), ("failed", "x" * 3001)]
)
def test_what_is_missing_or_too_long_is_said_at_its_field(world, solved, part, text):
    with pytest.raises(Refused) as refused:
        keep_as_note(by=world.amina, question=solved, words=WORDS | {part: text})
    assert refused.value.field == part
    assert not Note.objects.exists()


def test_the_asker_without_a_name_is_asked_nothing_and_named_nowhere(world, sign_in):
    question = ask_without_name(by=world.amina, community=world.maths, text="What is a ratio?")
    answered = answer(by=world.nafula, question=question, text="Two numbers, compared.")
    solve(by=world.baraka, question=question)
    question.refresh_from_db()
    note = keep_as_note(by=world.otieno, question=question, answer=answered, words=WORDS)
    assert [credit.person for credit in NoteCredit.objects.filter(note=note)] == [world.nafula]
    assert not AuditEntry.objects.filter(actor_id=world.amina.pk).exists()
    page = sign_in(world.amina).get(reverse("practice_note", args=[world.maths.pk, note.pk]))
    assert b"May it name you?" not in page.content


def test_a_name_stands_only_after_its_owners_yes(world, sign_in, note):
    url = reverse("practice_note", args=[world.maths.pk, note.pk])
    nafula, amina = sign_in(world.nafula), sign_in(world.amina)
    assert b"May it name you?" in nafula.get(url).content
    assert b"asks whether it may name you" in nafula.get(reverse("me")).content
    assert b"May a practice note name you?" in nafula.get(reverse("today")).content
    credit = reverse("note_credit", args=[world.maths.pk, note.pk])
    nafula.post(credit, {"say": "yes"})
    amina.post(credit, {"say": "no"})
    assert b"May a practice note name you?" not in nafula.get(reverse("today")).content
    page = sign_in(world.otieno).get(url).content.decode()
    assert "Thanks to Nafula Wekesa, a colleague" in page
    nafula.post(credit, {"say": "no"})  # and can be taken back
    assert "Nafula" not in sign_in(world.otieno).get(url).content.decode().split("Who tried it")[0]
    # Whoever has no part in it has nothing to say about it.
    assert sign_in(world.otieno).post(credit, {"say": "yes"}).status_code == 404


def test_whoever_writes_it_down_may_be_named_too(world, solved):
    note = keep_as_note(by=world.baraka, question=solved, words=WORDS, name_me=True)
    rows = {(row.person.name, row.role, row.answer) for row in note.credits.all()}
    assert ("Baraka Mutiso", "wrote", "yes") in rows
    assert ("Amina Hassan", "asked", "waiting") in rows


def test_a_taken_off_note_is_gone_and_its_question_can_be_kept_anew(world, sign_in, solved, note):
    off = reverse("note_take_off", args=[world.maths.pk, note.pk])
    assert sign_in(world.otieno).post(off).status_code == 404  # has no part in it
    assert sign_in(world.nafula).post(off).status_code == 302  # it is made from her answer
    assert sign_in(world.baraka).get(reverse("practice_note", args=[world.maths.pk, note.pk])).status_code == 404  # fmt: skip
    assert keep_as_note(by=world.baraka, question=solved, words=WORDS) != note


def test_pages_ask_no_more_with_many_notes_and_reports(world, sign_in, note):
    def count(url):
        client = sign_in(world.amina)
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(url).status_code == 200
        return len(caught)

    def add(number):
        for at in range(number):
            made = Note.objects.create(
                programme=world.programme, community=world.maths, topic=f"T{at % 7}", **WORDS
            )
            NoteCredit.objects.create(note=made, person=world.nafula, role="asked", answer="yes")
            Note.objects.filter(pk=made.pk).update(shared_at=made.made_at)
            Trial.objects.create(note=note, by=world.amina, result="worked", what=f"{at}")

    add(10)
    urls = [reverse(name, args=[world.maths.pk]) for name in ("learned", "learned_print")]
    urls += [reverse("notes_shelf"), reverse("practice_note", args=[world.maths.pk, note.pk])]
    urls += [reverse("notes_naming_me")]
    few = [count(url) for url in urls]
    add(190)
    assert [count(url) for url in urls] == few


def test_what_was_learned_is_sorted_by_topic(world, sign_in, note):
    Note.objects.create(programme=world.programme, community=world.maths, topic="Area", **WORDS)
    page = sign_in(world.chausiku).get(reverse("learned", args=[world.maths.pk])).content.decode()
    assert page.index(">Area<") < page.index(">Fractions<")
    alone = sign_in(world.amina).get(
        reverse("learned_print", args=[world.maths.pk]), {"topic": "Area"}
    )
    assert b'<h2 dir="auto">Fractions' not in alone.content
    here = sign_in(world.amina)
    about = here.get(reverse("community", args=[world.maths.pk])).content.decode()
    kept = reverse("kept", args=[world.maths.pk])
    assert kept in about
    assert reverse("learned", args=[world.maths.pk]) in here.get(kept).content.decode()


@pytest.mark.parametrize("topic", ["\x00", "x" * 10_000, "\u202e"])
def test_a_topic_that_is_none_prints_nothing(world, sign_in, note, topic):
    url = reverse("learned_print", args=[world.maths.pk])
    assert sign_in(world.amina).get(url, {"topic": topic}).status_code == 200
