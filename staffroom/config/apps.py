from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "staffroom.config"
    label = "staffroom_config"

    def ready(self) -> None:
        from django.core.checks import Tags, register

        from staffroom.config.checks import django_checks

        register(django_checks, Tags.security)
