from django.apps import AppConfig

from staffroom.core import hooks as core_hooks


class LibraryConfig(AppConfig):
    name = "staffroom.library"
    label = "library"

    def ready(self) -> None:
        """Each part of the library registers itself here: one line a part."""
        from staffroom.library import finding
        from staffroom.library.hooks import notes, plans, resources, trust_parts

        core_hooks.searchable.add(finding.searchable)
        for part in (resources, plans, notes, trust_parts):
            part.register()
