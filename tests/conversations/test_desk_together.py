"""Several people at the desk at once, and one photo sent twice at once."""

import pytest
from django.core.files.storage import default_storage

from staffroom.communities.models import Advisership
from staffroom.conversations.actions.decide import AlreadyDecided, decide
from staffroom.conversations.actions.photos import attach, keep
from staffroom.conversations.actions.report import report
from staffroom.conversations.models import Decision, Photo, Report
from staffroom.core.clock import now
from tests.conversations.makers import a_picture, a_post
from tests.conversations.test_together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_decide_at_once_and_one_is_told(world):
    Advisership.objects.update(ended_at=now())
    post = a_post(world.maths, world.baraka)
    report(by=world.amina, post=post, reason="unkind")
    raised = at_once(
        lambda: decide(by=world.nafula, post=post, choice="hidden", why="x"),
        lambda: decide(by=world.otieno, post=post, choice="kept"),
    )
    assert [type(error) for error in raised] == [AlreadyDecided]
    decision = Decision.objects.get()
    post.refresh_from_db()
    assert (post.hidden_at is not None) == (decision.choice == "hidden")


def test_one_reports_twice_at_once(world):
    post = a_post(world.maths, world.otieno)
    acts = [lambda: report(by=world.amina, post=post, reason="unkind")] * 3
    assert not at_once(*acts)
    assert Report.objects.count() == 1


def test_one_photo_twice_at_once(world):
    assert not at_once(*[lambda: keep(by=world.amina, community=world.maths, file=a_picture())] * 3)
    photo = Photo.objects.get()
    files = ("file", "small", "avif", "avif_small", "jpeg", "jpeg_small")
    names = {getattr(photo, each).name.split("/")[1] for each in files if getattr(photo, each)}
    assert set(default_storage.listdir("photos")[1]) == names


def test_five_photos_at_once_are_at_most_four(world):
    post = a_post(world.maths, world.amina)
    waiting = [
        keep(by=world.amina, community=world.maths, file=a_picture(colour=colour))
        for colour in ("red", "green", "blue", "pink", "tan")
    ]
    at_once(
        *[
            lambda some=some: attach(post=post, by=world.amina, photos=[one.pk for one in some])
            for some in (waiting[:3], waiting[2:])
        ]
    )
    assert post.photos.count() <= 4
