from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "staffroom.people"
    label = "people"

    def ready(self) -> None:
        from allauth.mfa import signals

        from staffroom.core import hooks
        from staffroom.people import boxes, clockwork, doctor, entries, export, kept, queries, staff

        hooks.export_person.add(queries.my_record)
        hooks.export_files.add(export.own_files)
        hooks.me_entries.add(entries.mine)
        hooks.retention.add(kept.rules)
        hooks.doctor.add(doctor.findings)
        hooks.boxes.add(boxes.boxes)
        hooks.nightly.add(clockwork.nightly)
        signals.authenticator_used.connect(staff.second_factor_used)
        signals.authenticator_added.connect(staff.second_factor_added)
        signals.authenticator_removed.connect(staff.second_factor_removed)
