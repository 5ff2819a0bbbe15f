from django.apps import AppConfig


class AirtimeConfig(AppConfig):
    name = "staffroom.channels.airtime"
    label = "airtime"

    def ready(self) -> None:
        from staffroom.channels.airtime import hooks

        hooks.register()
