"""The pages of the library: what they tell before anything is fetched, and to whom."""

import pytest
from django.urls import reverse

from staffroom.core.errors import NotYours
from staffroom.core.ids import short
from staffroom.library.actions import collections
from staffroom.library.actions import resource_marks as marks
from staffroom.library.actions.resource_reports import hide, keep, report
from staffroom.library.models import Collection, Resource, ResourceReport
from staffroom.library.queries.resource_reports import waiting_for
from tests.library.makers import STORY, a_resource, a_video, for_all


def at(name, *ids):
    return reverse(name, args=list(ids))


def test_weight_and_beginning_before_anything_is_fetched(world, sign_in):
    here = a_resource(world, data=(STORY + "Seeds. " * 1000).encode())
    page = sign_in(world.nafula).get(at("resource", here.pk)).content.decode()
    assert "The wind blows." in page
    assert '<bdi dir="ltr">7 KB</bdi>' in page
    assert "CC BY" in page
    assert "African Storybook" in page
    assert "put here by" in page
    assert "<img" not in page
    words = sign_in(world.nafula).get(at("resource_words", here.pk), {"page": 2})
    assert b"Seeds." in words.content
    assert len(words.content) < 12_000


def test_a_video_is_given_in_parts(world, sign_in):
    film = a_resource(world, kind="video", name="half.mp4", data=a_video())
    url = at("resource_file", film.pk, 1)
    part = sign_in(world.otieno).get(url, headers={"Range": "bytes=0-99"})
    assert (part.status_code, part["Content-Length"]) == (206, "100")
    assert part["Content-Disposition"].startswith("inline")
    assert part["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert sign_in(world.esther).get(url).status_code == 404
    assert sign_in(world.otieno).get(at("resource_file", film.pk, 2)).status_code == 404


def test_the_head_teacher_finds_what_is_for_all_and_nothing_else(world, sign_in):
    a_resource(world, title="Sekret of maths")
    shared = a_resource(world, title="Shared by maths", name="b.md", data=b"# B")
    marks.share_with_all(by=world.nafula, resource=shared)
    for_all(world)
    page = sign_in(world.esther).get(reverse("library")).content.decode()
    assert "Rain for all" in page
    assert "Shared by maths" in page
    assert "Sekret" not in page
    one = sign_in(world.esther).get(at("resource", shared.pk)).content.decode()
    assert "Amina" not in one
    assert "Mwingi" not in one
    assert sign_in(world.esther).get(at("community_library", world.maths.pk)).status_code == 404


def test_taken_out_with_an_undo(world, sign_in):
    here = a_resource(world)
    browser = sign_in(world.amina)
    page = browser.post(at("remove_resource", here.pk), follow=True).content.decode()
    assert at("restore_resource", here.pk) in page
    assert "Bring it back" in browser.get(at("resource", here.pk)).content.decode()
    assert sign_in(world.otieno).get(at("resource", here.pk)).status_code == 404
    browser.post(at("restore_resource", here.pk))
    assert sign_in(world.otieno).get(at("resource", here.pk)).status_code == 200


def test_a_collection_is_made_ordered_and_deleted(world, sign_in):
    one, two = a_resource(world), a_resource(world, title="Rain", name="b.md", data=b"# B")
    browser = sign_in(world.nafula)
    browser.post(at("new_collection_here", world.maths.pk), {"name": "For Monday", "about": ""})
    made = Collection.objects.get()
    for each in (one, two):
        browser.post(at("collect", each.pk), {"collection": str(made.pk)})
    order = at("order_collection", made.pk)
    browser.post(order, {"down": short(one.pk)})
    assert [item.resource for item in made.items.all()] == [two, one]
    browser.post(order, {"out": short(two.pk)})
    assert [item.resource for item in made.items.all()] == [one]
    assert sign_in(world.daudi).get(at("collection", made.pk)).status_code == 404
    assert sign_in(world.chausiku).post(order, {"out": short(one.pk)}).status_code == 404
    browser.post(at("delete_collection", made.pk))
    assert not Collection.objects.exists()
    assert Resource.objects.count() == 2


def test_a_collection_of_ones_own_is_nobody_elses(world, sign_in):
    here = a_resource(world)
    mine = collections.make(by=world.nafula, name="Mine")
    collections.put(by=world.nafula, collection=mine, resource=here)
    assert sign_in(world.amina).get(at("collection", mine.pk)).status_code == 404
    assert b"Mine" in sign_in(world.nafula).get(reverse("shelf")).content
    # What one can no longer see is not told of.
    world.nafula.memberships.update(state="left")
    assert b"Wind" not in sign_in(world.nafula).get(at("collection", mine.pk)).content


def test_a_look_at_what_was_reported(world, sign_in):
    here = a_resource(world)
    sent = {"reason": "rights", "note": "It is from a book"}
    assert sign_in(world.otieno).post(at("report_resource", here.pk), sent).status_code == 302
    sign_in(world.otieno).post(at("report_resource", here.pk), sent)
    assert ResourceReport.objects.count() == 1
    desk = sign_in(world.baraka)
    assert b"Wind" in desk.get(reverse("resource_reports")).content
    page = desk.get(at("decide_resource", here.pk)).content.decode()
    assert "It is from a book" in page
    assert "Otieno" not in page
    assert desk.post(at("decide_resource", here.pk), {"why": ""}).status_code == 422
    desk.post(at("decide_resource", here.pk), {"why": "Its publisher has not allowed it."})
    assert sign_in(world.nafula).get(at("resource", here.pk)).status_code == 404
    told = sign_in(world.amina).get(at("resource", here.pk)).content.decode()
    assert "Its publisher has not allowed it." in told
    desk.post(at("unhide_resource", here.pk))
    assert sign_in(world.nafula).get(at("resource", here.pk)).status_code == 200


def test_nobody_decides_about_their_own_but_the_adviser_of_a_moderators(world):
    here, other = a_resource(world, by=world.baraka), a_resource(world, name="b.md", data=b"# B")
    for one in (here, other):
        report(by=world.otieno, resource=one, reason="wrong")
    for person in (world.baraka, world.otieno, world.gathoni, world.esther):
        with pytest.raises(NotYours):
            keep(by=person, resource=here)
    assert list(waiting_for(world.chausiku)) == [here]
    assert list(waiting_for(world.baraka)) == [other]
    with pytest.raises(NotYours):
        hide(by=world.chausiku, resource=other, why="x")
    keep(by=world.chausiku, resource=here)
    assert not waiting_for(world.chausiku).exists()


def test_the_office_takes_from_all_and_not_from_a_community(world, sign_in):
    here = marks.share_with_all(by=world.amina, resource=a_resource(world))
    report(by=world.esther, resource=here, reason="rights")
    assert list(waiting_for(world.gathoni)) == [here]
    hide(by=world.gathoni, resource=here, why="Ask the publisher first.")
    assert sign_in(world.esther).get(at("resource", here.pk)).status_code == 404
    page = sign_in(world.amina).get(at("resource", here.pk)).content.decode()
    assert "Ask the publisher first." in page
    assert "The wind blows." in page
