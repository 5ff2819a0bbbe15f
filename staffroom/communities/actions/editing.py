"""What a community says of itself."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from staffroom.communities.actions.common import check_not_closed, check_steers, lock
from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Community
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.people.models import Person

acts("set_time", gettext_lazy("The community's page asks for a weekly hour, or leaves it out."))
FIELDS = ("name", "purpose", "subject", "grades", "language", "approvals_needed", "listed")


@transaction.atomic
def edit(
    *,
    by: Person,
    community_id: uuid.UUID,
    set_weekday: int | None = None,
    set_hour: dt.time | None = None,
    **fields: Any,
) -> Community:
    """The moderator writes; every member sees who changed what, and when."""
    community = lock(community_id)
    check_steers(by, community)
    check_not_closed(community)
    new = {key: value for key, value in fields.items() if key in FIELDS}
    if lever(community, "set_time") == "weekly":
        whole = set_weekday is not None and set_hour is not None
        new["set_weekday"] = set_weekday if whole else None
        new["set_hour"] = set_hour if whole else None
    changed = sorted(key for key, value in new.items() if getattr(community, key) != value)
    for key in changed:
        setattr(community, key, new[key])
    moved = {"set_weekday", "set_hour"} & set(changed)
    if moved:
        community.set_since, community.skip_day = now(), None
        outbox.put("community.set_time", community=str(community.pk))
    if changed:
        community.save(update_fields=[*changed, *(["set_since", "skip_day"] if moved else [])])
        audit.write("community.edited", actor=by, on=community, fields=changed)
    return community
