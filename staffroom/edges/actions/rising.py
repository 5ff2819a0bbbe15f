"""Questions that nobody has answered rise: to the adviser, then their askers are asked."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Advisership, Community
from staffroom.conversations.models import Post
from staffroom.conversations.queries.news import RISES
from staffroom.core import audit, outbox
from staffroom.edges.actions.stirring import stir
from staffroom.edges.models import Rise
from staffroom.edges.queries.sisters import sisters
from staffroom.edges.queries.waiting import open_rises
from staffroom.places.calendar import is_school_day

acts(
    "patience",
    gettext_lazy(
        "After so many school days a question without an answer stands on the adviser’s Today page; a day later its asker may let it go to sister communities."
    ),
)
#: So many school days the question is the adviser's before its asker is asked.
ADVISERS = 1
#: Holidays are never longer; then the calendar is an old one.
FARTHEST = 120


def waited_since(community: Community, days: int, now: dt.datetime) -> dt.datetime:
    """What was asked before this moment has waited for so many school days, here."""
    zone = ZoneInfo(community.timezone)
    day, found = now.astimezone(zone).date(), 0
    for _step in range(FARTHEST):
        found += is_school_day(community.programme, day, community.area)
        if found >= days:
            break
        day -= dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(), zone)


def nightly(now: dt.datetime) -> None:
    """See to every open community in which a question waits."""
    waiting = _waiting(Post.objects.filter(created_at__gt=now - RISES))
    here = waiting.values_list("community", flat=True).distinct()
    for pk in list(here.order_by("community")):
        rise(pk, now)


@transaction.atomic
def rise(community_id: uuid.UUID, now: dt.datetime) -> None:
    """Let rise what has waited long enough; ask the askers of what waited for the adviser, too."""
    community = Community.objects.select_related("programme", "area").get(pk=community_id)
    patience = int(lever(community, "patience"))
    before = waited_since(community, patience, now)
    due = _waiting(Post.objects.filter(community=community, created_at__gt=now - RISES))
    for question in due.filter(created_at__lt=before, rise=None):
        made = Rise.objects.create(question=question, rose_at=now)
        audit.write("question.rose", actor=None, on=question)
        outbox.put("question.rose", rise=str(made.pk), question=str(question.pk))
    _ask(community, patience, now)
    if open_rises(Rise.objects.filter(question__community=community)).exists():
        stir([community.pk])


def _ask(community: Community, patience: int, now: dt.datetime) -> None:
    """Once there is somewhere to go, and the adviser, where there is one, had a day."""
    rises = open_rises(Rise.objects.filter(question__community=community, asked_at=None))
    if not rises.exists() or lever(community, "boundary_questions") != "on":
        return
    advised = Advisership.objects.filter(community=community, ended_at=None).exists()
    before = waited_since(community, patience + (ADVISERS if advised else 0), now)
    due = rises.filter(question__created_at__lt=before)
    if not due.exists() or not sisters(community):
        return
    for rise in due:
        Rise.objects.filter(pk=rise.pk).update(asked_at=now)
        outbox.put("question.may_go", question=str(rise.question_id))


def _waiting(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.filter(
        kind=Post.Kind.QUESTION,
        room=Post.Room.LESSONS,
        travel="",
        answer_count=0,
        solved_at=None,
        removed_at=None,
        hidden_at=None,
        community__stage=Community.Stage.OPEN,
    )
