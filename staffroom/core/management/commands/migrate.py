"""`migrate`, which makes the tables of a new house in one go."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from staffroom.core import new_house

#: With these somebody wants to see or steer the single migrations.
STEERED = ("app_label", "plan", "check_unapplied", "fake", "fake_initial", "prune")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not any(options[name] for name in STEERED) and new_house.is_empty(connection):
            new_house.make(connection)
        super().handle(*args, **options)
