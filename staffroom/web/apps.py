from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


class WebConfig(AppConfig):
    name = "staffroom.web"
    label = "web"

    def ready(self) -> None:
        from staffroom.core import hooks
        from staffroom.web import entries
        from staffroom.web.data import hooks as data
        from staffroom.web.practice import actions, queries

        data.register()
        hooks.frame.add(office_tabs)
        hooks.me_entries.add(entries.mine)
        hooks.newcomer.add(first_steps)
        hooks.export_person.add(queries.record)
        hooks.erase_person.add(actions.forget)


def first_steps(person: Any) -> str:
    """Whoever is new tries things out first, where nobody sees it."""
    from django.urls import reverse

    from staffroom.web.practice.queries import offered

    return reverse("practice") if offered(person) else ""


def office_tabs(request: HttpRequest) -> dict[str, Any]:
    from staffroom.web.queries.offices import tabs_of

    if not hasattr(request, "user"):  # refused before anybody was looked for: a foreign host
        return {}
    return {"office_tabs": tabs_of(request.user, request.path)}  # type: ignore[arg-type]
