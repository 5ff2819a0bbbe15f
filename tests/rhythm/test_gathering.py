"""The gathering: reminders by the clock, who is here by choice, left out once, and what it brought."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from staffroom.communities.actions.editing import edit
from staffroom.communities.actions.leaving import leave
from staffroom.communities.models import LeverChoice, Term
from staffroom.conversations.actions import answer, ask, ask_without_name, prompt, say, solve
from staffroom.conversations.models import Mute, Post, ReadMark
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.library.models import Resource
from staffroom.places.models import Holiday
from staffroom.rhythm.actions import hour as acting
from staffroom.rhythm.models import Gathering, NoReminders, Presence
from tests.conftest import make_person

NIGHT = dt.datetime(2026, 9, 16, 23, tzinfo=dt.UTC)  # Thursday 2:00 in Nairobi
REMINDED = dt.datetime(2026, 9, 17, 15, tzinfo=dt.UTC)  # 18:00
BEGINS = dt.datetime(2026, 9, 17, 16, tzinfo=dt.UTC)  # 19:00
AFTER = dt.datetime(2026, 9, 17, 18, 30, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def hour(world):
    world.maths.set_weekday, world.maths.set_hour = 3, dt.time(19)
    world.maths.save()
    return world


def at(moment: dt.datetime):
    return time_machine.travel(moment, tick=False)


def deliver() -> None:
    while outbox.deliver():
        pass


def reminders() -> set[str]:
    """Whose reminder was put out; a delivered entry keeps its key alone."""
    keys = OutboxEntry.objects.filter(topic="gathering.reminder").values_list("key", flat=True)
    return {key[-36:] for key in keys}


def people(*them) -> set[str]:
    return {str(each.pk) for each in them}


def page(client, name: str, community, *more, status: int = 200) -> str:
    answered = client.get(reverse(name, args=[community.pk, *more]))
    assert answered.status_code == status
    return answered.content.decode()


# Reminders.


def test_each_who_wants_it_is_reminded_once(hour):
    acting.want_reminders(by=hour.nafula, community=hour.maths, wanted=False)
    with at(NIGHT):
        acting.nightly(now=now())
        acting.nightly(now=now())
        deliver()
    assert not reminders()
    with at(REMINDED):
        deliver()
        deliver()
    assert reminders() == people(hour.amina, hour.baraka, hour.otieno)
    assert OutboxEntry.objects.filter(topic="gathering.reminder").count() == 3


@pytest.mark.parametrize("why", ["holiday", "skipped", "lever", "resting", "moved"])
def test_nobody_is_reminded_of_what_is_not_held(why, hour):
    with at(NIGHT):
        acting.nightly(now=now())
        deliver()
        if why == "holiday":
            day = BEGINS.date()
            Holiday.objects.create(
                programme=hour.programme, name="Eid", first_day=day, last_day=day
            )
        elif why == "skipped":
            acting.skip(by=hour.baraka, community=hour.maths, why="Exams")
        elif why == "lever":
            LeverChoice.objects.create(
                programme=hour.programme, community=hour.maths, lever="set_time", value="none"
            )
        elif why == "resting":
            hour.maths.stage = "resting"
            hour.maths.save()
        else:
            edit(by=hour.baraka, community_id=hour.maths.pk, set_weekday=4, set_hour=dt.time(19))
    with at(REMINDED + MINUTE):
        deliver()
    assert not reminders()


def test_whoever_muted_the_community_is_not_reminded(hour):
    Mute.objects.create(person=hour.nafula, muted_community=hour.maths)
    Mute.objects.create(
        person=hour.otieno, muted_community=hour.maths, until=REMINDED - dt.timedelta(hours=1)
    )
    with at(NIGHT):
        acting.nightly(now=now())
        deliver()
    with at(REMINDED):
        deliver()
    assert reminders() == people(hour.amina, hour.baraka, hour.otieno)


def test_a_changed_hour_is_reminded_at_its_own_time_and_heard_of(hour, sign_in):
    with at(NIGHT):
        acting.nightly(now=now())
        deliver()
    with at(REMINDED - dt.timedelta(hours=4)):
        edit(by=hour.baraka, community_id=hour.maths.pk, set_weekday=3, set_hour=dt.time(20))
        deliver()
        assert "Our hour has changed" in page(sign_in(hour.amina), "stream", hour.maths)
        assert "Our hour has changed" in sign_in(hour.amina).get("/").content.decode()
        assert "Our hour has changed" not in sign_in(hour.daudi).get("/").content.decode()
    with at(REMINDED + MINUTE):
        deliver()
        assert not reminders()
    with at(REMINDED + dt.timedelta(hours=1)):
        deliver()
    assert len(reminders()) == 4
    with at(REMINDED + dt.timedelta(days=8)):
        assert "Our hour has changed" not in page(sign_in(hour.amina), "stream", hour.maths)


def test_changed_and_changed_back_it_is_still_reminded(hour):
    with at(NIGHT):
        acting.nightly(now=now())
        deliver()
        for set_hour in (dt.time(20), dt.time(19)):
            edit(by=hour.baraka, community_id=hour.maths.pk, set_weekday=3, set_hour=set_hour)
            deliver()
    with at(REMINDED + MINUTE):
        deliver()
    assert len(reminders()) == 4


def test_a_late_clock_reminds_nobody_afterwards(hour):
    with at(NIGHT):
        acting.nightly(now=now())
        deliver()
    with at(AFTER):
        deliver()
    assert not reminders()


def test_one_tap_for_no_reminders_and_back(hour, sign_in):
    amina, url = sign_in(hour.amina), reverse("hour_reminders", args=[hour.maths.pk])
    assert "No reminders from this community" in page(amina, "hour", hour.maths)
    amina.post(url, {"off": "1"})
    assert NoReminders.objects.get().person == hour.amina
    with at(REMINDED):
        assert 'class="chalk"' not in amina.get("/").content.decode()
        assert 'class="chalk"' in sign_in(hour.otieno).get("/").content.decode()
    assert "Remind me again" in page(amina, "hour", hour.maths)
    amina.post(url)
    assert not NoReminders.objects.exists()
    with pytest.raises(NotYours):
        acting.want_reminders(by=hour.farid, community=hour.maths, wanted=False)


# Left out.


def test_a_week_left_out_is_heard_of_and_the_next_is_held(hour, sign_in):
    baraka, url = sign_in(hour.baraka), reverse("gathering_skip", args=[hour.maths.pk])
    with at(NIGHT):
        assert baraka.post(url, {"why": " "}).status_code == 422
        baraka.post(url, {"why": "A funeral in the village."})
        for client in (sign_in(hour.amina), sign_in(hour.chausiku)):
            html = page(client, "stream", hour.maths)
            assert "No gathering on Thursday 17 September" in html
            assert "A funeral in the village." in html
    with at(BEGINS):
        assert "We meet now" not in page(sign_in(hour.amina), "stream", hour.maths)
        html = sign_in(hour.amina).get("/").content.decode()
        assert 'class="chalk"' not in html
        assert "No gathering today" in html
    with at(AFTER):
        assert "Left out." in page(baraka, "gatherings", hour.maths)
    with at(BEGINS + dt.timedelta(days=7)):
        assert "We meet now" in page(sign_in(hour.amina), "stream", hour.maths)


def test_held_after_all(hour, sign_in):
    with at(NIGHT):
        acting.skip(by=hour.baraka, community=hour.maths, why="Exams")
        sign_in(hour.baraka).post(reverse("gathering_hold", args=[hour.maths.pk]))
        with pytest.raises(Refused):
            acting.hold_after_all(by=hour.baraka, community=hour.maths)
    with at(REMINDED + MINUTE):
        deliver()
    assert len(reminders()) == 4


def test_while_nobody_moderates_any_member_may(hour):
    Term.objects.update(ended_at=now())
    acting.skip(by=hour.amina, community=hour.maths, why="Exams")
    for person in (hour.chausiku, hour.esther, hour.farid):
        with pytest.raises(NotYours):
            acting.hold_after_all(by=person, community=hour.maths)


def test_only_the_moderator_leaves_out(hour):
    for person in (hour.amina, hour.chausiku, hour.esther, hour.farid):
        with pytest.raises(NotYours):
            acting.skip(by=person, community=hour.maths, why="x")
    hour.maths.set_hour = None
    hour.maths.save()
    with pytest.raises(Refused, match="no set time"):
        acting.skip(by=hour.baraka, community=hour.maths, why="x")


# While it lasts.


def test_it_is_reached_from_the_stream_and_from_today_while_it_lasts(hour, sign_in):
    amina, link = sign_in(hour.amina), reverse("gathering", args=[hour.maths.pk])
    with at(BEGINS - MINUTE):
        assert link not in page(amina, "stream", hour.maths)
        assert amina.get(link).status_code == 302
    with at(BEGINS + MINUTE):
        assert link in page(amina, "stream", hour.maths)
        assert link in amina.get("/").content.decode()
        prompt(by=hour.baraka, community=hour.maths, text="What is hard in division?")
        html = page(amina, "gathering", hour.maths)
        assert "What is hard in division?" in html
    for nobody in (hour.esther, hour.farid, hour.daudi):
        page(sign_in(nobody), "gathering", hour.maths, status=404)
        page(sign_in(nobody), "hour", hour.maths, status=404)


def test_what_is_written_stands_among_the_lessons(hour, sign_in):
    amina, url = sign_in(hour.amina), reverse("gathering", args=[hour.maths.pk])
    with at(BEGINS - MINUTE):
        say(by=hour.baraka, community=hour.maths, text="Said before.")
    with at(BEGINS + MINUTE):
        answered = amina.post(url, {"text": "Said in the hour."})
        assert answered["Location"] == f"{url}#bottom"
        assert amina.post(url, {"text": " "}).status_code == 422
        html = page(sign_in(hour.baraka), "gathering", hour.maths)
        assert "Said in the hour." in html
        assert "Said before." not in html
        assert "Said in the hour." in page(sign_in(hour.baraka), "stream", hour.maths)


def test_whoever_is_here_says_so_and_is_forgotten(hour, sign_in):
    amina, url = sign_in(hour.amina), reverse("gathering_here", args=[hour.maths.pk])
    before = AuditEntry.objects.count()
    with at(BEGINS - MINUTE):
        amina.post(url)
        assert not Presence.objects.exists()
    with at(BEGINS):
        acting.plan(hour.maths)
        amina.post(url)
        amina.post(url)
        assert "<bdi>Amina</bdi>" in page(sign_in(hour.baraka), "gathering", hour.maths)
        sign_in(hour.otieno).post(url)
        sign_in(hour.otieno).post(url, {"gone": "1"})
        assert Presence.objects.get().person == hour.amina
    with at(AFTER):
        acting.nightly(now=now())
    assert not Presence.objects.exists()
    assert AuditEntry.objects.count() == before
    assert not any(str(hour.amina.pk) in str(each.payload) for each in OutboxEntry.objects.all())
    gathering = Gathering.objects.get()
    with at(AFTER):
        assert "Amina" not in page(
            sign_in(hour.baraka), "gathering_summary", hour.maths, gathering.pk
        )


def test_the_clock_forgets_at_the_end_of_the_hour(hour):
    with at(NIGHT):
        acting.nightly(now=now())
        deliver()
    with at(BEGINS):
        acting.say_here(by=hour.amina, community=hour.maths)
    with at(BEGINS + dt.timedelta(hours=2)):
        deliver()
        assert not Presence.objects.exists()


def test_the_poll_tells_what_is_new_and_who_came(hour, sign_in):
    amina = sign_in(hour.amina)
    with at(BEGINS + MINUTE):
        html = page(amina, "gathering", hour.maths)
        cursor = html.split('data-cursor="')[1].split('"')[0]
        url = reverse("gathering_new", args=[hour.maths.pk])
        assert amina.get(url, {"after": cursor}).status_code == 204
        say(by=hour.baraka, community=hour.maths, text="Good evening.")
        new = amina.get(url, {"after": cursor})
        assert "Good evening." in new.content.decode()
        assert 'id="here"' not in new.content.decode()
        cursor = new["X-Cursor"]
        acting.say_here(by=hour.otieno, community=hour.maths)
        new = amina.get(url, {"after": cursor})
        assert "Otieno" in new.content.decode()
        assert "Good evening." not in new.content.decode()
        assert amina.get(url, {"after": new["X-Cursor"]}).status_code == 204
        assert amina.get(url, {"after": "nonsense"}).status_code == 200
    with at(AFTER):
        assert amina.get(url, {"after": cursor}).status_code == 204


def test_what_was_read_there_is_not_new_in_the_stream(hour, sign_in):
    amina = sign_in(hour.amina)
    with at(BEGINS - MINUTE):
        say(by=hour.baraka, community=hour.maths, text="Before.")
        page(amina, "stream", hour.maths)
    with at(BEGINS + MINUTE):
        said = say(by=hour.baraka, community=hour.maths, text="In the hour.")
        page(amina, "gathering", hour.maths)
        assert ReadMark.objects.get(person=hour.amina, room="lessons").until == said.created_at


def test_the_adviser_comes_in_too(hour, sign_in):
    with at(BEGINS):
        html = page(sign_in(hour.chausiku), "gathering", hour.maths)
        assert "I am here" in html
        acting.say_here(by=hour.chausiku, community=hour.maths)
        for nobody in (hour.esther, hour.farid, hour.daudi):
            with pytest.raises(NotYours):
                acting.say_here(by=nobody, community=hour.maths)


def test_no_hour_in_the_holidays(hour, sign_in):
    day = BEGINS.date()
    Holiday.objects.create(programme=hour.programme, name="Eid", first_day=day, last_day=day)
    with at(BEGINS):
        assert "We meet now" not in page(sign_in(hour.amina), "stream", hour.maths)
        page(sign_in(hour.amina), "gathering", hour.maths, status=302)
        with pytest.raises(Refused):
            acting.say_here(by=hour.amina, community=hour.maths)


# Afterwards.


def summary(hour, sign_in, name: str = "amina") -> str:
    client, gathering = sign_in(getattr(hour, name)), Gathering.objects.get()
    return page(client, "gathering_summary", hour.maths, gathering.pk)


def test_what_the_hour_brought(hour, sign_in):
    with at(BEGINS - MINUTE):
        old = ask(by=hour.nafula, community=hour.maths, text="An old question")
        ask(by=hour.nafula, community=hour.maths, text="Not touched")
    with at(BEGINS + MINUTE):
        acting.plan(hour.maths)
        acting._row(hour.maths, acting.clock.current(hour.maths, now()))
        new = ask(by=hour.amina, community=hour.maths, text="A new question")
        answer(by=hour.baraka, question=old, text="An answer")
        solved = ask(by=hour.otieno, community=hour.maths, text="A quick one")
        solve(by=hour.otieno, question=solved)
        ask_without_name(by=hour.nafula, community=hour.maths, text="Asked without a name")
        Resource.objects.create(
            programme=hour.programme, community=hour.maths, kind="book", title="A shared book",
            added_by=hour.amina,
        )  # fmt: skip
        gone = ask(by=hour.amina, community=hour.maths, text="Taken back")
        Post.objects.filter(pk=gone.pk).update(removed_at=now())
    with at(AFTER):
        Gathering.objects.filter(begins__gt=now()).delete()
        html = summary(hour, sign_in)
        for said in ("An old question", "A new question", "A quick one", "A shared book"):
            assert said in html
        assert html.count("A quick one") == 1
        for said in ("Not touched", "Asked without a name", "Taken back", "Amina", "Baraka"):
            assert said not in html
        assert reverse("question", args=[hour.maths.pk, new.pk]) in html
        link = reverse("gathering_summary", args=[hour.maths.pk, Gathering.objects.get().pk])
        assert link in page(sign_in(hour.otieno), "stream", hour.maths)
        assert link in page(sign_in(hour.otieno), "gatherings", hour.maths)
        assert reverse("gatherings", args=[hour.maths.pk]) in page(
            sign_in(hour.otieno), "kept", hour.maths
        )
        for nobody in (hour.esther, hour.farid, hour.daudi):
            assert sign_in(nobody).get(link).status_code == 404
    with at(AFTER + dt.timedelta(days=1)):
        assert link not in page(sign_in(hour.otieno), "stream", hour.maths)


def test_a_quiet_hour_blames_nobody(hour, sign_in):
    with at(NIGHT):
        acting.nightly(now=now())
        deliver()
    with at(AFTER):
        assert "A quiet hour" in summary(hour, sign_in)


# What it costs, and what becomes of it.


def test_out_of_its_time_the_stream_asks_nothing_more(hour, django_assert_num_queries, rf):
    from staffroom.rhythm.hooks.hour import above, menu

    request = rf.get("/")
    request.community, request.user = hour.maths, hour.amina
    with at(BEGINS - dt.timedelta(days=2)), django_assert_num_queries(0):
        assert above(request=request) == []
        assert len(menu(request=request)) == 1


@pytest.mark.parametrize("members", [10, 60])
def test_the_page_costs_the_same_with_many(members, hour, sign_in, django_assert_max_num_queries):
    with at(BEGINS):
        acting.say_here(by=hour.amina, community=hour.maths)
        row = Gathering.objects.get()
        Presence.objects.bulk_create(
            Presence(gathering=row, person=make_person(f"Member {n}")) for n in range(members)
        )
        amina = sign_in(hour.amina)
        page(amina, "gathering", hour.maths)
        with django_assert_max_num_queries(30):
            page(amina, "gathering", hour.maths)


def test_whoever_leaves_is_not_remembered(hour):
    with at(BEGINS):
        acting.say_here(by=hour.amina, community=hour.maths)
        acting.want_reminders(by=hour.amina, community=hour.maths, wanted=False)
        leave(person=hour.amina, community_id=hour.maths.pk)
        deliver()
    assert not Presence.objects.exists()
    assert not NoReminders.objects.exists()
