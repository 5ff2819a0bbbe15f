"""Trust in what the library has: a community's own, and what is for everybody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from staffroom.core.errors import NotYours
from staffroom.core.ids import short
from staffroom.library.actions import trust_correct, trust_verify
from staffroom.library.actions.resource_marks import put_on_shelf
from staffroom.library.actions.resources import About, change
from staffroom.library.queries.trust import state_of
from staffroom.library.queries.trust_desk import desk, words_for
from tests.library.makers import a_resource, for_all
from tests.library.trust_things import deliver


def on(resource):
    return {"kind": "resource", "thing": resource.pk}


def verify(person, resource):
    trust_verify.verify(by=person, **on(resource))


def correct(person, resource, text="Page 3 should say 12."):
    trust_correct.correct(by=person, **on(resource), text=text, source="The printed book")


def state(resource):
    return state_of("resource", resource.pk)


@pytest.fixture
def ours(world):
    return a_resource(world, title="Ours-title")


@pytest.fixture
def shared(world):
    return for_all(world, title="Shared-title")


def test_two_members_or_the_adviser_verify_what_is_ours(world, ours):
    verify(world.nafula, ours)
    assert state(ours) == "unverified"
    verify(world.otieno, ours)
    assert state(ours) == "verified"


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "gathoni", "hamisi"])
def test_nobody_else_judges_what_is_ours(world, ours, who):
    with pytest.raises(NotYours):
        verify(getattr(world, who), ours)


def test_what_is_for_all_needs_peers_of_different_communities(world, shared):
    verify(world.nafula, shared)
    verify(world.otieno, shared)
    assert state(shared) == "unverified"
    verify(world.daudi, shared)
    assert state(shared) == "verified"


def test_a_school_leader_is_one_of_two(world, shared):
    verify(world.esther, shared)
    verify(world.nafula, shared)
    assert state(shared) == "verified"


def test_who_has_it_on_the_shelf_hears_of_a_correction(world, ours):
    put_on_shelf(by=world.otieno, resource=ours)
    correct(world.chausiku, ours)
    deliver()
    assert words_for(world.otieno)
    assert words_for(world.amina), "who put it there"
    assert not words_for(world.nafula)


def test_described_anew_it_is_looked_at_anew(world, ours):
    verify(world.chausiku, ours)
    change(by=world.amina, resource=ours, about=About(title="Another title", kind=ours.kind))
    assert state(ours) == "unverified"


def test_the_desks(world, ours, shared, sign_in):
    def titles(person, leaders):
        return {one.thing.title for one in desk(person, leaders=leaders, reach=True).waiting}

    assert titles(world.chausiku, False) == {"Ours-title", "Shared-title"}
    assert titles(world.esther, True) == {"Shared-title"}
    seen = sign_in(world.esther).get("/trust/library").content.decode()
    assert "Shared-title" in seen
    for word in ("Ours-title", "Amina", "Nafula", "Mathematics"):
        assert word not in seen
    verify(world.chausiku, shared)
    assert titles(world.esther, True) == set()


def test_on_its_page_it_stands_with_names_inside_alone(world, ours, shared, sign_in):
    correct(world.chausiku, ours)
    correct(world.chausiku, shared)
    seen = sign_in(world.nafula).get(f"/library/{short(ours.pk)}").content.decode()
    assert "Page 3 should say 12." in seen
    assert "Chausiku Kimani, adviser" in seen
    seen = sign_in(world.esther).get(f"/library/{short(shared.pk)}").content.decode()
    assert "Page 3 should say 12." in seen
    assert "an adviser" in seen
    assert "Chausiku" not in seen


def test_no_query_grows_with_what_waits(world, shared):
    counts = []
    for many in (2, 9):
        for number in range(many):
            for_all(world, title=f"Shared {number} of {many}")
        with CaptureQueriesContext(connection) as asked:
            desk(world.esther, leaders=True, reach=False)
        counts.append(len(asked))
    assert counts[0] == counts[1]
