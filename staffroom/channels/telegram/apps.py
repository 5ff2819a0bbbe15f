from django.apps import AppConfig


class TelegramConfig(AppConfig):
    name = "staffroom.channels.telegram"
    label = "telegram"
