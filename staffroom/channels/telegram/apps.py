from django.apps import AppConfig


class TelegramConfig(AppConfig):
    name = "staffroom.channels.telegram"
    label = "telegram"

    def ready(self) -> None:
        from staffroom.channels.switchboard import known
        from staffroom.channels.telegram import channel, doctor, polling
        from staffroom.core import hooks

        known.register(channel.CHANNEL)
        hooks.doctor.add(doctor.findings)
        hooks.beside_the_worker.add(polling.poll)
