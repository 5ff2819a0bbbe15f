"""What the desk holds about a person: taken along, forgotten, brought together, and not kept for ever."""

import datetime as dt

import pytest

from staffroom.communities.models import Term
from staffroom.core import hooks, retention
from staffroom.core.clock import now
from staffroom.facilitation.models import Act, InviteText, Load, Word


@pytest.fixture
def held(nudged):
    term = Term.objects.get(person=nudged.baraka)
    nudged.act = Act.objects.create(
        community=nudged.maths, term=term, key="quiet:x", state="done", about=nudged.nafula
    )
    nudged.word = Word.objects.create(
        community=nudged.maths,
        person=nudged.nafula,
        by=nudged.baraka,
        kind="invitation",
        act=nudged.act,
        text="We miss you.",
    )
    Load.objects.create(term=term, seconds=600)
    InviteText.objects.create(
        community=nudged.maths, language="en", text="We miss you.", changed_by=nudged.baraka
    )
    return nudged


def export(person) -> dict:
    found: dict = {}
    for part in hooks.export_person.call(person=person):
        found |= part
    return found


def test_each_takes_along_what_is_theirs(held):
    nafula, baraka = export(held.nafula), export(held.baraka)
    assert [word["text"] for word in nafula["words_from_desks"]] == ["We miss you."]
    assert [act["kind"] for act in nafula["acts_of_desks_about_me"]] == ["quiet"]
    assert nafula["acts_at_my_desk"] == []
    assert [one["minutes"] for one in baraka["time_of_my_terms"]] == [10]
    assert [one["language"] for one in baraka["words_of_invitation_changed"]] == ["en"]
    assert "Nafula" not in str(baraka["acts_at_my_desk"])
    assert str(held.nafula.pk) not in str(baraka["acts_at_my_desk"])


@pytest.mark.parametrize("name", ["nafula", "baraka"])
def test_who_leaves_is_forgotten(held, name):
    hooks.erase_person.call(person=getattr(held, name), keep_contributions=True)
    assert not Word.objects.exists()
    assert not Act.objects.exists()
    assert Load.objects.exists() == (name == "nafula")
    assert InviteText.objects.get().text == "We miss you."


def test_two_accounts_of_one_person_have_no_word_for_each_other(held):
    hooks.merge_people.call(keep=held.baraka, drop=held.nafula)
    assert not Word.objects.exists()
    assert not Act.objects.exists()


def test_nothing_is_kept_for_ever(held, tuesday):
    Term.objects.filter(person=held.baraka).update(ended_at=now())
    tuesday.shift(dt.timedelta(days=400))
    retention.keep()
    assert not Word.objects.exists()
    assert not Act.objects.exists()
    assert not Load.objects.exists()


def test_what_is_not_over_stays(held, tuesday):
    Act.objects.update(again_on=now().date() + dt.timedelta(days=300))
    tuesday.shift(dt.timedelta(days=200))
    retention.keep()
    assert Act.objects.exists()
