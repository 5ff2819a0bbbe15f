from django.apps import AppConfig


class EmailConfig(AppConfig):
    name = "staffroom.channels.email"
    label = "email"
