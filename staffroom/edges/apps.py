from django.apps import AppConfig


class EdgesConfig(AppConfig):
    name = "staffroom.edges"
    label = "edges"

    def ready(self) -> None:
        """Each part of the room registers itself here: one line a part."""
