from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "staffroom.communities"
    label = "communities"
