from django.apps import AppConfig


class RhythmConfig(AppConfig):
    name = "staffroom.rhythm"
    label = "rhythm"

    def ready(self) -> None:
        """Each part of the room registers itself here: one line a part."""
        from staffroom.rhythm.hooks import (
            challenge,
            hour,
            ice,
            own_time,
            prompts,
            recognition,
            silence,
        )

        for part in (hour, prompts, ice, own_time, recognition, challenge, silence):
            part.register()
