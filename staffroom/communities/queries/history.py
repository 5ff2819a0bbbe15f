"""What was changed on a community, for its members: who and when, from the audit."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.core.models import AuditEntry
from staffroom.core.words import listed
from staffroom.people.models import Person

WORDS = {
    "name": lambda: _("name"),
    "purpose": lambda: _("purpose"),
    "subject": lambda: _("subject"),
    "grades": lambda: _("grades"),
    "language": lambda: _("language"),
    "approvals_needed": lambda: _("approvals for a newcomer"),
    "listed": lambda: _("who can find it"),
    "set_weekday": lambda: _("set time"),
    "set_hour": lambda: _("set time"),
}


@dataclass(frozen=True)
class Edit:
    at: dt.datetime
    who: str
    what: str


def edits(community: Community, most: int = 20) -> list[Edit]:
    """The latest changes, newest first."""
    rows = list(
        AuditEntry.objects.filter(act="community.edited", on_id=community.pk).order_by("-at")[:most]
    )
    names = {
        person.pk: person.name
        for person in Person.objects.filter(pk__in={row.actor_id for row in rows})
    }
    return [
        Edit(
            at=row.at,
            who=(names.get(row.actor_id) if row.actor_id else "") or _("A colleague"),
            what=listed(
                dict.fromkeys(WORDS[key]() for key in row.detail.get("fields", []) if key in WORDS)
            ),
        )
        for row in rows
    ]
