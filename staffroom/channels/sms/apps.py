from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "staffroom.channels.sms"
    label = "sms"
