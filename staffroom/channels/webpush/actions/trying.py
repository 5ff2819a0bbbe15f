"""A notification that its owner asks for, to see what it looks like."""

import uuid
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.channels.webpush.actions.tell import give, note
from staffroom.channels.webpush.models import Subscription
from staffroom.core import limits, outbox
from staffroom.core.errors import NotYours
from staffroom.people.models import Person

TOPIC = "webpush.try"


@transaction.atomic
def ask(*, by: Person, session_key: str) -> None:
    rows = Subscription.objects.filter(person=by, session__session_key=session_key)
    subscription = rows.first()
    if subscription is None:
        raise NotYours
    limits.take(TOPIC, str(by.pk), limit=10, seconds=3600)
    outbox.put(TOPIC, to=str(subscription.pk), tries=MOST_TRIES)


#: Nobody waits for it long: given up at the first refusal that says to wait.
MOST_TRIES = 7


def send(payload: dict[str, Any]) -> None:
    """Handler of `webpush.try`."""
    rows = Subscription.objects.select_related("person")
    subscription = rows.filter(pk=uuid.UUID(payload["to"])).first()
    if subscription is None:
        return
    with translation.override(subscription.person.language):
        text = _("There is something new for you in Staffroom.")
    said = note(subscription.person, text, reverse("notifications"), topic="try", lasts=600)
    give(subscription, said, payload)
