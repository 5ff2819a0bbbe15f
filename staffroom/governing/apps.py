from django.apps import AppConfig


class GoverningConfig(AppConfig):
    name = "staffroom.governing"
    label = "governing"
