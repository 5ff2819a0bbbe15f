"""What a reminder of the hour says, and whether there still is anything to say."""

import uuid
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from staffroom.core.clock import now
from staffroom.core.templatetags.ui import hour
from staffroom.notices.models import Reminder
from staffroom.notices.queries.reach import Places
from staffroom.rhythm.models import Gathering


def gathering_for(id: uuid.UUID, places: Places) -> Gathering | None:
    """The gathering, if it is still to be held and its community reaches the person."""
    heard = [each.pk for each in places.readable if places.level(each)]
    found = Gathering.objects.filter(pk=id, community__in=heard, skipped_at=None, begins__gt=now())
    return found.select_related("community").first()


def line(reminder: Reminder, places: Places) -> str:
    """One line without a word of any post; empty where there is no such hour for this person."""
    gathering = gathering_for(reminder.gathering_id, places)
    if gathering is None:
        return ""
    zone = ZoneInfo(gathering.community.timezone)
    begins = gathering.begins.astimezone(zone)
    words = (
        _("Today at %(hour)s: %(name)s meets in Staffroom.")
        if begins.date() == now().astimezone(zone).date()
        else _("Tomorrow at %(hour)s: %(name)s meets in Staffroom.")
    )
    return words % {"hour": hour(begins.time()), "name": gathering.community.name}
