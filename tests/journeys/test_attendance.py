"""A hall without signal: the open list takes ticks, and they arrive once there is signal."""

import pytest

from staffroom.cascade.models import (
    AttendanceMark,
    Invitation,
    SessionDay,
    SessionTrainer,
    Trainer,
    TrainingSession,
)
from staffroom.core.clock import today
from staffroom.core.ids import short
from tests.journeys.test_worker import ready, settled


@pytest.mark.returning
def test_ticks_wait_for_signal(come_in, world, complaints):
    session = TrainingSession.objects.create(programme=world.programme, title="Fractions")
    trainer = Trainer.objects.create(
        programme=world.programme, kind="circle", person=world.chausiku
    )
    SessionTrainer.objects.create(session=session, trainer=trainer)
    for person in (world.amina, world.nafula):
        Invitation.objects.create(session=session, person=person)
    day = SessionDay.objects.create(session=session, day=today("Africa/Nairobi"))
    url = f"/training/{short(session.pk)}/attendance/{short(day.pk)}"
    page = come_in(world.chausiku, url)
    ready(page)
    page.goto(url)  # through the worker, which keeps it
    settled(page)
    page.context.set_offline(True)
    line = page.locator(f"#a-{short(world.amina.pk)}")
    line.get_by_role("button", name="Came").click()
    assert line.get_by_role("button", name="Came").get_attribute("aria-pressed") == "true"
    line.get_by_text("Waiting for signal").wait_for()
    page.context.set_offline(False)
    page.get_by_text("1 of 2 are here").wait_for()
    mark = AttendanceMark.objects.get()
    assert (mark.said, mark.by, mark.attendance.person) == ("present", world.chausiku, world.amina)
    assert mark.written_at <= mark.at
