from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "staffroom.conversations"
    label = "conversations"
