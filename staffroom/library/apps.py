from django.apps import AppConfig

from staffroom.core import hooks as core_hooks


class LibraryConfig(AppConfig):
    name = "staffroom.library"
    label = "library"

    def ready(self) -> None:
        """Each part of the library registers itself here: one line a part."""
        self._plans()

    def _plans(self) -> None:
        from staffroom.library.hooks import plans

        core_hooks.export_person.add(plans.export_person)
        core_hooks.erase_person.add(plans.erase_person)
        core_hooks.merge_people.add(plans.merge_people)
        core_hooks.retention.add(plans.rules)
        core_hooks.me_entries.add(plans.me_entries)
        core_hooks.doctor.add(plans.doctor)
