from functools import partial
from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest

from staffroom.core import hooks


class ConversationsConfig(AppConfig):
    name = "staffroom.conversations"
    label = "conversations"

    def ready(self) -> None:
        from staffroom.conversations import keeping
        from staffroom.conversations.actions.remove import forget_removed

        hooks.export_person.add(keeping.export)
        hooks.erase_person.add(keeping.erase)
        hooks.nightly.add(forget_removed)
        hooks.frame.add(unread_in_frame)


def unread_in_frame(request: HttpRequest) -> dict[str, Any]:
    """`{{ unread_total }}`: counted only by a page that shows it."""
    from staffroom.conversations.queries import unread_total

    if not request.user.is_authenticated:
        return {}
    return {"unread_total": partial(unread_total, request.user)}
