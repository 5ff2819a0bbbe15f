"""How far an import, or a plan of clusters, is: told by the worker, read by a page.

In a small file beside the upload, not in the database: what an import writes there is seen by
nobody before it is finished, and on SQLite it holds the only pen.
"""

import json
import time

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from staffroom.places.models import ClusterPlan, ImportRun

Work = ImportRun | ClusterPlan

EVERY = 0.7  # seconds


class Progress:
    """Called with (rows done, of so many); a file that cannot be written stops no import."""

    def __init__(self, run: Work) -> None:
        self._name = name_of(run)
        self._last = 0.0

    def __call__(self, done: int, of: int) -> None:
        if time.monotonic() - self._last < EVERY:
            return
        self._last = time.monotonic()
        try:
            default_storage.delete(self._name)
            default_storage.save(self._name, ContentFile(json.dumps([done, of]).encode()))
        except OSError:
            return

    def forget(self) -> None:
        try:
            default_storage.delete(self._name)
        except OSError:
            return


def name_of(run: Work) -> str:
    return f"imports/{run.pk}.progress"


def told(run: Work) -> tuple[int, int] | None:
    """(done, of); (0, 0) while the list is read; None when nothing has begun or just between two."""
    try:
        with default_storage.open(name_of(run)) as file:
            done, of = json.loads(file.read())
    except (OSError, ValueError):
        return None
    return int(done), int(of)
