"""A note travels on this installation: let out, read by colleagues elsewhere, brought along."""

import pytest
from django.urls import reverse

from staffroom.core.errors import NotYours, Refused
from staffroom.library.actions.note_credits import answer
from staffroom.library.actions.note_making import change
from staffroom.library.actions.note_sharing import bring, keep_inside, let_travel
from staffroom.library.actions.note_trials import report
from staffroom.library.models import Note
from tests.library.conftest import WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def out(world, note):
    """Nafula agreed to be named; Baraka let it travel."""
    answer(by=world.nafula, note=note, yes=True)
    report(by=world.otieno, note=note, result="worked", what="Sekret-report")
    let_travel(by=world.baraka, note=note)
    return note


def test_inside_until_it_is_let_out(world, sign_in, note):
    assert note.title.encode() not in sign_in(world.farid).get(reverse("notes_shelf")).content
    url = reverse("note_travel", args=[world.maths.pk, note.pk])
    assert sign_in(world.amina).get(url).status_code == 404  # who wrote it down, the moderator
    page = sign_in(world.baraka).get(url).content.decode()
    assert "as authors: 2 colleagues" in page
    assert sign_in(world.baraka).post(url).status_code == 302
    assert note.title.encode() in sign_in(world.farid).get(reverse("notes_shelf")).content
    sign_in(world.baraka).post(url)
    assert note.title.encode() not in sign_in(world.farid).get(reverse("notes_shelf")).content


def test_outside_stand_consented_names_and_counts_alone(world, sign_in, out):
    page = sign_in(world.farid).get(reverse("travelling_note", args=[out.pk])).content.decode()
    assert "Nafula Wekesa" in page
    assert "Tried in 1 class: worked in 1" in page
    for inside in ("Amina", "Baraka", "Otieno", "Sekret-report"):
        assert inside not in page


def test_a_supervisor_of_a_member_reads_it_nowhere(world, sign_in, out):
    esther = sign_in(world.esther)
    assert out.title.encode() not in esther.get(reverse("notes_shelf")).content
    assert esther.get(reverse("travelling_note", args=[out.pk])).status_code == 404
    assert esther.get(reverse("note_bring", args=[out.pk])).status_code == 404
    with pytest.raises(NotYours):
        bring(by=world.esther, note=out, community=world.sister)


def test_another_community_brings_it_onto_its_shelf(world, sign_in, out):
    url = reverse("note_bring", args=[out.pk])
    daudi = sign_in(world.daudi)
    assert daudi.post(url, {"community": str(world.sister.pk)}).status_code == 302
    copy = Note.objects.get(community=world.sister)
    assert (copy.words(), copy.source, copy.far_worked) == (out.words(), out, 1)
    page = daudi.get(reverse("practice_note", args=[world.sister.pk, copy.pk])).content.decode()
    assert "Thanks to Nafula Wekesa, a colleague" in page
    assert "First made in Mathematics, Mwingi" in page
    daudi.post(url, {"community": str(world.sister.pk)})  # twice is once
    assert Note.objects.filter(community=world.sister).count() == 1
    # Not into a community one is not in, and not into the one it comes from.
    assert daudi.post(url, {"community": str(world.maths.pk)}).status_code == 422
    with pytest.raises(Refused):
        bring(by=world.amina, note=out, community=world.maths)


def test_a_name_taken_back_goes_from_the_copies_too(world, sign_in, out):
    copy = bring(by=world.daudi, note=out, community=world.sister)
    answer(by=world.nafula, note=out, yes=False)
    page = sign_in(world.daudi).get(reverse("practice_note", args=[world.sister.pk, copy.pk]))
    assert b"Nafula" not in page.content


def test_kept_inside_again_the_copies_stay(world, out):
    copy = bring(by=world.daudi, note=out, community=world.sister)
    keep_inside(by=world.baraka, note=out)
    with pytest.raises(NotYours):
        bring(by=world.amina, note=out, community=world.sister)
    assert Note.objects.filter(pk=copy.pk).exists()


def test_a_copy_says_when_its_source_has_changed(world, sign_in, out):
    copy = bring(by=world.daudi, note=out, community=world.sister)
    change(by=world.baraka, note=out, words=WORDS | {"worked": "Otherwise."}, version=1)
    page = sign_in(world.daudi).get(reverse("practice_note", args=[world.sister.pk, copy.pk]))
    assert b"It has changed since." in page.content
