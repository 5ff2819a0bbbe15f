"""Prompts: the library by subject, one tap to start one, none again before all were used."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from staffroom.communities.models import LeverChoice, Term
from staffroom.conversations.models import Post
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.places.models import Holiday
from staffroom.rhythm.actions.prompt_week import first_school_day, mark_weeks
from staffroom.rhythm.actions.prompts import start_prompt
from staffroom.rhythm.models import PromptUse
from staffroom.rhythm.prompt_words import SUBJECTS, TONGUES, ours
from staffroom.rhythm.queries import prompts as asking

MONDAY = dt.datetime(2026, 9, 14, 5, tzinfo=dt.UTC)  # 8:00 in Nairobi


def test_ours_are_sixty_in_three_languages():
    there = ours().values()
    assert len(there) == 60
    assert {each.subject for each in there} == set(SUBJECTS)
    for each in there:
        assert set(each.texts) == set(TONGUES)
        assert all(len(text) < 300 for text in each.texts.values())
    for code in TONGUES:
        assert len({each.texts[code] for each in there}) == 60


def test_one_tap_puts_it_before_the_community(world, sign_in):
    page = sign_in(world.baraka).get(reverse("prompts", args=[world.maths.pk]))
    assert page.status_code == 200
    first = asking.suggestion(world.maths)
    assert first.subject == "mathematics"
    assert first.texts["en"] in page.content.decode()
    answer = sign_in(world.baraka).post(
        reverse("prompt_start", args=[world.maths.pk]), {"key": first.key}
    )
    assert answer.status_code == 302
    post = Post.objects.get(kind="prompt")
    assert (post.text, post.author, post.language) == (first.texts["en"], world.baraka, "en")
    html = sign_in(world.baraka).get(reverse("prompts", args=[world.maths.pk])).content.decode()
    assert "We had it" in html
    assert asking.suggestion(world.maths).key != first.key


def test_a_member_looks_and_cannot_start(world, sign_in):
    html = sign_in(world.amina).get(reverse("prompts", args=[world.maths.pk])).content.decode()
    assert "Put it before all of us" not in html
    with pytest.raises(NotYours):
        start_prompt(by=world.amina, community=world.maths, key="ped-wait")
    for nobody in (world.esther, world.farid, world.daudi):
        url = reverse("prompts", args=[world.maths.pk])
        assert sign_in(nobody).get(url).status_code == 404
        url = reverse("prompt_start", args=[world.maths.pk])
        assert sign_in(nobody).post(url, {"key": "ped-wait"}).status_code == 404


def test_the_words_may_be_changed_first_and_stay_as_typed(world, sign_in):
    baraka, url = sign_in(world.baraka), reverse("prompt_start", args=[world.maths.pk])
    page = baraka.get(url, {"key": "ped-wait"})
    assert "Wait five seconds" in page.content.decode()
    refused = baraka.post(url, {"key": "ped-wait", "text": "x" * 5001})
    assert refused.status_code == 422
    assert "x" * 5001 in refused.content.decode()
    baraka.post(url, {"key": "ped-wait", "text": "Wait ten seconds."})
    assert Post.objects.get(kind="prompt").text == "Wait ten seconds."
    assert PromptUse.objects.get().key == "ped-wait"


def test_sent_twice_it_is_one(world):
    id = uuid7()
    for _n in range(2):
        start_prompt(by=world.baraka, community=world.maths, key="ped-wait", id=id)
    assert Post.objects.filter(kind="prompt").count() == PromptUse.objects.count() == 1


def test_none_comes_again_before_all_of_its_kinds_were_used(world):
    seen = []
    for day in range(31):
        with time_machine.travel(MONDAY + dt.timedelta(days=7 * day), tick=False):
            words = asking.suggestion(world.maths)
            seen.append(words.key)
            PromptUse.objects.create(community=world.maths, key=words.key)
    assert len(set(seen[:30])) == 30
    assert seen[30] == seen[0]
    assert {ours()[key].subject for key in seen} == {"mathematics", "pedagogy", "parents"}


def test_switched_off_by_the_design(world, sign_in):
    LeverChoice.objects.create(
        programme=world.programme, community=world.maths, lever="prompts", value="none"
    )
    html = sign_in(world.baraka).get(reverse("prompts", args=[world.maths.pk])).content.decode()
    assert "switched off" in html
    with pytest.raises(Refused):
        start_prompt(by=world.baraka, community=world.maths, key="ped-wait")


def test_an_unknown_one_is_refused_kindly(world, sign_in):
    answer = sign_in(world.baraka).post(
        reverse("prompt_start", args=[world.maths.pk]), {"key": "nothing"}, follow=True
    )
    assert "no longer offered" in answer.content.decode()


# The first school day of the week.


def test_the_moderator_finds_it_on_today_on_the_first_school_day(world, sign_in):
    with time_machine.travel(MONDAY, tick=False):
        mark_weeks(now=now())
        words = asking.suggestion(world.maths)
        assert words.texts["en"] in sign_in(world.baraka).get("/").content.decode()
        assert words.texts["en"] not in sign_in(world.amina).get("/").content.decode()
        start_prompt(by=world.baraka, community=world.maths, key=words.key)
        html = sign_in(world.baraka).get("/").content.decode()
        assert "This week’s question" not in html
    with time_machine.travel(MONDAY + dt.timedelta(days=1), tick=False):
        assert "This week’s question" not in sign_in(world.baraka).get("/").content.decode()


def test_a_holiday_on_monday_makes_it_tuesday(world):
    monday = MONDAY.date()
    assert first_school_day(world.maths, MONDAY - dt.timedelta(hours=6)) == monday
    Holiday.objects.create(programme=world.programme, name="Eid", first_day=monday, last_day=monday)
    assert first_school_day(world.maths, MONDAY) == monday + dt.timedelta(days=1)
    Holiday.objects.update(last_day=monday + dt.timedelta(days=6))
    assert first_school_day(world.maths, MONDAY) is None


def test_the_week_follows_the_programmes_weekend(world):
    world.programme.weekend = [4, 5]  # Friday and Saturday
    world.programme.save()
    world.maths.refresh_from_db()
    assert first_school_day(world.maths, MONDAY) == dt.date(2026, 9, 13)  # Sunday


def test_on_other_days_today_asks_nothing_more(world, django_assert_num_queries):
    from staffroom.rhythm.hooks.prompts import today_rows

    with django_assert_num_queries(0):
        assert today_rows(world.baraka, [world.maths, world.sister]) == []


def test_a_moderator_whose_term_ended_gets_nothing(world):
    from staffroom.rhythm.hooks.prompts import today_rows

    with time_machine.travel(MONDAY, tick=False):
        mark_weeks(now=now())
        world.maths.refresh_from_db()
        Term.objects.update(ended_at=now())
        assert today_rows(world.baraka, [world.maths]) == []
