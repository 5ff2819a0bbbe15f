"""Digests are made when they are due, once, and only where there is something to tell."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection

from staffroom.communities.models import Membership
from staffroom.conversations.models import Mention, ReadMark
from staffroom.core import outbox
from staffroom.core.clock import pretend
from staffroom.core.models import OutboxEntry
from staffroom.notices import clockwork
from staffroom.notices.actions import make
from staffroom.notices.actions.choose import choose_level
from staffroom.notices.models import Digest, Preference, Reach
from staffroom.notices.plain import text_of
from staffroom.notices.queries.digests import held_by
from staffroom.people.models import Person
from staffroom.places.models import Holiday
from tests.conftest import make_community, make_person
from tests.notices.makers import DAY, FIVE, HOUR, MINUTE, NOON, begin, lever, said, wants, work

LATER = FIVE + MINUTE


@pytest.fixture(autouse=True)
def _began(world):
    begin(world)


def text(digest):
    return text_of(held_by(digest), words=True, tail="")


def of(person):
    return Digest.objects.filter(person=person).order_by("made_at")


def test_a_digest_comes_at_five_with_what_is_unread(world):
    wants(world.amina)
    said(world.maths, world.nafula, "Why do we invert?", kind="question")
    said(world.maths, world.baraka, "Rain again.")
    work(FIVE - MINUTE)
    assert not of(world.amina)
    work(LATER)
    digest = of(world.amina).get()
    assert (digest.state, digest.by, digest.period) == ("sent", "page", "2026-10-14")
    assert text(digest) == (
        "Mathematics, Mwingi:\n- Question. Nafula: Why do we invert?\n- 1 other message\n"
    )


def test_no_digest_where_nothing_is_new(world):
    wants(world.amina)
    work(LATER)
    assert not of(world.amina)
    assert Preference.objects.get(person=world.amina).next_at == FIVE + DAY


def test_what_was_read_is_not_in_it(world):
    wants(world.amina)
    said(world.maths, world.nafula, "Why?", kind="question", at=NOON)
    ReadMark.objects.create(
        person=world.amina, community=world.maths, room="lessons", until=NOON + HOUR
    )
    work(LATER)
    assert not of(world.amina)


def test_own_words_are_no_news(world):
    wants(world.amina)
    said(world.maths, world.amina, "Why?", kind="question")
    work(LATER)
    assert not of(world.amina)


def test_answers_and_names_come_first(world):
    wants(world.amina)
    asked = said(world.maths, world.amina, "Mine?", kind="question", at=NOON - DAY * 3)
    said(world.maths, world.nafula, "Try paper.", kind="answer", question=asked)
    named = said(world.maths, world.otieno, "@Amina, look")
    Mention.objects.create(post=named, person=world.amina)
    work(LATER)
    assert text(of(world.amina).get()).splitlines()[1:3] == [
        "- Answer to you. Nafula: Try paper.",
        "- Names you. Otieno: @Amina, look",
    ]


def test_it_is_never_made_twice(world):
    wants(world.amina)
    said(world.maths, world.nafula, "Why?", kind="question")
    work(LATER)
    for hour in (18, 19):
        wants(world.amina, hour=hour, at=LATER)
    work(LATER + 2 * HOUR)
    said(world.maths, world.nafula, "And this?", kind="question", at=LATER + HOUR)
    work(LATER + 2 * HOUR)
    assert of(world.amina).count() == 1


def test_the_next_day_tells_only_what_came_since(world):
    wants(world.amina)
    said(world.maths, world.nafula, "First?", kind="question")
    work(LATER)
    said(world.maths, world.nafula, "Second?", kind="question", at=LATER + HOUR)
    work(LATER + DAY)
    first, second = of(world.amina)
    assert "First?" in text(first)
    assert "Second?" not in text(first)
    assert "Second?" in text(second)
    assert "First?" not in text(second)


def test_the_lever_speaks_for_whoever_chose_nothing(world):
    lever(world.maths, "daily")
    said(world.maths, world.nafula, "Why?", kind="question", at=FIVE - HOUR)
    with pretend(FIVE - 15 * HOUR):
        clockwork.nightly(now=FIVE - 15 * HOUR)
    work(LATER)
    assert {each.person for each in Digest.objects.all()} == {
        world.amina,
        world.baraka,
        world.otieno,
        world.chausiku,
    }


def test_the_persons_choice_wins(world):
    lever(world.maths, "daily")
    wants(world.amina, "none")
    wants(world.baraka, "weekly", weekday=4)
    said(world.maths, world.nafula, "Why?", kind="question")
    with pretend(NOON):
        clockwork.nightly(now=NOON)
    work(LATER)
    assert not of(world.amina) | of(world.baraka)
    work(LATER + 2 * DAY)
    assert of(world.baraka).get().period == "2026-10-16"


def test_a_weekly_digest_skips_a_day_of_rest(world):
    """Sunday is a day of rest: the digest comes on Friday, the last day before that is none."""
    wants(world.amina, "weekly", weekday=6)
    said(world.maths, world.nafula, "Why?", kind="question")
    work(LATER)
    work(LATER + DAY)
    assert not of(world.amina)
    work(LATER + 2 * DAY)
    assert of(world.amina).count() == 1


def test_weekends_and_days_of_rest_are_silent(world):
    wants(world.amina)
    wants(world.baraka, rest_days=[3])
    said(world.maths, world.nafula, "Friday night?", kind="question", at=FIVE + 2 * DAY + HOUR)
    for day in (3, 4):
        work(LATER + day * DAY)
    assert not of(world.amina)
    assert of(world.baraka).count() == 1
    work(LATER + 5 * DAY)
    assert "Friday night?" in text(of(world.amina).get())


def test_school_holidays_are_silent_and_nothing_is_lost(world):
    Holiday.objects.create(
        programme=world.programme,
        name="Mashujaa",
        first_day=dt.date(2026, 10, 14),
        last_day=dt.date(2026, 10, 15),
    )
    wants(world.amina)
    said(world.maths, world.nafula, "In the holiday?", kind="question", at=NOON + HOUR)
    work(LATER)
    work(LATER + DAY)
    assert not of(world.amina)
    work(LATER + 2 * DAY)
    assert "In the holiday?" in text(of(world.amina).get())


def test_quiet_hours_wait_for_their_end(world):
    preference = wants(world.amina)
    said(world.maths, world.nafula, "Why?", kind="question")
    Person.objects.filter(pk=world.amina.pk).update(
        quiet_from=dt.time(16, 30), quiet_until=dt.time(18)
    )
    work(LATER)
    preference.refresh_from_db()
    assert preference.next_at == FIVE + HOUR
    assert not of(world.amina)
    work(FIVE + HOUR + MINUTE)
    assert of(world.amina).count() == 1


def test_each_persons_own_zone(world):
    karachi = make_community(
        world.programme, "Urdu, Multan", world.farid, world.otieno, timezone="Asia/Karachi"
    )
    begin(world)
    wants(world.farid)
    said(karachi, world.otieno, "Why?", kind="question", at=NOON - HOUR)
    work(FIVE - 2 * HOUR + MINUTE)  # five in the afternoon there
    assert of(world.farid).count() == 1


def test_levels(world):
    wants(world.amina)
    said(world.maths, world.nafula, "Why?", kind="question")
    said(world.maths, world.nafula, "Rain.")
    choose_level(by=world.amina, community=world.maths, level="concerns")
    with pretend(NOON):
        preference = Preference.objects.get(person=world.amina)
    work(LATER)
    assert text(of(world.amina).get()) == "Mathematics, Mwingi:\n- Question. Nafula: Why?\n"
    assert preference.often == "daily"
    choose_level(by=world.amina, community=world.maths, level="nothing")
    assert text(of(world.amina).get()) == ""
    said(world.maths, world.nafula, "Again?", kind="question", at=LATER + HOUR)
    work(LATER + DAY)
    assert of(world.amina).count() == 1


def test_a_resting_level_digest_counts_others(world):
    wants(world.amina)
    choose_level(by=world.amina, community=world.maths, level="digest")
    said(world.maths, world.nafula, "Rain.")
    work(LATER)
    assert "1 other message" in text(of(world.amina).get())


def test_one_persons_fault_is_not_the_others(world, monkeypatch):
    wants(world.amina)
    wants(world.baraka)
    said(world.maths, world.nafula, "Why?", kind="question")
    real = make.make

    def faulty(preference, breaks):
        if preference.person_id == world.amina.pk:
            raise ValueError("Sekret")
        return real(preference, breaks)

    monkeypatch.setattr(make, "make", faulty)
    work(LATER)
    assert of(world.baraka).count() == 1
    assert Preference.objects.get(person=world.amina).next_at == FIVE + 2 * HOUR
    monkeypatch.undo()
    work(FIVE + 2 * HOUR + MINUTE)
    assert of(world.amina).count() == 1


def test_a_worker_that_dies_has_done_a_batch_wholly_or_not_at_all(world, monkeypatch):
    wants(world.amina)
    said(world.maths, world.nafula, "Why?", kind="question")

    class Killed(BaseException):
        pass

    def die(moments):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(clockwork, "wake_at", die)
        with pytest.raises(Killed):
            work(LATER)
    assert not of(world.amina)
    work(LATER + 5 * MINUTE)  # the claim has run out
    assert of(world.amina).count() == 1


def test_a_moment_that_was_lost_is_found_at_night(world):
    wants(world.amina)
    said(world.maths, world.nafula, "Why?", kind="question")
    OutboxEntry.objects.all().delete()
    with pretend(FIVE + 9 * HOUR):
        clockwork.nightly(now=FIVE + 9 * HOUR)
        outbox.deliver()
    preference = Preference.objects.get(person=world.amina)
    assert preference.next_at == FIVE + 13 * HOUR  # at six, when her quiet hours end
    work(FIVE + 13 * HOUR + MINUTE)
    assert of(world.amina).count() == 1


def test_nobody_is_looked_for_who_has_left(world):
    wants(world.amina)
    said(world.maths, world.nafula, "Why?", kind="question")
    Membership.objects.filter(person=world.amina).update(state="left")
    work(LATER)
    assert not of(world.amina)
    assert Preference.objects.get(person=world.amina).next_at is None


def test_the_work_for_one_person_does_not_grow(world):
    """Two hundred people in communities of ten, each with something new: so many queries each."""
    people = 200
    made = [
        Person(name=f"T{n} Teacher", phone=f"+2547990{n:05d}", enrolled_at=NOON - DAY)
        for n in range(people)
    ]
    Person.objects.bulk_create(made)
    groups = [make_community(world.programme, f"Group {n}") for n in range(people // 10)]
    Membership.objects.bulk_create(
        Membership(community=groups[n // 10], person=person, state="active", joined_at=NOON - DAY)
        for n, person in enumerate(made)
    )
    for n, group in enumerate(groups):
        said(group, made[n * 10], "Why?", kind="question")
        said(group, made[n * 10 + 1], "Rain.")
    Preference.objects.bulk_create(
        Preference(person=person, often="daily", next_at=FIVE) for person in made
    )
    with pretend(NOON):
        clockwork.wake_at([FIVE])
    asked = Counter()

    def count(execute, sql, *rest):
        asked[sql.split()[0]] += 1
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        work(LATER)
    assert asked.total() <= 25 * people, asked
    assert Digest.objects.count() == people
    assert Reach.objects.count() == people


def test_the_night_gives_everyone_a_moment_in_few_queries(world, django_assert_max_num_queries):
    people = [Person(name=f"T{n}", phone=f"+2547990{n:05d}", enrolled_at=NOON) for n in range(500)]
    Person.objects.bulk_create(people)
    for start in range(0, 500, 10):
        group = make_community(world.programme, f"Group {start}")
        lever(group, "weekly")
        Membership.objects.bulk_create(
            Membership(community=group, person=person, state="active", joined_at=NOON)
            for person in people[start : start + 10]
        )
    with pretend(NOON), django_assert_max_num_queries(25):
        clockwork.nightly(now=NOON)
    assert Preference.objects.filter(next_at=FIVE).count() == 500
    assert OutboxEntry.objects.filter(topic="digests.due").count() == 1


def test_a_newcomer_gets_a_digest_of_what_came_since(world):
    member = make_person("Zuri Kendi", "+254700000777")
    Membership.objects.create(community=world.maths, person=member, state="active", joined_at=NOON)
    wants(member)
    said(world.maths, world.nafula, "Long ago?", kind="question", at=NOON - HOUR)
    work(LATER)
    assert not of(member)
