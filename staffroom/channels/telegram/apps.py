from django.apps import AppConfig


class TelegramConfig(AppConfig):
    name = "staffroom.channels.telegram"
    label = "telegram"

    def ready(self) -> None:
        from staffroom.channels.switchboard import known
        from staffroom.channels.telegram import channel, doctor, polling, removing
        from staffroom.core import hooks, outbox

        known.register(channel.CHANNEL)
        hooks.doctor.add(doctor.findings)
        outbox.on("post.removed", removing.gone)
        outbox.on("post.decided", removing.gone)
        outbox.on(removing.TOPIC, removing.delete, network=True)
        hooks.beside_the_worker.add(polling.poll)
