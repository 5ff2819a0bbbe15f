"""Data support in what reaches every room: export, erasure, retention, the way to it from *Me*."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.channels.airtime import provider
from staffroom.channels.airtime.actions import send
from staffroom.channels.airtime.models import Order, Share
from staffroom.communities.access import is_moderator
from staffroom.communities.hooks import about_rows
from staffroom.communities.levers import lever
from staffroom.communities.offices import ADMINISTRATOR, appointments
from staffroom.core import hooks, outbox
from staffroom.core.findings import FAIL, OK, WARN, Finding
from staffroom.core.retention import Rule
from staffroom.people.models import Person


def shares_of(person: Person) -> QuerySet[Share]:
    """What somebody got, the newest first; not what is only being thought about."""
    return (
        Share.objects.filter(person=person, order__state=Order.State.GOING)
        .exclude(state=Share.State.LEFT_OUT)
        .select_related("order")
        .order_by("-order__agreed_at", "-id")
    )


def me_entries(person: Person) -> list[dict[str, str]]:
    entries = []
    if shares_of(person).exists():
        entries.append(
            _entry("my_bundles", "mine", _("Airtime and bundles"), _("What the programme gave me"))
        )
    if person.is_staff and appointments(person, ADMINISTRATOR).exists():
        entries.append(
            _entry(
                "airtime", "work", _("Airtime and bundles"), _("Data that the programme pays for")
            )
        )
    return entries


def _entry(name: str, group: str, title: str, text: str) -> dict[str, str]:
    return {"url": reverse(name), "group": group, "icon": "phone", "title": title, "text": text}


def about_community(request: HttpRequest) -> list[dict[str, str]]:
    """The moderator's way to what was given by hand."""
    community = request.community  # type: ignore[attr-defined]
    if lever(community, "data_support") == "none" or not is_moderator(request.user, community):  # type: ignore[arg-type]
        return []
    return [
        {
            "url": reverse("bundles_by_hand", args=[community.pk]),
            "icon": "phone",
            "title": _("Bundles given by hand"),
            "text": _("Write down who was given what"),
        }
    ]


def export_person(person: Person) -> dict[str, list[dict[str, Any]]]:
    return {
        "airtime_and_bundles": [
            {
                "kind": share.order.kind,
                "amount": str(share.amount),
                "currency": share.order.currency,
                "megabytes": share.order.megabytes,
                "state": share.state,
                "came": share.came,
                "at": share.at,
            }
            for share in shares_of(person)
        ]
    }


def erase_person(person: Person, keep_contributions: bool) -> None:
    """The sums stay for the accounts; nobody can tell any more whose they were."""
    Share.objects.filter(person=person).update(person=None, community=None)


def _old(before: dt.datetime) -> QuerySet[Share]:
    return Share.objects.filter(at__lt=before, person__isnull=False)


def _forget(ids: list[Any]) -> None:
    Share.objects.filter(pk__in=ids).update(person=None, community=None)


def rules() -> list[Rule]:
    return [
        Rule(
            "airtime",
            gettext_lazy("Who was given which airtime or bundle; afterwards the sums alone"),
            gettext_lazy("To account for the programme’s money, and not to give twice"),
            days=730,
            least=62,
            due=_old,
            forget=_forget,
        )
    ]


def findings() -> list[Finding]:
    """For `staffroom doctor`."""
    from django.conf import settings

    name = "airtime"
    if settings.AIRTIME_PROVIDER not in ("none", "africastalking"):
        return [
            Finding(FAIL, name, f"STAFFROOM_AIRTIME_PROVIDER is {settings.AIRTIME_PROVIDER!r}.",
                    "Known are `africastalking` and `none`.")
        ]  # fmt: skip
    if settings.AIRTIME_PROVIDER == "none":
        return []
    if missing := provider.missing():
        needed = ", ".join(f"STAFFROOM_{each}" for each in missing)
        return [Finding(FAIL, name, "Airtime cannot be sent.", f"Set {needed}.")]
    unknown = Share.objects.filter(state=Share.State.UNKNOWN).count()
    if unknown:
        return [
            Finding(WARN, name, f"{unknown} times nobody knows whether airtime arrived.",
                    "Lay the provider’s list beside ours: `staffroom airtime reconcile FILE`.")
        ]  # fmt: skip
    return [Finding(OK, name, "Airtime can be sent, and nothing is unknown.")]


def register() -> None:
    hooks.me_entries.add(me_entries)
    hooks.export_person.add(export_person)
    hooks.erase_person.add(erase_person)
    hooks.retention.add(rules)
    hooks.doctor.add(findings)
    hooks.nightly.add(send.sweep)
    about_rows.add(about_community)
    outbox.on("airtime.send", send.send, network=True)
    outbox.on("airtime.look", send.look, network=True)
