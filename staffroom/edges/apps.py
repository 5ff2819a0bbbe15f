from django.apps import AppConfig


class EdgesConfig(AppConfig):
    name = "staffroom.edges"
    label = "edges"

    def ready(self) -> None:
        """Each part of the room registers itself here: one line a part."""
        from staffroom.edges.hooks import brokers, own, questions, reshaping, today

        for part in (questions, brokers, reshaping, own, today):
            part.register()
