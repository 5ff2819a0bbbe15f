"""What this room does once a night."""

import datetime as dt

from django.core.files.storage import default_storage

from staffroom.people.actions import sessions
from staffroom.people.models import Person


def nightly(now: dt.datetime) -> None:
    sessions.sweep()
    sweep_photos(now)


def sweep_photos(now: dt.datetime) -> int:
    """Remove photos that no profile has: written before their row, when the row then failed."""
    try:
        _folders, names = default_storage.listdir("people")
    except FileNotFoundError:
        return 0
    kept = set(Person.objects.exclude(photo="").values_list("photo", flat=True))
    orphans = [
        path
        for path in (f"people/{name}" for name in names)
        if path not in kept and default_storage.get_modified_time(path) < now - dt.timedelta(days=1)
    ]
    for path in orphans:
        default_storage.delete(path)
    return len(orphans)
