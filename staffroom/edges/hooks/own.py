"""The ways to one's own pages: the journey under *Me*, the farewell where a community has closed."""

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.communities.access import is_member
from staffroom.communities.hooks import about_rows
from staffroom.communities.models import Community, Membership
from staffroom.conversations.hooks import above
from staffroom.core import hooks
from staffroom.core.clock import now
from staffroom.people.models import Person

#: A closing stands on Today for so long.
SAID = dt.timedelta(days=7)
Row = dict[str, str]


def me_entries(person: Person) -> list[Row]:
    if not person.memberships.filter(state=Membership.State.ACTIVE).exists():
        return []
    return [
        {
            "url": reverse("journey"),
            "group": "mine",
            "icon": "map",
            "title": _("My journey"),
            "text": _("How you take part, for your eyes alone"),
        }
    ]


def closed_rows(request: HttpRequest) -> list[Row]:
    """In a closed community, for its members."""
    community: Community = request.community  # type: ignore[attr-defined]
    if community.stage != Community.Stage.CLOSED:
        return []
    if not is_member(request.user, community):  # type: ignore[arg-type]
        return []
    return [_row(community)]


def today_rows(person: Person, communities: list[Community]) -> list[Row]:
    """What closed in the last week; no query where nothing did."""
    closed = [
        each
        for each in communities
        if each.stage == Community.Stage.CLOSED
        and each.closed_at is not None
        and each.closed_at > now() - SAID
    ]
    return [_row(each) for each in closed if is_member(person, each)][:2]


def _row(community: Community) -> Row:
    return {
        "url": reverse("farewell", args=[community.pk]),
        "icon": "leaf",
        "title": _("What you gave and took"),
        "text": _("%(name)s has closed") % {"name": community.name},
    }


def register() -> None:
    hooks.me_entries.add(me_entries)
    about_rows.add(closed_rows)
    above.add(closed_rows)
    hooks.today_rows.add(today_rows)
