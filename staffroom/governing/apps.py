from django.apps import AppConfig


class GoverningConfig(AppConfig):
    name = "staffroom.governing"
    label = "governing"

    def ready(self) -> None:
        from staffroom.core import hooks
        from staffroom.governing import boxes, doctor
        from staffroom.governing import hooks as ours

        hooks.me_entries.add(ours.me_entries)
        hooks.retention.add(ours.rules)
        hooks.boxes.add(boxes.boxes)
        hooks.doctor.add(doctor.findings)
