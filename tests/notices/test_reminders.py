"""The reminder of the hour that goes by message: once, only to whoever chose it, never words of posts."""

import datetime as dt

import pytest

from staffroom.core.clock import pretend
from staffroom.core.errors import Refused
from staffroom.notices import carriers
from staffroom.notices.actions.choose import stop
from staffroom.notices.actions.send import send_reminder
from staffroom.notices.links import stop_link
from staffroom.notices.models import Allowance, Preference, Reminder
from staffroom.people.models import Person
from staffroom.rhythm.actions import hour as clock
from tests.notices.makers import DAY, FIVE, HOUR, MINUTE, NOON, begin, line_for, wants, work

SEVEN = FIVE + 2 * HOUR  # 19:00 in Nairobi, on the same Wednesday


@pytest.fixture
def line(world, monkeypatch):
    begin(world)
    world.maths.set_weekday, world.maths.set_hour = SEVEN.weekday(), dt.time(19)
    world.maths.save()
    with pretend(NOON - 5 * HOUR):
        clock.plan(world.maths)
    return line_for(monkeypatch, world.programme)


def wishes(person, **choices):
    return wants(person, often="none", way="sms", hour_too=True, **choices)


def reminder(person):
    return Reminder.objects.get(person=person)


def test_one_line_before_the_hour_to_whoever_chose_it(world, line):
    wishes(world.amina)
    wants(world.nafula, way="sms")  # a digest alone
    work(SEVEN - MINUTE)
    [(to, text)] = line.sent
    assert to == "+254700000001"
    first, stopping = text.splitlines()
    assert first == "Today at 7:00 pm: Mathematics, Mwingi meets in Staffroom."
    assert stopping.startswith("Stop: http://localhost:8000/stop/")
    assert (reminder(world.amina).state, reminder(world.amina).parts) == ("sent", 1)
    with pretend(SEVEN - MINUTE):
        send_reminder({"id": str(reminder(world.amina).pk)})
    assert len(line.sent) == 1


def test_it_is_in_the_persons_language(world, line):
    Person.objects.filter(pk=world.amina.pk).update(language="sw")
    wishes(world.amina)
    work(SEVEN - MINUTE)
    [(_to, text)] = line.sent
    assert text.startswith("Leo saa 1 usiku:")
    assert "Mathematics, Mwingi" in text


def test_without_the_way_it_cannot_be_chosen(world, line):
    with pytest.raises(Refused) as refused:
        wants(world.amina, hour_too=True)
    assert refused.value.field == "hour_too"


def test_what_changed_meanwhile_counts(world, line):
    """The network does not take it at first; then the hour is left out."""
    wishes(world.amina)
    line.fault = carriers.TryLater()
    work(SEVEN - 50 * MINUTE)
    assert reminder(world.amina).state == "waiting"
    line.fault = None
    with pretend(SEVEN - 40 * MINUTE):
        clock.skip(by=world.baraka, community=world.maths, why="Exams")
    work(SEVEN - MINUTE)
    assert not line.sent
    assert reminder(world.amina).state == "empty"


def test_whoever_left_hears_nothing(world, line):
    wishes(world.amina)
    line.fault = carriers.TryLater()
    work(SEVEN - 50 * MINUTE)
    line.fault = None
    world.amina.memberships.update(state="left")
    work(SEVEN - MINUTE)
    assert not line.sent


def test_after_the_beginning_it_is_not_sent(world, line):
    wishes(world.amina)
    line.fault = carriers.TryLater()
    work(SEVEN - 50 * MINUTE)
    line.fault = None
    work(SEVEN + HOUR)
    assert not line.sent
    assert reminder(world.amina).why == "later"


def test_the_link_ends_it(world, line):
    wishes(world.amina)
    token = stop_link(Preference.objects.get(person=world.amina)).rstrip("/").rsplit("/", 1)[1]
    assert stop(token=token)
    work(SEVEN - MINUTE)
    assert not line.sent
    assert not Preference.objects.get(person=world.amina).hour_too


def test_it_counts_among_the_months_parts(world, line):
    Allowance.objects.update(parts_a_month=1)
    wishes(world.amina)
    work(SEVEN - MINUTE)
    assert len(line.sent) == 1
    with pretend(SEVEN + 7 * DAY - 10 * HOUR):
        clock.plan(world.maths)
    work(SEVEN + 7 * DAY - MINUTE)
    assert len(line.sent) == 1
    assert Reminder.objects.get(person=world.amina, state="failed").why == "cap"


def test_in_quiet_hours_nothing_is_sent(world, line):
    Person.objects.filter(pk=world.amina.pk).update(quiet_from=dt.time(15), quiet_until=dt.time(21))
    wishes(Person.objects.get(pk=world.amina.pk), hour=9)
    work(SEVEN - MINUTE)
    assert not line.sent
