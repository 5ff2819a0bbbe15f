from django.apps import AppConfig


class EmailConfig(AppConfig):
    name = "staffroom.channels.email"
    label = "email"

    def ready(self) -> None:
        from staffroom.channels.email import carrier, doctor
        from staffroom.channels.email import hooks as ours
        from staffroom.channels.email.actions import make, send
        from staffroom.core import hooks, outbox
        from staffroom.notices import carriers

        carriers.register(carrier.CARRIER)
        hooks.doctor.add(doctor.findings)
        hooks.export_person.add(ours.export)
        hooks.erase_person.add(ours.erase)
        hooks.merge_people.add(ours.merge_people)
        hooks.retention.add(ours.rules)
        hooks.me_entries.add(ours.me_entries)
        hooks.today_rows.add(ours.today_rows)
        hooks.nightly.add(make.nightly)
        outbox.on(make.TOPIC, send.send, network=True)
