from django.apps import AppConfig


class WebpushConfig(AppConfig):
    name = "staffroom.channels.webpush"
    label = "webpush"
