"""What the clock does about silence: it asks once, in school time; and the message of whoever chose one."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.communities.queries import school
from staffroom.core import audit, outbox
from staffroom.core.clock import now as this_moment
from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.people.phones import e164
from staffroom.places import calendar
from staffroom.places.models import Programme
from staffroom.rhythm.actions.silence import ask
from staffroom.rhythm.models.silence import Asking
from staffroom.rhythm.queries.silence import silent, silent_before, weeks_of, wish_of

#: Asked so long ago without an answer: nobody is called on any more.
OPEN_FOR = dt.timedelta(days=60)
MORNING = dt.time(9)
SMS_LASTS = dt.timedelta(days=2)


def nightly(now: dt.datetime) -> None:
    for programme in Programme.objects.order_by("pk"):
        ask_in(programme)
    old = Asking.objects.filter(is_open=True, asked_on__lt=now.date() - OPEN_FOR)
    old.update(is_open=False)


def ask_in(programme: Programme) -> int:
    """Ask whoever has been silent for the programme's weeks, and not yet about this silence."""
    day, weeks = today(programme.timezone), weeks_of(programme)
    if weeks == 0 or not calendar.is_school_day(programme, day):
        return 0
    since = silent_before(programme, weeks, day)
    if since is None:
        return 0
    mine = Asking.objects.filter(community__programme=programme)
    known = set(mine.values_list("person_id", "since"))
    asked = 0
    quiet = dict[Any, bool]()  # is there a break in this area today?
    seen: set[Any] = set()
    for membership in silent(programme, since):
        community, person = membership.community, membership.person
        if person.pk in seen:
            continue
        if community.area_id not in quiet:
            quiet[community.area_id] = school.on_break(community, day)
        if quiet[community.area_id]:
            continue
        seen.add(person.pk)
        last = _last_sign(person, membership)
        if (person.pk, last) in known:
            continue
        # Asked by another programme's night, perhaps.
        if not Asking.objects.filter(person=person, since=last).exists():
            ask(
                asking=Asking(person=person, community=community, since=last, asked_on=day),
                delay=_until_morning(programme),
            )
            asked += 1
    if asked:
        audit.write("silence.asked", actor=None, on=programme, people=asked)
    return asked


def _last_sign(person: Person, membership: Any) -> dt.date:
    signs = [membership.joined_at.date(), person.last_used_on]
    signs.append(membership.last_post.date() if membership.last_post else None)
    return max(sign for sign in signs if sign)


def _until_morning(programme: Programme) -> dt.timedelta:
    here = this_moment().astimezone(ZoneInfo(programme.timezone))
    morning = dt.datetime.combine(here.date(), MORNING, here.tzinfo)
    return max(morning - here, dt.timedelta())


def asked(payload: dict[str, Any]) -> None:
    """A short message to whoever chose to be asked so; nothing in it tells of a community."""
    asking = (
        Asking.objects.filter(pk=payload["asking"], is_open=True)
        .select_related("person", "community__programme", "community__area")
        .first()
    )
    if asking is None or school.silent(asking.community):
        return
    person = asking.person
    if not person.phone or not wish_of(person).by_sms:
        return
    with translation.override(person.language):
        text = _(
            "Staffroom: you were quiet for some weeks, which is fine. "
            "What keeps you away? When you come in next, one tap tells us."
        )
    until = (this_moment() + SMS_LASTS).isoformat()
    outbox.put("sms.send", to=e164(person.phone), text=text, until=until)
