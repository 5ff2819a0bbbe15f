from django.apps import AppConfig
from django.core.checks import Tags, register
from django.core.signals import got_request_exception
from django.urls import register_converter

from staffroom.core.ids import ShortUUIDConverter
from staffroom.core.logs import request_fault


class CoreConfig(AppConfig):
    name = "staffroom.core"
    label = "core"

    def ready(self) -> None:
        from staffroom.core import hooks, kept, once
        from staffroom.core.security import django_checks
        from staffroom.core.transport import doctor

        register(django_checks, Tags.security)
        hooks.retention.add(kept.rules)
        hooks.export_person.add(once.export)
        hooks.erase_person.add(once.erase)
        hooks.merge_people.add(once.merge)
        hooks.doctor.add(doctor.findings)
        register_converter(ShortUUIDConverter, "uid")
        got_request_exception.connect(request_fault, dispatch_uid="staffroom.fault")
