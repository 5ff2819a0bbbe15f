"""What the page *Who can see what* tells, as it is on this machine today."""

from typing import Any

from django.http import HttpRequest

from staffroom.communities.levers import where
from staffroom.core import retention
from staffroom.governing.queries.contacts import contacts_of, programmes_for
from staffroom.places.models import Appointment

#: What members care about most; the whole list is in docs/reference/retention.md.
TOLD = [
    "account",
    "posts",
    "removed_words",
    "drafts",
    "reports",
    "codes",
    "outside_views",
    "audit",
    "safeguarding",
]


def told(request: HttpRequest) -> dict[str, Any]:
    rules = {rule.key: (rule, days) for rule, days in retention.chosen()}
    return {
        "kept": [
            {"what": rule.what, "days": days if rule.due else None, "until": rule.until}
            for rule, days in (rules[key] for key in TOLD if key in rules)
        ],
        "contacts": contacts_of(programmes_for(request)),
        # Said once there is such a thing.
        "anonymous": bool(where("anonymous_asking")),
        "help_desk": "help_desk" in Appointment.Role.values,
    }
