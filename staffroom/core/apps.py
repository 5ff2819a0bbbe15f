from django.apps import AppConfig
from django.urls import register_converter

from staffroom.core.ids import ShortUUIDConverter


class CoreConfig(AppConfig):
    name = "staffroom.core"
    label = "core"

    def ready(self) -> None:
        register_converter(ShortUUIDConverter, "uid")
