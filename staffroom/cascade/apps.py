from django.apps import AppConfig


class CascadeConfig(AppConfig):
    name = "staffroom.cascade"
    label = "cascade"

    def ready(self) -> None:
        """Each part of the room registers itself here: one line a part."""
        from staffroom.cascade.hooks import (
            attendance,
            cascade,
            learning,
            sessions,
            training,
            visits,
        )

        for part in (training, cascade, sessions, attendance, learning, visits):
            part.register()
