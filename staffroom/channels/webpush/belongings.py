"""What this room holds about one person, for how long; its checks; its key."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.channels.webpush import keys
from staffroom.channels.webpush.models import Subscription
from staffroom.core.findings import OK, WARN, Finding
from staffroom.core.rekey import Boxes, Rest
from staffroom.core.retention import Rule
from staffroom.people.models import Person


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Where and since when; the address itself is a key to the phone and stays here."""
    rows = Subscription.objects.filter(person=person).order_by("made_at")
    return {
        "notifications": [
            {"phone": each.session.words, "since": each.made_at, "at_once": each.at_once}
            for each in rows.select_related("session")
        ]
    }


def erase(person: Person, keep_contributions: bool) -> None:
    Subscription.objects.filter(person=person).delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "webpush",
            gettext_lazy("The address at which a browser is told that there is something"),
            gettext_lazy("To tell it, until its person turns that off"),
            until=gettext_lazy("until they sign out there, or the browser has gone"),
        )
    ]


def me_entries(person: Person) -> list[dict[str, str]]:
    return [
        {
            "url": reverse("notifications"),
            "group": "reach",
            "icon": "phone",
            "title": _("Notifications"),
            "text": _("A sign on this phone when something concerns you"),
        }
    ]


def doctor() -> list[Finding]:
    if settings.HTTPS or not settings.PUBLIC:
        return [Finding(OK, "web push", f"Browsers know us by the key {keys.current().name}.")]
    return [
        Finding(
            WARN,
            "web push",
            "Browsers take notifications only from an address with HTTPS.",
            "docs/how-to/notifications-on-the-phone.md",
        )
    ]


def boxes() -> list[Boxes | Rest]:
    """Nothing is closed with the key; browsers that know us by an old one ask anew in time."""
    return [
        Rest(
            "webpush",
            "browsers that know us by the old key",
            count=lambda: _of_old_keys().count(),
            give_up=lambda: _of_old_keys().delete() and None,
        )
    ]


def _of_old_keys() -> Any:
    return Subscription.objects.exclude(key=keys.current().name)
