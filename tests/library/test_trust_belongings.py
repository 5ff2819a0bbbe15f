"""A person's part: taken along, forgotten, brought together; and what is gone leaves nothing behind."""

import pytest

from staffroom.communities.models import Membership
from staffroom.conversations.actions.remove import forget_words
from staffroom.conversations.models import Post
from staffroom.core import hooks
from staffroom.core.clock import now
from staffroom.library.hooks import trust_belongings
from staffroom.library.models import Correction, Hearing, Trust, Voice
from staffroom.library.queries.trust import mark_of
from tests.conftest import make_person
from tests.library.trust_things import correct, deliver, dispute, state, verify


def export(person):
    whole: dict = {}
    for part in hooks.export_person:
        whole |= part(person=person)
    return whole


def erase(person, keep):
    hooks.erase_person.call(person=person, keep_contributions=keep)


def test_one_takes_along_what_one_judged(world, answered):
    verify(world.amina, answered)
    dispute(world.baraka, answered)
    correct_other(world)
    assert export(world.amina)["verifications"][0]["thing"] == str(answered.pk)
    assert export(world.baraka)["dispute_sides"][0]["text"] == "It fails for zero."
    assert export(world.chausiku)["corrections"][0]["source"] == "KIE book 7, page 12"
    assert not export(world.otieno)["verifications"]


def correct_other(world):
    other = Post.objects.get(kind="question")
    correct(world.chausiku, other)


@pytest.mark.parametrize(("keep", "wanted"), [(True, "verified"), (False, "unverified")])
def test_a_voice_counts_on_without_a_name_or_goes(world, answered, keep, wanted):
    verify(world.amina, answered)
    verify(world.otieno, answered)
    erase(world.amina, keep)
    assert state(answered) == wanted
    assert not Voice.objects.filter(by=world.amina).exists()


@pytest.mark.parametrize("keep", [True, False])
def test_words_of_whoever_leaves(world, answered, keep):
    correct(world.chausiku, answered)
    deliver()
    erase(world.chausiku, keep)
    assert Correction.objects.filter(text="Four quarters make one.").exists() == keep
    mark = mark_of("post", answered.pk, named=True)
    assert (mark is not None) == keep
    if mark:
        assert [one.name for one in mark.who] == [""]
    erase(world.nafula, True)
    assert not Hearing.objects.filter(person=world.nafula).exists()


def test_with_the_authors_words_what_was_said_about_them_goes(world, answered):
    correct(world.chausiku, answered)
    erase(world.nafula, False)
    assert not Trust.objects.exists()


def test_with_the_words_of_what_was_removed_it_goes_too(world, answered):
    correct(world.chausiku, answered)
    forget_words([answered.pk])
    assert not Trust.objects.exists()


def test_the_night_sweeps_what_belongs_to_nothing(world, answered):
    verify(world.chausiku, answered)
    trust_belongings.sweep(now())
    assert Trust.objects.count() == 1
    Post.objects.filter(pk=answered.pk).delete()
    trust_belongings.sweep(now())
    assert not Trust.objects.exists()


def test_two_accounts_of_one_person_are_one_voice_and_none_on_own_words(world, question, answered):
    twin = make_person("Amina H.", "+254700000099")
    Membership.objects.create(community=world.maths, person=twin, state="active", joined_at=now())
    verify(world.amina, answered)
    from staffroom.communities.models import GroundRules, RuleAgreement

    RuleAgreement.objects.create(person=twin, rules=GroundRules.objects.get(community=world.maths))
    verify(twin, answered)
    verify(twin, question)
    verify(world.otieno, question)
    assert state(answered) == state(question) == "verified"
    hooks.merge_people.call(keep=world.amina, drop=twin)
    Voice.objects.filter(by=twin).update(by=world.amina)
    assert state(answered) == "unverified"
    assert state(question) == "unverified"


def test_rules_tell_how_long(db):
    assert {"trust", "heard_corrections", "skipped"} <= {r.key for r in trust_belongings.rules()}
