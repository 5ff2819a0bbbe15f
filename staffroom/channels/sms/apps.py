from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "staffroom.channels.sms"
    label = "sms"

    def ready(self) -> None:
        from staffroom.channels.sms import carrier, channel, handlers
        from staffroom.channels.switchboard import known
        from staffroom.core import outbox
        from staffroom.notices import carriers

        outbox.on("sms.send", handlers.send, network=True)
        carriers.register(carrier.CARRIER)
        known.register(channel.CHANNEL)
