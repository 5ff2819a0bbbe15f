import datetime as dt

import pytest
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from staffroom.core import heartbeat, jobs
from staffroom.core.clock import now

DONE: list = []


@task()
def note(word: str) -> None:
    DONE.append(word)


@pytest.fixture(autouse=True)
def _clean():
    DONE.clear()


@pytest.mark.django_db(transaction=True)
def test_due_jobs_are_run_in_order():
    note.enqueue("one")
    note.enqueue("two")
    assert jobs.run_due("worker-here-1") == 2
    assert DONE == ["one", "two"]
    assert DBTaskResult.objects.successful().count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("alive", "again"), [(False, 1), (True, 0)])
def test_a_job_whose_worker_died_is_due_again(alive, again):
    beat = heartbeat.Beat("worker")
    if alive:
        beat.beat()
    note.enqueue("one")
    job = DBTaskResult.objects.get()
    job.claim(beat.name)
    DBTaskResult.objects.update(started_at=now() - dt.timedelta(minutes=5))
    assert jobs.requeue_abandoned() == again
    assert jobs.run_due("worker-other-2") == again
