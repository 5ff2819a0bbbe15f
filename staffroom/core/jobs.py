"""Slow work: functions marked with `@task()` of django-tasks, kept in the database, run by the worker.

A job may be run twice (its worker may have died at the last line), so it must be harmless then.
"""

from collections.abc import Callable

from django_tasks_db.models import DBTaskResult

from staffroom.core import heartbeat
from staffroom.core.clock import ASTRAY, now


def run_due(worker: str, *, stopping: Callable[[], bool] = lambda: False) -> int:
    """Run the jobs that are due, one after the other; how many."""
    from django_tasks_db.management.commands.db_worker import Worker

    done = 0
    while not stopping() and DBTaskResult.objects.ready().exists():
        Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=worker,
            excluded_queue_names=[],
        ).run()
        done += 1
    return done


def requeue_abandoned() -> int:
    """Jobs whose worker is silent are due again; how many."""
    alive = {beat.name for beat in heartbeat.alive("worker")}
    running = DBTaskResult.objects.running()
    silent = [
        job.pk
        for job in running.exclude(started_at__range=(now() - heartbeat.ALIVE, now() + ASTRAY))
        if not alive & set(job.worker_ids[-1:])
    ]
    return running.filter(pk__in=silent).update(status="READY")
