"""The machine's clock was a day ahead, or behind, and is set right: everything goes on as it should."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django_tasks_db.models import DBTaskResult

from staffroom.core import heartbeat, jobs, limits, outbox, schedule
from staffroom.core.clock import now
from staffroom.core.errors import Refused, TooMany
from staffroom.core.models import DutyDone, Heartbeat, OutboxEntry
from staffroom.people.actions import codes
from staffroom.people.models import SignInCode

TODAY = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def heard():
    said: list = []
    outbox.on("astray", said.append)
    yield said
    outbox._handlers.pop("astray")


@pytest.mark.parametrize("ahead", [DAY, -DAY])
def test_what_was_put_into_the_outbox_is_delivered_at_once(clock, heard, ahead):
    clock.move_to(TODAY + ahead)
    outbox.put("astray", n=1)
    clock.move_to(TODAY)
    schedule.keep("Africa/Nairobi")
    outbox.deliver()
    assert heard == [{"n": 1}]


def test_what_was_to_wait_still_waits_as_long(clock, heard):
    clock.move_to(TODAY + DAY)
    outbox.put("astray", delay=dt.timedelta(hours=2), n=1)
    clock.move_to(TODAY)
    schedule.keep("Africa/Nairobi")
    outbox.deliver()
    assert heard == []
    clock.move_to(TODAY + dt.timedelta(hours=2))
    outbox.deliver()
    assert heard == [{"n": 1}]


def test_a_claim_and_a_next_try_from_the_future_hold_nothing_back(clock, heard):
    outbox.put("astray", key="held", n=1)
    outbox.put("astray", key="failed", n=2)
    OutboxEntry.objects.filter(key="held").update(claimed_until=TODAY + DAY)
    OutboxEntry.objects.filter(key="failed").update(attempts=2, due_at=TODAY + DAY)
    schedule.keep("Africa/Nairobi")
    outbox.deliver()
    assert heard == [{"n": 2}]
    clock.shift(outbox.CLAIM + dt.timedelta(seconds=1))  # whoever holds it may be at work
    outbox.deliver()
    assert heard == [{"n": 2}, {"n": 1}]


def test_a_try_that_waits_rightly_is_left_alone(clock):
    outbox.put("astray", n=1)
    OutboxEntry.objects.update(attempts=11, due_at=TODAY + outbox.backoff(12))
    outbox.put("later", delay=dt.timedelta(days=30))
    assert outbox.mend() == 0


def test_duties_are_done_though_the_clock_was_a_year_ahead(clock):
    clock.move_to(TODAY + 365 * DAY)
    schedule.keep("Africa/Nairobi")
    clock.move_to(TODAY)
    schedule.keep("Africa/Nairobi")
    late = DutyDone.objects.filter(due_at__gt=TODAY + DAY)
    assert not late.exists()
    clock.shift(dt.timedelta(minutes=2))
    assert "jobs.requeue" in schedule.keep("Africa/Nairobi")


def test_the_night_is_not_done_twice_when_the_clock_goes_back_over_it(clock, monkeypatch):
    done: list = []
    duty = schedule.Duty("nightly", lambda: done.append(now()))
    monkeypatch.setattr(schedule, "DUTIES", [duty])
    for moment in ("2026-11-20T22:00", "2026-11-20T23:00", "2026-11-20T22:30", "2026-11-20T23:30"):
        clock.move_to(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC))
        schedule.keep("Africa/Nairobi")  # two o'clock there is 23:00
    assert len(done) in {
        1,
        2,
    }  # the second night comes again only after the clock went back over it
    clock.move_to(TODAY + 2 * DAY)
    schedule.keep("Africa/Nairobi")
    assert done[-1] == TODAY + 2 * DAY


def test_a_code_from_the_future_neither_works_nor_hides_the_next(clock):
    from phonenumber_field.phonenumber import PhoneNumber

    phone = PhoneNumber.from_string("+254700000001")
    purpose = SignInCode.Purpose.SIGN_IN
    clock.move_to(TODAY + DAY)
    early = codes.make(phone=phone, purpose=purpose)
    codes.check(phone=phone, code=early, purposes=[purpose])  # used, so it stays as a row
    unused = codes.make(phone=phone, purpose=purpose)
    clock.move_to(TODAY)
    with pytest.raises(Refused):
        codes.check(phone=phone, code=unused, purposes=[purpose])
    code = codes.make(phone=phone, purpose=purpose)
    assert codes.check(phone=phone, code=code, purposes=[purpose]).created_at == TODAY
    clock.move_to(TODAY + DAY)
    with pytest.raises(Refused):
        codes.check(phone=phone, code=code, purposes=[purpose])


def test_sessions_outlive_a_day_of_error_and_no_more(clock):
    clock.move_to(TODAY - DAY)
    store = SessionStore()
    store["who"] = "amina"
    store.save()
    clock.move_to(TODAY + DAY)
    assert SessionStore(store.session_key)["who"] == "amina"
    clock.move_to(TODAY + 91 * DAY)
    assert "who" not in SessionStore(store.session_key)


def test_limits_start_anew_and_hold_on(clock):
    clock.move_to(TODAY + DAY)
    for _ in range(2):
        limits.take("try", "somebody", limit=2, seconds=600)
    clock.move_to(TODAY)
    for _ in range(2):
        limits.take("try", "somebody", limit=2, seconds=600)
    with pytest.raises(TooMany) as refused:
        limits.take("try", "somebody", limit=2, seconds=600)
    assert refused.value.retry_after <= 600


def test_who_beat_in_the_future_is_not_alive_for_a_day(clock):
    clock.move_to(TODAY + DAY)
    heartbeat.Beat("worker").beat()
    clock.move_to(TODAY)
    assert heartbeat.alive("worker") == []
    clock.move_to(TODAY - DAY)
    heartbeat.sweep()
    assert not Heartbeat.objects.exists()


def test_a_job_whose_worker_died_in_the_future_is_given_to_another(clock):
    job = DBTaskResult.objects.create(
        status="RUNNING",
        started_at=TODAY + DAY,
        args_kwargs={},
        task_path="a.b",
        exception_class_path="",
        backend_name="default",
        run_after=TODAY,
        worker_ids=["gone"],
    )
    assert jobs.requeue_abandoned() == 1
    job.refresh_from_db()
    assert job.status == "READY"


def test_a_password_given_in_the_future_is_asked_for_again(clock, rf, monkeypatch):
    from staffroom.people import staff

    records = [{"method": "password", "at": (TODAY + DAY).timestamp()}]
    monkeypatch.setattr(staff, "get_authentication_records", lambda *_: records)
    request = SimpleNamespace(user=None)
    monkeypatch.setattr(staff, "context", SimpleNamespace(request=request))
    assert staff.AccountAdapter().is_reauthentication_required(app="mfa") is True
