"""Change, replace, take out, bring back; it helped; the shelf; sharing onward."""

import io

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffroom.core import hooks
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.retention import keep as retain
from staffroom.library import reach
from staffroom.library.actions import resource_marks as marks
from staffroom.library.actions import resources as actions
from staffroom.library.actions.resources import About
from staffroom.library.models import Edition, Resource, ResourceHelped, ShelfItem
from staffroom.library.queries import resources as queries
from tests.library.makers import a_resource, for_all

PEOPLE = [
    "amina",
    "baraka",
    "chausiku",
    "daudi",
    "esther",
    "farid",
    "gathoni",
    "hamisi",
    "nafula",
    "otieno",
]


def who(world, check, *rest) -> set[str]:
    """Everybody whom `check(person, *rest)` lets through."""
    let = set()
    for name in PEOPLE:
        try:
            check(getattr(world, name), *rest)
            let.add(name)
        except (NotYours, Refused):
            pass
    return let


MEMBERS = {"amina", "baraka", "nafula", "otieno"}


def test_who_sees_what(world):
    here, everyones = a_resource(world), for_all(world)
    assert who(world, queries.one, here.pk) == MEMBERS | {"chausiku"}
    assert who(world, queries.one, everyones.pk) == set(PEOPLE)
    assert who(world, reach.check_change, here) == {"amina", "baraka"}
    assert who(world, reach.check_change, everyones) == {"gathoni", "hamisi"}
    shared = marks.share_with_all(by=world.nafula, resource=here)
    assert who(world, queries.one, shared.pk) == set(PEOPLE)
    assert who(world, reach.check_change, shared) == {"amina", "baraka"}
    # The office takes back what all see; in its own community it stays.
    assert who(world, reach.check_take_back, shared) == {"amina", "baraka", "gathoni", "hamisi"}
    # Outside its home nobody learns who put it there.
    assert queries.giver(world.nafula, shared) == world.amina
    assert queries.giver(world.esther, shared) is None
    assert queries.places(world.esther, shared) == []


def test_whoever_left_no_longer_changes_it(world):
    here = a_resource(world, by=world.nafula)
    world.nafula.memberships.update(state="left")
    with pytest.raises(NotYours):
        actions.change(by=world.nafula, resource=here, about=About(title="Mine", kind="story"))


def test_describe_it_better(world):
    here = a_resource(world)
    about = About(
        title=" Upepo\u202e ", kind="story", grades=[2, 1], subjects=["science"], language="sw"
    )
    made = actions.change(by=world.baraka, resource=here, about=about)
    assert (made.title, made.grades, made.version) == ("Upepo", [1, 2], 2)
    found = queries.candidates(reach.visible_to(world.otieno), grade=1, subject="science")
    assert list(found) == [made]
    assert not queries.candidates(reach.visible_to(world.otieno), grade=11).exists()
    assert not queries.candidates(reach.visible_to(world.otieno), words="upepo nothing").exists()
    with pytest.raises(Refused):
        actions.change(by=world.amina, resource=here, about=About(title="x", grades=[99]))


def test_a_better_file_keeps_the_earlier_one(world):
    here = a_resource(world)
    actions.replace(
        by=world.amina, resource=here, file=io.BytesIO(b"# Wind, mended"), name="wind2.md"
    )
    here.refresh_from_db()
    assert (here.edition, here.size) == (2, 14)
    assert [one.name for one in queries.earlier(here)] == ["wind.md"]
    again = io.BytesIO(b"# Wind, mended")
    actions.replace(by=world.amina, resource=here, file=again, name="wind2.md")
    assert Edition.objects.count() == 2
    with pytest.raises(NotYours):
        actions.replace(by=world.otieno, resource=here, file=io.BytesIO(b"x"), name="x.md")


def test_taken_out_and_brought_back(world):
    here = a_resource(world)
    actions.remove(by=world.amina, resource=here)
    assert who(world, queries.one, here.pk) == set()
    with pytest.raises(NotYours):
        actions.restore(by=world.otieno, resource=here)
    actions.restore(by=world.amina, resource=here)
    assert who(world, queries.one, here.pk) == MEMBERS | {"chausiku"}


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_out_goes_for_good_after_its_days(world):
    here = a_resource(world)
    actions.remove(by=world.amina, resource=here)
    retain()
    assert Resource.objects.exists()
    Resource.objects.update(removed_at=now().replace(year=2020))
    retain()
    assert not Resource.objects.exists()
    assert default_storage.listdir("library")[1] == []


def test_it_helped_counts_people_and_not_its_giver(world):
    here = a_resource(world)
    for person in (world.otieno, world.nafula, world.nafula):
        marks.help(by=person, resource=here)
    here.refresh_from_db()
    assert here.helped_count == 2
    marks.unhelp(by=world.otieno, resource=here)
    here.refresh_from_db()
    assert here.helped_count == 1
    with pytest.raises(Refused, match="The others say"):
        marks.help(by=world.amina, resource=here)
    with pytest.raises(NotYours):
        marks.help(by=world.esther, resource=here)


def test_the_shelf_is_ones_own_and_shows_only_what_may_be_seen(world):
    here = a_resource(world)
    marks.put_on_shelf(by=world.nafula, resource=here)
    marks.put_on_shelf(by=world.nafula, resource=here)
    assert list(queries.shelf(world.nafula)) == [here]
    assert list(queries.shelf(world.amina)) == []
    world.nafula.memberships.update(state="left")
    assert list(queries.shelf(world.nafula)) == []


def test_shared_onward_with_credit(world):
    here = a_resource(world)
    assert queries.may_bring_to(world.amina, here) == [world.sister]
    marks.share(by=world.amina, resource=here, community=world.sister)
    found = queries.one(world.daudi, here.pk)
    assert found.credit == "African Storybook"
    assert queries.giver(world.daudi, found) is None
    assert list(reach.of_community(world.sister)) == [here]
    with pytest.raises(NotYours):
        marks.share(by=world.nafula, resource=here, community=world.sister)
    with pytest.raises(NotYours):
        marks.unshare(by=world.nafula, resource=here, community=world.sister)
    marks.unshare(by=world.amina, resource=here, community=world.sister)
    with pytest.raises(NotYours):
        queries.one(world.daudi, here.pk)


def test_own_work_goes_further_only_by_its_giver(world):
    plan = a_resource(world, by=world.nafula, kind="lesson-plan", licence="own", title="My plan")
    with pytest.raises(Refused, match="Ask whoever put it here"):
        marks.share(by=world.amina, resource=plan, community=world.sister)
    with pytest.raises(Refused, match="Ask whoever put it here"):
        marks.share_with_all(by=world.amina, resource=plan)
    assert marks.share_with_all(by=world.nafula, resource=plan).for_all
    assert not marks.unshare_with_all(by=world.nafula, resource=plan).for_all


def test_lists_cost_the_same_whatever_is_in_them(world, sign_in):
    browser = sign_in(world.amina)
    url = reverse("community_library", args=[world.maths.pk])
    first = a_resource(world)
    counts = []
    for many in (10, 200):
        Resource.objects.bulk_create(
            Resource(programme=world.programme, community=world.maths, kind="story",
                     title=f"Story {n}", size=2000, subjects=["science"], grades=[n % 9])
            for n in range(many)
        )  # fmt: skip
        browser.get(url)
        with CaptureQueriesContext(connection) as seen:
            page = browser.get(url)
        assert page.status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    page = browser.get(
        url, {"grade": "3", "kind": "story", "subject": "science", "words": "story 1"}
    )
    assert b"Story 12<" in page.content
    assert b"Story 13<" not in page.content
    assert first.title.encode() not in page.content


def test_a_large_library_offers_every_filter(world, monkeypatch):
    a_resource(world, kind="story", grades=[2], language="sw")
    few = queries.choices_in(reach.of_community(world.maths))
    assert few == {
        "subjects": ["mathematics"],
        "grades": [2],
        "kinds": ["story"],
        "languages": ["sw"],
    }
    monkeypatch.setattr(queries, "LARGE", 0)
    assert len(queries.choices_in(reach.of_community(world.maths))["kinds"]) == 10


def test_who_leaves_takes_along_or_leaves_without_a_name(world):
    here, kept = a_resource(world, by=world.nafula), a_resource(world, by=world.otieno)
    marks.help(by=world.nafula, resource=kept)
    marks.put_on_shelf(by=world.nafula, resource=kept)
    told = {}
    for part in hooks.export_person.call(person=world.nafula):
        told |= part
    assert [one["title"] for one in told["resources"]] == ["Wind"]
    assert len(told["resources_helped"]) == len(told["shelf"]) == 1
    hooks.erase_person.call(person=world.nafula, keep_contributions=False)
    assert not Resource.objects.filter(pk=here.pk).exists()
    assert not ResourceHelped.objects.exists()
    assert not ShelfItem.objects.exists()
    kept.refresh_from_db()
    assert kept.helped_count == 0
    hooks.erase_person.call(person=world.otieno, keep_contributions=True)
    kept.refresh_from_db()
    assert kept.added_by is None
    assert kept.editions.get().added_by is None


def test_two_accounts_become_one(world):
    here = a_resource(world, by=world.nafula)
    for person in (world.otieno, world.amina):
        marks.help(by=person, resource=here)
    hooks.merge_people.call(keep=world.nafula, drop=world.otieno)
    here.refresh_from_db()
    assert here.helped_count == 1
