"""Trust in practice notes: judged at home, shown where they travel."""

import pytest

from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.library.actions import trust_correct, trust_verify
from staffroom.library.actions.note_making import change
from staffroom.library.models import Note
from staffroom.library.queries.trust import state_of
from staffroom.library.queries.trust_desk import desk, words_for
from tests.library.conftest import WORDS
from tests.library.trust_things import deliver


def verify(person, note):
    trust_verify.verify(by=person, kind="note", thing=note.pk)


def state(note):
    return state_of("note", note.pk)


def correct(person, note):
    said = {"text": "Fold the strip in three.", "source": "Tried in class"}
    trust_correct.correct(by=person, kind="note", thing=note.pk, **said)


def test_two_who_did_not_make_it_or_the_adviser(world, note):
    verify(world.otieno, note)
    assert state(note) == "unverified"
    verify(world.chausiku, note)
    assert state(note) == "verified"
    for person in (world.baraka, world.amina, world.nafula):  # it is made of what they wrote
        with pytest.raises(Refused):
            verify(person, note)


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "gathoni", "hamisi"])
def test_nobody_else(world, note, who):
    with pytest.raises(NotYours):
        verify(getattr(world, who), note)


def test_changed_it_is_looked_at_anew(world, note):
    verify(world.chausiku, note)
    change(
        by=world.baraka, note=note, words=WORDS | {"worked": "Another way."}, version=note.version
    )
    assert state(note) == "unverified"
    deliver()
    assert [(word.thing.id, word.what) for word in words_for(world.chausiku)] == [
        (note.pk, "edited")
    ]
    assert not words_for(world.otieno)  # who had not verified it hears nothing
    change(
        by=world.baraka,
        note=note,
        words=WORDS | {"worked": "A third way."},
        version=note.version + 1,
    )
    deliver()
    assert len(words_for(world.chausiku)) == 1


def test_on_its_page_and_on_the_desk(world, note, sign_in):
    assert [each.thing.title for each in desk(world.chausiku, leaders=False, reach=False).waiting
            if each.thing.kind == "note"] == [note.title]  # fmt: skip
    correct(world.chausiku, note)
    deliver()
    assert words_for(world.nafula)
    url = f"/c/{short(world.maths.pk)}/notes/{short(note.pk)}"
    assert words_for(world.baraka)[0].thing.address == url
    seen = sign_in(world.otieno).get(url).content.decode()
    assert "Fold the strip in three." in seen
    assert "Chausiku Kimani, adviser" in seen


def test_where_it_travels_nobody_is_named_and_nobody_judges(world, note, sign_in):
    Note.objects.filter(pk=note.pk).update(shared_at=note.made_at)
    correct(world.chausiku, note)
    seen = sign_in(world.daudi).get(f"/notes/{short(note.pk)}").content.decode()
    assert "Fold the strip in three." in seen
    assert "Chausiku" not in seen
    with pytest.raises(NotYours):
        verify(world.daudi, note)
    assert sign_in(world.esther).get(f"/trust/note/{short(note.pk)}").status_code == 404
