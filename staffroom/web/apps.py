from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


class WebConfig(AppConfig):
    name = "staffroom.web"
    label = "web"

    def ready(self) -> None:
        from staffroom.core import hooks

        hooks.frame.add(office_tabs)
        hooks.me_entries.add(who_can_see_what)


def who_can_see_what(person: Any) -> list[dict[str, str]]:
    from django.urls import reverse
    from django.utils.translation import gettext as _

    return [
        {
            "url": reverse("privacy"),
            "icon": "eye",
            "title": _("Who can see what"),
            "text": _("In plain words"),
        }
    ]


def office_tabs(request: HttpRequest) -> dict[str, Any]:
    from staffroom.web.queries.offices import tabs_of

    return {"office_tabs": tabs_of(request.user, request.path)}  # type: ignore[arg-type]
