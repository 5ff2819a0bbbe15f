from django.apps import AppConfig


class SwitchboardConfig(AppConfig):
    name = "staffroom.channels.switchboard"
    label = "switchboard"
