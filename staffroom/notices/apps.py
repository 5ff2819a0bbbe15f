from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "staffroom.notices"
    label = "notices"

    def ready(self) -> None:
        """Each part of the room registers itself here: one line a part."""
