"""The worker's part, inside a test's own transaction."""

from django_tasks import TaskContext
from django_tasks_db.models import DBTaskResult


def work(tries: int = 1) -> int:
    """Run what waits as the worker does, as its `tries`th try; how many jobs."""
    waiting = list(DBTaskResult.objects.ready())
    for job in waiting:
        job.worker_ids = [f"worker-{n}" for n in range(tries)]
        result = job.task_result
        given = job.args_kwargs
        job.task.call(TaskContext(task_result=result), *given["args"], **given["kwargs"])
        job.set_successful(None)
    return len(waiting)
