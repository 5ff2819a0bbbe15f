from django.apps import AppConfig


class WebpushConfig(AppConfig):
    name = "staffroom.channels.webpush"
    label = "webpush"

    def ready(self) -> None:
        """Each part of the room registers itself here: one line a part."""
        from staffroom.channels.webpush import belongings, carrier
        from staffroom.channels.webpush.actions import tell, trying
        from staffroom.core import hooks, outbox
        from staffroom.notices import carriers

        carriers.register(carrier.CARRIER)
        outbox.on("post.written", tell.written)
        outbox.on("post.mentioned", tell.mentioned)
        outbox.on(tell.TOPIC, tell.tell, network=True)
        outbox.on(trying.TOPIC, trying.send, network=True)
        hooks.export_person.add(belongings.export)
        hooks.erase_person.add(belongings.erase)
        hooks.retention.add(belongings.rules)
        hooks.me_entries.add(belongings.me_entries)
        hooks.doctor.add(belongings.doctor)
        hooks.boxes.add(belongings.boxes)
