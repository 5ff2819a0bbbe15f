"""Who was not heard for a while. For the moderator in term, and for each person about themselves."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.communities.models import Community, Membership
from staffroom.communities.queries.school import open_days
from staffroom.conversations.models import Helped, Mute, Post, ReadMark, Thanks
from staffroom.core.clock import now, today
from staffroom.core.models import OutboxEntry
from staffroom.facilitation.permissions import check_desk, reminds
from staffroom.facilitation.silence import HEARD, Signs, Silence, silence, weeks_away
from staffroom.people.models import Person

#: An SMS that could not be delivered tells of a phone for so long.
UNDELIVERED = dt.timedelta(days=30)
#: Of three weeks so many days must have been no break, or nobody is called quiet yet.
BACK_AT_SCHOOL = 15
Days = dict[uuid.UUID, dt.date]


@dataclass(frozen=True)
class Quiet:
    """One member who was not heard, and what may be said of it."""

    person: Person
    silence: Silence
    weeks: int
    heard: dt.date | None

    @property
    def title(self) -> str:
        name = self.person.first_name
        if self.silence == Silence.NEVER:
            return _("%(name)s has not come in yet") % {"name": name}
        if self.silence == Silence.UNREACHED:
            if self.weeks < 1:
                return _("%(name)s’s phone cannot be reached") % {"name": name}
            return ngettext(
                "%(name)s’s phone has not reached us for a week",
                "%(name)s’s phone has not reached us for %(n)s weeks",
                self.weeks,
            ) % {"name": name, "n": self.weeks}
        if self.silence == Silence.ABSENT:
            return _("%(name)s has not looked in for a while") % {"name": name}
        return _("%(name)s reads along") % {"name": name}

    @property
    def reason(self) -> str:
        if self.silence == Silence.NEVER:
            return _("Perhaps without a phone or a code. A word in person helps most.")
        if self.silence == Silence.UNREACHED:
            return _("It may be signal, bundle or a shared phone. It is not silence.")
        last = (
            _("Last wrote in %(month)s.") % {"month": date_format(self.heard, "F")}
            if self.heard
            else _("Has not written yet.")
        )
        if self.silence == Silence.READING:
            return f"{last} " + _("Reading is taking part too.")
        return last


def quiet_members(
    viewer: Person, community: Community, memberships: Sequence[Membership]
) -> list[Quiet]:
    """The others who were not heard, by name: asked for whoever sits at the desk, else `NotYours`."""
    check_desk(viewer, community)
    return [
        one
        for one in _quiet(community, [each for each in memberships if each.person_id != viewer.pk])
        if one.person.pk != viewer.pk
    ]


def quiet_self(person: Person, community: Community) -> Quiet | None:
    """What the desk says of this person: what the person reads about themselves."""
    mine = Membership.objects.filter(
        community=community, person=person, state=Membership.State.ACTIVE
    ).select_related("person")
    return next(iter(_quiet(community, list(mine))), None)


def _quiet(community: Community, memberships: Sequence[Membership]) -> list[Quiet]:
    if not memberships or not reminds(community) or community.stage != Community.Stage.OPEN:
        return []
    day, school = today(community.timezone), open_days(community, HEARD.days)
    if day not in school or len(school) < BACK_AT_SCHOOL:
        return []
    signs = _signs(community, memberships)
    newest = _day(Post.objects.filter(community=community).aggregate(at=Max("created_at"))["at"])
    found = []
    for each in memberships:
        known = signs.get(each.person_id)
        what = silence(known, newest=newest, today=day) if known else None
        if known and what:
            found.append(Quiet(each.person, what, weeks_away(known, day), known.heard))
    return found


def _signs(community: Community, memberships: Sequence[Membership]) -> dict[uuid.UUID, Signs]:
    """What is known of each; whoever muted the community wants to be left in peace and is left out."""
    people = {each.person_id: each for each in memberships}
    muted = set(
        Mute.objects.filter(
            Q(until=None) | Q(until__gt=now()), person__in=people, muted_community=community
        ).values_list("person_id", flat=True)
    )
    heard = _heard(community, list(people))
    marks = ReadMark.objects.filter(community=community, person__in=people)
    read = _latest(marks.values_list("person_id").annotate(Max("until")))
    failed = _undelivered([each.person for each in memberships])
    return {
        who: Signs(
            joined=_day(each.joined_at or each.asked_at) or today(),
            came_in=each.person.enrolled_at is not None,
            last_used=each.person.last_used_on,
            lost_phone=each.person.frozen_at is not None,
            undelivered=who in failed,
            heard=heard.get(who),
            read_until=read.get(who),
        )
        for who, each in people.items()
        if who not in muted
    }


def _heard(community: Community, people: list[uuid.UUID]) -> Days:
    """The day of each one's last word with a name, help or thanks. What has no name is nobody's."""
    written = Post.objects.filter(community=community, author__in=people, anonymous=False)
    here = {"post__community": community, "person__in": people}
    found: Days = {}
    for rows in (
        written.order_by().values_list("author_id").annotate(Max("created_at")),
        Helped.objects.filter(**here).values_list("person_id").annotate(Max("at")),
        Thanks.objects.filter(**here).values_list("person_id").annotate(Max("at")),
    ):
        for who, day in _latest(rows).items():
            found[who] = max(day, found.get(who, day))
    return found


def _latest(rows: QuerySet[Any, Any]) -> Days:
    return {who: day for who, at in rows if (day := _day(at)) is not None}


def _day(at: dt.datetime | None) -> dt.date | None:
    return timezone.localtime(at).date() if at else None


def _undelivered(people: list[Person]) -> set[uuid.UUID]:
    """To whose number an SMS could not be delivered lately."""
    numbers = {str(person.phone): person.pk for person in people if person.phone}
    if not numbers:
        return set()
    failed = OutboxEntry.objects.filter(
        topic="sms.send",
        dead_at__isnull=False,
        created_at__gt=now() - UNDELIVERED,
        payload__to__in=list(numbers),
    )
    return {numbers[to] for to in failed.values_list("payload__to", flat=True) if to in numbers}
