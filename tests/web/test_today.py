"""What stands on Today, for each of the known people; and the first page for who is not in."""

import datetime as dt

import pytest
import time_machine
from django.utils import translation

from staffroom.communities.models import Approval, Membership
from staffroom.conversations.models import Mention, Post
from staffroom.core.clock import now
from staffroom.core.ids import short
from staffroom.core.templatetags.ui import hour

TUESDAY_EVENING = dt.datetime(2026, 9, 15, 16, 30, tzinfo=dt.UTC)  # 19:30 in Nairobi


def today(client) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_reads_what_staffroom_is_and_may_sign_in(client, db):
    html = today(client)
    assert 'href="/sign-in"' in html
    assert "No head teacher and no inspector" in html


@time_machine.travel(TUESDAY_EVENING, tick=False)
def test_the_board_tells_the_date_and_greets(world, sign_in):
    html = today(sign_in(world.amina))
    assert "Tuesday 15 September" in html
    assert "Good evening, Amina." in html


@pytest.mark.parametrize(
    ("weekday", "at", "shown"),
    [
        (1, dt.time(20), "Tonight at 8:00 pm"),
        (1, dt.time(18), "Tonight at 6:00 pm"),  # an hour and a half ago: still going on
        (1, dt.time(16), None),  # over
        (2, dt.time(20), None),  # tomorrow
        (None, None, None),
    ],
)
@time_machine.travel(TUESDAY_EVENING, tick=False)
def test_the_set_time_stands_on_the_board_on_its_day(world, sign_in, weekday, at, shown):
    world.maths.set_weekday, world.maths.set_hour = weekday, at
    world.maths.save()
    Post.objects.create(
        community=world.maths,
        kind="prompt",
        author=world.baraka,
        text="Bring one exercise.",
        pinned_at=now(),
    )
    html = today(sign_in(world.amina))
    assert ('class="chalk"' in html) == bool(shown)
    if shown:
        assert shown in html
        assert "Bring one exercise." in html


def test_requests_wait_for_a_member_until_the_member_has_spoken(world, sign_in):
    request = Membership.objects.create(
        community=world.maths, person=world.daudi, state=Membership.State.REQUESTED
    )
    assert "Daudi Barasa" in today(sign_in(world.amina))
    Approval.objects.create(membership=request, member=world.amina, accepts=True)
    assert "Daudi Barasa" not in today(sign_in(world.amina))
    assert "Daudi Barasa" in today(sign_in(world.baraka))


@pytest.mark.parametrize("who", ["esther", "farid", "chausiku", "daudi", "gathoni", "hamisi"])
def test_requests_are_not_told_to_others(world, sign_in, who):
    Membership.objects.create(
        community=world.maths, person=world.farid, state=Membership.State.REQUESTED
    )
    assert "Would like to join us" not in today(sign_in(getattr(world, who)))


def test_who_was_named_sees_it_until_it_was_seen(world, sign_in):
    post = Post.objects.create(
        community=world.maths, kind="message", author=world.otieno, text="Amina, how did it go?"
    )
    mention = Mention.objects.create(post=post, person=world.amina)
    assert "Somebody named you" in today(sign_in(world.amina))
    assert "Somebody named you" not in today(sign_in(world.nafula))
    mention.seen_at = now()
    mention.save()
    assert "Somebody named you" not in today(sign_in(world.amina))


def test_a_removed_post_names_nobody(world, sign_in):
    post = Post.objects.create(
        community=world.maths, kind="message", text="Amina?", removed_at=now()
    )
    Mention.objects.create(post=post, person=world.amina)
    assert "Somebody named you" not in today(sign_in(world.amina))


def test_nothing_of_a_community_is_told_after_leaving_it(world, sign_in):
    post = Post.objects.create(community=world.maths, kind="message", text="Amina?")
    Mention.objects.create(post=post, person=world.amina)
    Membership.objects.filter(community=world.maths, person=world.amina).update(state="left")
    assert "Somebody named you" not in today(sign_in(world.amina))


def test_who_is_in_no_community_is_told_kindly_what_to_do(world, sign_in):
    html = today(sign_in(world.farid))
    assert "A clean board" in html
    assert "You are not in a community yet" in html


def test_what_is_new_stands_with_its_number_and_goes_when_read(world, sign_in):
    Post.objects.create(
        community=world.maths, kind="message", author=world.otieno, text="I folded paper."
    )
    client = sign_in(world.amina)
    html = today(client)
    assert "1 new" in html
    assert "Otieno: I folded paper." in html
    client.get(f"/c/{short(world.maths.pk)}/")
    html = today(client)
    assert "1 new" not in html
    assert "You have read everything" in html
    assert "Otieno: I folded paper." in html, "the way back stays"


def test_a_question_nobody_answered_rises_for_all_but_the_asker(world, sign_in):
    Post.objects.create(
        community=world.maths, kind="question", author=world.otieno, text="Halves?", grade=7
    )
    assert "Be the first to answer" in today(sign_in(world.amina))
    assert "Be the first to answer" not in today(sign_in(world.otieno))


@pytest.mark.parametrize("who", ["esther", "farid"])
def test_esther_and_farid_get_nothing_of_the_communities(world, sign_in, who):
    Post.objects.create(community=world.maths, kind="question", author=world.amina, text="Halves?")
    html = today(sign_in(getattr(world, who)))
    for word in ("Halves?", "Mathematics, Mwingi", "Science, Kitui East"):
        assert word not in html


@pytest.mark.parametrize(
    ("at", "english", "swahili", "urdu"),
    [
        (dt.time(7), "7:00 am", "saa 1 asubuhi", "صبح 7 بجے"),
        (dt.time(12), "12:00 pm", "saa 6 mchana", "دوپہر 12 بجے"),
        (dt.time(16, 30), "4:30 pm", "saa 10:30 jioni", "شام 4:30 بجے"),
        (dt.time(20), "8:00 pm", "saa 2 usiku", "رات 8 بجے"),
        (dt.time(0, 15), "12:15 am", "saa 6:15 usiku", "رات 12:15 بجے"),
    ],
)
def test_hours_are_told_as_people_tell_them(at, english, swahili, urdu):
    with translation.override("en"):
        assert hour(at) == english
    with translation.override("sw"):
        assert hour(at) == swahili
    with translation.override("ur"):
        assert hour(at) == urdu
