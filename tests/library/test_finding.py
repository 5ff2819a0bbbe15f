"""What stands in the library is found by whoever may see it, and by nobody else."""

import pytest

from staffroom.communities.models import Membership
from staffroom.core.clock import now
from staffroom.core.models import SearchEntry
from staffroom.core.retrieval import reindex
from staffroom.core.retrieval.finding import Filters, find
from staffroom.library.actions import resource_marks as marks
from staffroom.library.actions.note_making import take_off
from staffroom.library.actions.note_sharing import keep_inside, let_travel
from staffroom.library.actions.plans.begin import remove as remove_plan
from staffroom.library.actions.plans.share import share as share_plan
from staffroom.library.actions.resources import remove, restore
from tests.library.makers import a_resource, for_all
from tests.library.plan_makers import a_plan, put


def found(person, text, **filters):
    page = find(person=person, text=text, filters=Filters(**filters))
    return [one.id for one in page.found]


def test_a_resource_is_found_inside_its_community_until_it_is_shared(world):
    story = a_resource(world, title="Zebra crossing")
    assert found(world.amina, "zebra") == [story.pk]
    assert found(world.amina, "zebra", within=world.maths.pk) == [story.pk]
    assert found(world.amina, "carries the seeds") == [story.pk]  # the words of its file
    for outside in (world.daudi, world.esther, world.farid):
        assert found(outside, "zebra") == []
    marks.share_with_all(by=world.amina, resource=story)
    assert found(world.daudi, "zebra") == found(world.esther, "zebra") == [story.pk]
    marks.unshare_with_all(by=world.amina, resource=story)
    assert found(world.daudi, "zebra") == []


def test_what_was_brought_to_another_community_is_found_there(world):
    story = a_resource(world, title="Zebra crossing")
    Membership.objects.get_or_create(
        community=world.sister,
        person=world.amina,
        defaults={"state": "active", "joined_at": now()},
    )
    marks.share(by=world.amina, resource=story, community=world.sister)
    assert found(world.daudi, "zebra") == [story.pk]
    assert found(world.farid, "zebra") == []
    marks.unshare(by=world.amina, resource=story, community=world.sister)
    assert found(world.daudi, "zebra") == []


def test_what_was_taken_out_is_not_found_until_it_returns(world):
    story = for_all(world, title="Zebra crossing")
    assert found(world.esther, "zebra", kinds=("resource",)) == [story.pk]
    remove(by=world.gathoni, resource=story)
    assert found(world.esther, "zebra") == []
    assert not SearchEntry.objects.filter(object_id=story.pk).exists()
    restore(by=world.gathoni, resource=story)
    assert found(world.esther, "zebra") == [story.pk]


def test_a_note_is_found_inside_and_where_it_travels(world, note):
    assert found(world.nafula, "folded paper", kinds=("note",)) == [note.pk]
    assert found(world.daudi, "folded paper") == []
    let_travel(by=world.baraka, note=note)
    assert found(world.daudi, "folded paper") == [note.pk]
    assert found(world.esther, "folded paper") == []  # she supervises a member
    keep_inside(by=world.baraka, note=note)
    assert found(world.daudi, "folded paper") == []
    take_off(by=world.baraka, note=note)
    assert found(world.nafula, "folded paper", kinds=("note",)) == []


def test_a_plan_is_found_by_its_sections(world):
    plan = a_plan(world)
    put(world.amina, plan, "Fold a zebra of paper.")
    assert found(world.nafula, "zebra") == [plan.pk]
    assert found(world.daudi, "zebra") == []
    share_plan(by=world.amina, plan=plan)
    assert found(world.daudi, "zebra") == [plan.pk]
    assert found(world.esther, "zebra") == []
    remove_plan(by=world.amina, plan=plan)
    assert found(world.nafula, "zebra") == []


@pytest.mark.parametrize("lost", [True, False])
def test_the_night_mends_what_was_lost(world, lost, note):
    story, plan = a_resource(world, title="Zebra crossing"), a_plan(world)
    before = set(SearchEntry.objects.values_list("object_id", flat=True))
    assert {story.pk, plan.pk, note.pk} <= before
    if lost:
        SearchEntry.objects.all().delete()
    reindex.reindex()
    assert set(SearchEntry.objects.values_list("object_id", flat=True)) == before
