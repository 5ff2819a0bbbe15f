"""*I tried it*: reports, and how they revise the note."""

import uuid

import pytest
from django.urls import reverse

from staffroom.core.errors import NotYours, Refused
from staffroom.library.actions.note_making import change, leave_proposal, take_proposal
from staffroom.library.actions.note_trials import report
from staffroom.library.models import NoteVersion, Trial

pytestmark = pytest.mark.django_db


def test_a_report_counts_a_class_and_stands_on_the_page(world, sign_in, note):
    url = reverse("note_tried", args=[world.maths.pk, note.pk])
    sent = {
        "result": "partly",
        "grade": "6",
        "pupils": "52",
        "what": "Strips tear in groups of six.",
    }
    assert sign_in(world.otieno).post(url, sent).status_code == 302
    report(by=world.amina, note=note, result="worked")
    report(by=world.nafula, note=note, result="worked", grade=7, pupils=38)
    report(by=world.nafula, note=note, result="not", what="With sevenths nobody could fold.")
    page = sign_in(world.baraka).get(reverse("practice_note", args=[world.maths.pk, note.pk]))
    text = page.content.decode()
    assert "Tried in 4 classes: worked in 2, in part in 1, not in 1" in text
    assert "Strips tear in groups of six." in text
    assert "52 pupils" in text


def test_sent_twice_it_is_one_report(world, note):
    id = uuid.uuid4()
    assert report(by=world.amina, note=note, result="worked", id=id) == report(
        by=world.amina, note=note, result="worked", id=id
    )
    assert Trial.objects.count() == 1
    with pytest.raises(Refused):
        report(by=world.nafula, note=note, result="worked", id=id)


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("what", {"result": "not"}),
        ("pupils", {"result": "worked", "pupils": 0}),
        ("pupils", {"result": "worked", "pupils": 4000}),
        ("grade", {"result": "worked", "grade": 99}),
        ("result", {"result": "splendid"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, note, field, sent):
    with pytest.raises(Refused) as refused:
        report(by=world.amina, note=note, **sent)
    assert refused.value.field == field


@pytest.mark.parametrize("who", ["daudi", "esther", "farid", "gathoni", "chausiku"])
def test_only_members_report(world, sign_in, note, who):
    person = getattr(world, who)
    with pytest.raises(NotYours):
        report(by=person, note=note, result="worked")
    url = reverse("note_tried", args=[world.maths.pk, note.pk])
    assert sign_in(person).post(url, {"result": "worked"}).status_code == 404


def proposal(world, note, **words):
    return report(by=world.otieno, note=note, result="partly", what="Strips tear.", **words)


def test_a_proposal_waits_for_a_colleague_and_revises_the_note(world, sign_in, note):
    trial = proposal(world, note, new_worked="Use strips of newspaper, and count quarters.")
    assert trial.proposal == "open"
    take = reverse("note_take_proposal", args=[world.maths.pk, trial.pk])
    form = sign_in(world.nafula).get(take).content.decode()
    assert "Use strips of newspaper" in form
    sent = note.words() | {"worked": trial.new_worked, "version": 1}
    assert sign_in(world.nafula).post(take, sent).status_code == 302
    note.refresh_from_db()
    assert (note.version, note.worked) == (2, trial.new_worked)
    versions = NoteVersion.objects.filter(note=note).order_by("number")
    assert [(each.why, each.by) for each in versions] == [
        ("made", world.baraka),
        ("tried", world.otieno),
    ]
    assert versions[0].words["worked"].startswith("Fold a strip")
    earlier = reverse("note_version", args=[world.maths.pk, note.pk, 1])
    assert b"Fold a strip" in sign_in(world.amina).get(earlier).content
    with pytest.raises(Refused):  # decided once
        take_proposal(by=world.amina, trial=trial, words=note.words(), version=2)


def test_nobody_takes_in_the_own_proposal(world, sign_in, note):
    trial = proposal(world, note, new_failed="Thin paper.")
    with pytest.raises(Refused):
        take_proposal(by=world.otieno, trial=trial, words=note.words(), version=1)
    take = reverse("note_take_proposal", args=[world.maths.pk, trial.pk])
    assert sign_in(world.otieno).get(take).status_code == 302
    leave_proposal(by=world.nafula, trial=trial)
    note.refresh_from_db()
    trial.refresh_from_db()
    assert (note.version, trial.proposal) == (1, "left")


def test_the_same_words_propose_nothing(world, note):
    assert proposal(world, note, new_worked=note.worked, new_failed=note.failed).proposal == ""


def test_two_who_change_at_once_lose_nothing(world, sign_in, note):
    url = reverse("note_change", args=[world.maths.pk, note.pk])
    first = note.words() | {"version": 1, "worked": "Fold it in thirds."}
    second = note.words() | {"version": 1, "worked": "Cut it with scissors."}
    assert sign_in(world.baraka).post(url, first).status_code == 302
    refused = sign_in(world.baraka).post(url, second)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "Somebody changed this note" in text
    assert "Fold it in thirds." in text
    assert "Cut it with scissors." in text
    note.refresh_from_db()
    assert note.worked == "Fold it in thirds."


def test_who_wrote_it_down_and_the_moderator_change_it(world, sign_in, note):
    with pytest.raises(NotYours):
        change(by=world.amina, note=note, words=note.words(), version=1)
    url = reverse("note_change", args=[world.maths.pk, note.pk])
    assert sign_in(world.amina).get(url).status_code == 404
    assert change(by=world.baraka, note=note, words=note.words(), version=1) is False


def test_a_report_can_be_taken_back_by_its_author_alone(world, sign_in, note):
    trial = report(by=world.amina, note=note, result="worked")
    back = reverse("note_trial_take_back", args=[world.maths.pk, trial.pk])
    assert sign_in(world.otieno).post(back).status_code == 404
    assert sign_in(world.amina).post(back).status_code == 302
    assert not Trial.objects.exists()


def test_a_resting_community_reads_and_adds_nothing(world, sign_in, note):
    world.maths.stage = "resting"
    world.maths.save()
    url = reverse("practice_note", args=[world.maths.pk, note.pk])
    page = sign_in(world.amina).get(url)
    assert page.status_code == 200
    assert reverse("note_tried", args=[world.maths.pk, note.pk]) not in page.content.decode()
    with pytest.raises(Refused):
        report(by=world.amina, note=note, result="worked")
