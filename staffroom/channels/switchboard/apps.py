from django.apps import AppConfig


class SwitchboardConfig(AppConfig):
    name = "staffroom.channels.switchboard"
    label = "switchboard"

    def ready(self) -> None:
        """Each part of the room registers itself here: one line a part."""
        from staffroom.channels.switchboard import belongings, carrying
        from staffroom.channels.switchboard.actions import deal, relay, sending
        from staffroom.channels.switchboard.hooks import doctor, entries
        from staffroom.channels.switchboard.views import chats
        from staffroom.communities.hooks import about_rows
        from staffroom.core import hooks, outbox
        from staffroom.notices import carriers

        outbox.on("channel.received", deal.deal, network=True)
        outbox.on(sending.TOPIC, sending.deliver, network=True)
        outbox.on("post.written", relay.written)
        outbox.on("post.mentioned", relay.mentioned)
        hooks.export_person.add(belongings.export)
        hooks.erase_person.add(belongings.erase)
        hooks.merge_people.add(belongings.merge_people)
        hooks.retention.add(belongings.rules)
        hooks.me_entries.add(entries.me_entries)
        hooks.today_rows.add(entries.today_rows)
        hooks.doctor.add(doctor.findings)
        about_rows.add(chats.about_rows)
        carriers.guards.append(carrying.may_reach)
        carriers.makers.append(carrying.made)
