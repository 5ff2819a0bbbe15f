from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "staffroom.library"
    label = "library"

    def ready(self) -> None:
        """Each part of the library registers itself here: one line a part."""
        from staffroom.library.hooks import notes, plans, resources, trust_parts

        for part in (resources, plans, notes, trust_parts):
            part.register()
