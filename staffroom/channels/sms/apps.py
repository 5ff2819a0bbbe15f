from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "staffroom.channels.sms"
    label = "sms"

    def ready(self) -> None:
        from staffroom.channels.sms import handlers
        from staffroom.core import outbox

        outbox.on("sms.send", handlers.send, network=True)
