"""From when until when something counts as new, for each community of a person."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from staffroom.communities.models import Community
from staffroom.conversations import sealed


@dataclass(frozen=True)
class Window:
    """`general` is for what belongs to no community. Without `until` it reaches to this moment."""

    since: dict[uuid.UUID, dt.datetime]
    general: dt.datetime
    until: dt.datetime | None = None
    known: list[Any] = field(default_factory=list)  # nameless posts marked as read

    def kept(self) -> dict[str, str]:
        """As a row keeps it."""
        kept = {str(id): since.isoformat() for id, since in self.since.items()}
        return kept | {"": self.general.isoformat()}


def read(kept: dict[str, str], until: dt.datetime) -> Window:
    """The window that `Window.kept` wrote."""
    since = {uuid.UUID(id): dt.datetime.fromisoformat(at) for id, at in kept.items() if id}
    return Window(since, dt.datetime.fromisoformat(kept[""]), until)


def posts_in(window: Window, communities: list[Community]) -> Q:
    """The posts of these communities that came in their windows.

    A nameless post carries the beginning of its part of the day, which may lie before a window that
    it came in. So its windows begin and end where parts of the day do: such a window has its posts
    when it closes, and none is told twice or never.
    """
    alike: dict[tuple[dt.datetime, str], list[uuid.UUID]] = defaultdict(list)
    for each in communities:
        if each.pk in window.since:
            alike[window.since[each.pk], each.timezone].append(each.pk)
    found = Q(pk__in=[])
    for (since, zone), ids in alike.items():
        named = Q(anonymous=False, created_at__gt=since)
        nameless = Q(anonymous=True, created_at__gte=sealed.moment(since, zone, None))
        if window.until is not None:
            named &= Q(created_at__lte=window.until)
            nameless &= Q(created_at__lt=sealed.moment(window.until, zone, None))
        found |= Q(named | nameless, community__in=ids)
    return found & ~Q(pk__in=window.known) if window.known else found
