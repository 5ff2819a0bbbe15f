"""Who has been silent for long; whether somebody is asked; what a programme may learn."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from staffroom.communities import offices, wall
from staffroom.communities.models import Community, Membership
from staffroom.conversations.models import Post
from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.places import calendar
from staffroom.places.models import Programme
from staffroom.rhythm.models.silence import Asking, SilenceAnswer, SilenceWeeks, SilenceWish
from staffroom.rhythm.silence_figures import Answered, Told, may_tell, told

WEEKS = 4
#: So far back the clock looks for that many days of school; a longer break asks nobody.
LONGEST = 140
QUARTERS = 8


@dataclass(frozen=True)
class Quarter:
    first: dt.date
    figures: Told | None


def weeks_of(programme: Programme) -> int:
    row = SilenceWeeks.objects.filter(programme=programme).first()
    return row.weeks if row else WEEKS


def wish_of(person: Person) -> SilenceWish:
    return SilenceWish.objects.filter(person=person).first() or SilenceWish(person=person)


def open_asking(person: Person) -> Asking | None:
    return (
        Asking.objects.filter(person=person, is_open=True)
        .select_related("community__programme")
        .order_by("-asked_on")
        .first()
    )


def silent_before(programme: Programme, weeks: int, day: dt.date) -> dt.date | None:
    """The day since which a sign would be of these weeks: days of a school break are not counted."""
    wanted, back = weeks * 7, day
    for _each in range(LONGEST):
        back -= dt.timedelta(days=1)
        wanted -= not calendar.on_break(programme, back)
        if wanted == 0:
            return back
    return None


def silent(programme: Programme, since: dt.date) -> QuerySet[Membership]:
    """Memberships of people who neither wrote nor, as far as is known, opened anything since then."""
    start = dt.datetime.combine(since, dt.time(), ZoneInfo(programme.timezone))
    wrote = Post.objects.filter(author=OuterRef("person"), created_at__gte=start)
    unasked = SilenceWish.objects.filter(person=OuterRef("person"), ask=False)
    elsewhere = Membership.objects.filter(
        person=OuterRef("person"), state=Membership.State.ACTIVE, joined_at__gte=start
    )
    return (
        Membership.objects.filter(
            Q(person__last_used_on=None) | Q(person__last_used_on__lt=since),
            ~Exists(wrote),
            ~Exists(unasked),
            ~Exists(elsewhere),
            state=Membership.State.ACTIVE,
            joined_at__lt=start,
            community__programme=programme,
            community__stage=Community.Stage.OPEN,
            person__is_active=True,
            person__is_staff=False,
            person__erased_at=None,
        )
        .select_related("person", "community__area", "community__programme")
        .annotate(last_post=Max("person__posts__created_at"))
        .order_by("joined_at", "id")
    )


def quarter_of(day: dt.date) -> dt.date:
    return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)


def programmes_tended(person: Person) -> list[Programme]:
    held = offices.appointments(person, offices.GARDENER).values("programme")
    return list(Programme.objects.filter(pk__in=held).order_by("name", "id"))


def quarters(person: Person, programme: Programme) -> list[Quarter]:
    """The closed quarters, newest first. Over the whole programme, but for communities that hold
    somebody whom the viewer supervises; nothing at all where the difference would tell."""
    running = quarter_of(today(programme.timezone))
    rows = SilenceAnswer.objects.filter(community__programme=programme, quarter__lt=running)
    newest = list(rows.order_by("-quarter").values_list("quarter", flat=True).distinct()[:QUARTERS])
    barred = set(wall.barred_from(person).values_list("pk", flat=True))
    found: dict[dt.date, list[Answered]] = defaultdict(list)
    left_out: dict[dt.date, int] = defaultdict(int)
    said: Any = rows.filter(quarter__in=newest)
    for quarter, community, reason, words in said.values_list(
        "quarter", "community", "reason", "words"
    ):
        if community in barred:
            left_out[quarter] += 1
        else:
            found[quarter].append(Answered(community, reason, words))
    return [
        Quarter(
            first,
            told(found[first], SilenceAnswer.Reason.values)
            if may_tell(len(found[first]), left_out[first])
            else None,
        )
        for first in newest
    ]
