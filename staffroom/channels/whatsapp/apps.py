from django.apps import AppConfig


class WhatsappConfig(AppConfig):
    name = "staffroom.channels.whatsapp"
    label = "whatsapp"

    def ready(self) -> None:
        from staffroom.channels.switchboard import known
        from staffroom.channels.whatsapp import channel, doctor, keeping
        from staffroom.core import hooks

        known.register(channel.CHANNEL)
        hooks.doctor.add(doctor.findings)
        hooks.retention.add(keeping.rules)
