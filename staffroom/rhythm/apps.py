from django.apps import AppConfig


class RhythmConfig(AppConfig):
    name = "staffroom.rhythm"
    label = "rhythm"

    def ready(self) -> None:
        """Each part of the room registers itself here: one line a part."""
        from staffroom.rhythm.hooks import challenge, own_time, recognition, silence

        own_time.register()
        recognition.register()
        challenge.register()
        silence.register()
