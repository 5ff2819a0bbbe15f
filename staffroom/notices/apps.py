from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "staffroom.notices"
    label = "notices"

    def ready(self) -> None:
        """Each part of the room registers itself here: one line a part."""
        from staffroom.communities.hooks import about_rows
        from staffroom.core import hooks, outbox
        from staffroom.notices import clockwork
        from staffroom.notices.actions import make, remind, send
        from staffroom.notices.hooks import belongings
        from staffroom.notices.views import preferences

        hooks.export_person.add(belongings.export)
        hooks.erase_person.add(belongings.erase)
        hooks.merge_people.add(belongings.merge_people)
        hooks.retention.add(belongings.rules)
        hooks.me_entries.add(belongings.me_entries)
        hooks.nightly.add(clockwork.nightly)
        about_rows.add(preferences.about_rows)
        outbox.on(clockwork.TOPIC, make.make_due)
        outbox.on("digest.send", send.send, network=True)
        outbox.on("gathering.reminder", remind.remind)
        outbox.on("reminder.send", send.send_reminder, network=True)
