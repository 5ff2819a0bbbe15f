from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


class WebConfig(AppConfig):
    name = "staffroom.web"
    label = "web"

    def ready(self) -> None:
        from staffroom.core import hooks

        hooks.frame.add(office_tabs)


def office_tabs(request: HttpRequest) -> dict[str, Any]:
    from staffroom.web.queries.offices import tabs_of

    return {"office_tabs": tabs_of(request.user, request.path)}  # type: ignore[arg-type]
