from django.apps import AppConfig


class FacilitationConfig(AppConfig):
    name = "staffroom.facilitation"
    label = "facilitation"

    def ready(self) -> None:
        """Each part of the room registers itself here: one line a part."""
        from staffroom.facilitation.hooks import desk

        desk.register()
