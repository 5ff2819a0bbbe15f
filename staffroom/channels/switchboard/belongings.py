"""What this room holds about one person: to take along, to forget, to bring together; and how long."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from staffroom.channels.switchboard.models import (
    Link,
    LinkCode,
    Mark,
    Meter,
    Numbered,
    Payload,
    Pending,
    Received,
    Sent,
)
from staffroom.core.retention import Rule
from staffroom.people.models import Person


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The own addresses, and that messages went; their words are found in the posts."""
    links = Link.objects.filter(person=person).order_by("linked_at")
    sent = Sent.objects.filter(link__person=person).order_by("made_at")
    return {
        "channels": [
            dict(row)
            for row in links.values(
                "channel",
                "address",
                "relay",
                "community__name",
                "linked_at",
                "heard_at",
                "stopped_at",
            )
        ],
        "messages_to_me": [
            dict(row)
            for row in sent.values(
                "channel", "kind", "state", "parts", "cost", "currency", "made_at"
            )
        ],
    }


def erase(person: Person, keep_contributions: bool) -> None:
    """The addresses, and with them all that hangs on them."""
    Link.objects.filter(person=person).delete()
    LinkCode.objects.filter(person=person).delete()


def merge_people(keep: Person, drop: Person) -> None:
    """One address a channel: that of the account that stays."""
    there = Link.objects.filter(person=keep).values_list("channel", flat=True)
    Link.objects.filter(person=drop, channel__in=list(there)).delete()
    LinkCode.objects.filter(person=drop).delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "channel_links",
            _("By which numbers and accounts of messengers one writes to us"),
            _("To know who writes, and to answer there"),
            until=_("until they are unlinked, or the account goes"),
        ),
        Rule(
            "channel_codes",
            _("Codes that link a phone, once their time is over"),
            _("A code is used once"),
            days=1,
            most=7,
            due=lambda before: LinkCode.objects.filter(expires_at__lt=before),
        ),
        Rule(
            "channel_payloads",
            _("What a provider of messages told us, as it came"),
            _("To play it again after a fault"),
            days=7,
            most=30,
            due=lambda before: Payload.objects.filter(at__lt=before),
        ),
        Rule(
            "channel_received",
            _("That a message came, by the provider’s mark; never its words"),
            _("So that it counts once, however often the provider tells it"),
            days=60,
            least=7,
            most=365,
            due=lambda before: Received.objects.filter(at__lt=before),
        ),
        Rule(
            "channel_kept",
            _("What somebody wrote by message and has not yet said what it is"),
            _("To post it when they say so"),
            days=1,
            most=7,
            due=lambda before: Pending.objects.filter(at__lt=before),
        ),
        Rule(
            "channel_marks",
            _("Which message of a messenger became which post"),
            _("So that replies, changes and removals find it"),
            days=60,
            least=7,
            most=365,
            due=lambda before: Mark.objects.filter(at__lt=before),
        ),
        Rule(
            "channel_numbers",
            _("Under which number a post was told by message"),
            _("So that a reply by number finds it"),
            days=60,
            least=7,
            most=365,
            due=lambda before: Numbered.objects.filter(at__lt=before),
        ),
        Rule(
            "channel_sent",
            _("That a message went out, how it went and what it cost; never its words"),
            _("To count what it cost, and not to send it twice"),
            days=90,
            least=31,
            most=365,
            due=lambda before: Sent.objects.filter(made_at__lt=before),
        ),
        Rule(
            "channel_meter",
            _("Messages and cost of each month, nobody in them"),
            _("To answer for what was spent"),
            days=1095,
            least=365,
            due=lambda before: Meter.objects.filter(month__lt=_month(before)),
        ),
    ]


def _month(moment: dt.datetime) -> str:
    return moment.date().isoformat()[:7]
