"""A message before the hour of a community, to whoever chose one."""

import uuid
from typing import Any

from django.db import transaction

from staffroom.core import audit, outbox
from staffroom.notices.actions.make import way
from staffroom.notices.models import Preference, Reminder
from staffroom.notices.queries.reach import places_of
from staffroom.notices.queries.reminders import gathering_for


@transaction.atomic
def remind(payload: dict[str, Any]) -> None:
    """Handler of `gathering.reminder`: written down once for each person and gathering.

    On Today it stands for everybody; here it goes on the way that the person chose for it.
    """
    wished = Preference.objects.filter(person=uuid.UUID(payload["person"]), hour_too=True)
    preference = wished.select_related("person").first()
    if preference is None or not preference.person.is_active:
        return
    places = places_of(preference.person)
    gathering = gathering_for(uuid.UUID(payload["gathering"]), places)
    if gathering is None:
        return
    by, _why = way(preference, places.readable)
    if by == Preference.PAGE:
        return
    made, new = Reminder.objects.get_or_create(
        person=preference.person, gathering=gathering, defaults={"by": by}
    )
    if new:
        audit.write("reminder.made", actor=None, on=made, by=by)
        outbox.put("reminder.send", key=f"reminder.send:{made.pk}", id=str(made.pk))
