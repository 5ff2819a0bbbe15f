from django.apps import AppConfig


class WhatsappConfig(AppConfig):
    name = "staffroom.channels.whatsapp"
    label = "whatsapp"
