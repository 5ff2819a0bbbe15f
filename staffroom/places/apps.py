from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "staffroom.places"
    label = "places"

    def ready(self) -> None:
        from staffroom.core import hooks
        from staffroom.places import doctor, kept, queries
        from staffroom.places import hooks as ours
        from staffroom.places.imports import export

        hooks.export_person.add(ours.export_person)
        hooks.erase_person.add(ours.erase_person)
        hooks.phone_region.add(ours.phone_region)
        hooks.phone_regions.add(queries.regions)
        hooks.merge_people.add(ours.merge_people)
        hooks.knows_number.add(ours.knows_number)
        hooks.missing.add(ours.missing)
        hooks.me_entries.add(ours.me_entries)
        hooks.retention.add(kept.rules)
        hooks.nightly.add(ours.nightly)
        hooks.doctor.add(doctor.findings)
        export.register()
