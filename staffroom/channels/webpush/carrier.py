"""Digests and reminders as notifications: all browsers of a person, once each."""

import uuid
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from staffroom.channels.switchboard.messages import TryLater, Undeliverable
from staffroom.channels.webpush.actions.tell import note
from staffroom.channels.webpush.knock import LONGEST, Gone, Note, knock
from staffroom.channels.webpush.models import Subscription
from staffroom.notices import carriers
from staffroom.people.models import Person

WHY = "browser"
DAY = 24 * 3600


def address(person: Person) -> str:
    """The person, if any browser of theirs is to be told."""
    return str(person.pk) if Subscription.objects.filter(person=person).exists() else ""


def send(to: str, text: str) -> None:
    """Taken by one is taken. Where none could be reached now, it is tried again."""
    taken, later = 0, 0
    rows = Subscription.objects.filter(person=uuid.UUID(to)).select_related("person")
    for subscription in rows:
        try:
            knock(subscription, noted(subscription.person, text))
            taken += 1
        except Gone:
            Subscription.objects.filter(pk=subscription.pk).delete()
        except Undeliverable:
            continue
        except TryLater:
            later += 1
    if not taken and later:
        raise carriers.TryLater
    if not taken:
        raise carriers.Undeliverable(WHY)


def noted(person: Person, text: str) -> Note:
    """The lines with an address are where the tap leads, not what is read."""
    lines = text.splitlines()
    links = [word for line in lines for word in line.split() if "://" in word]
    path = urlsplit(links[0]).path if links else "/"
    body = "\n".join(line for line in lines if "://" not in line)
    return note(person, body, path or "/", topic="digest", urgency="low", lasts=DAY)


CARRIER = carriers.Carrier(
    key="webpush",
    label=_("A notification on my phone"),
    works=lambda: True,
    address=address,
    send=send,
    fits=lambda text: len(text) <= LONGEST * 2,  # with the two addresses, which are not shown
    parts=lambda text: 0,
    free=True,
    missing=_(
        "No phone of yours takes notifications yet. Turn them on there first: Me, Notifications."
    ),
    why=WHY,
)
