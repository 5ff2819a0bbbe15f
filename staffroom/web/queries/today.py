"""What stands on a person's page for today."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from staffroom.communities.models import Approval, Community, Membership
from staffroom.communities.queries.people import my_memberships
from staffroom.communities.wall import readable_by
from staffroom.conversations.models import Mention, Post
from staffroom.core.clock import now
from staffroom.core.templatetags.ui import hour
from staffroom.people.models import Person
from staffroom.places.models import Appointment, on_date
from staffroom.web.queries import offices

#: A set time is shown from the morning until this long after it began.
SET_TIME_LASTS = dt.timedelta(hours=2)
MOST = 5


@dataclass(frozen=True)
class SetTime:
    community: Community
    when: str
    ask: str
    url: str


@dataclass(frozen=True)
class Day:
    zone: ZoneInfo
    date: str
    greeting: str
    in_communities: bool
    set_time: SetTime | None
    offices: list[dict[str, Any]]
    waiting: list[dict[str, Any]]
    mentions: list[dict[str, Any]]
    news: list[dict[str, Any]]
    unanswered: list[dict[str, Any]]

    @property
    def empty(self) -> bool:
        return not (self.offices or self.waiting or self.mentions or self.news or self.unanswered)


def today_of(person: Person) -> Day:
    communities = list(readable_by(person).select_related("programme"))
    zone = zone_of(person, communities)
    here = now().astimezone(zone)
    return Day(
        zone=zone,
        date=date_format(here, "l j F"),
        greeting=greeting(person, here),
        in_communities=bool(communities),
        set_time=set_time(communities),
        offices=offices.offices_of(person),
        waiting=waiting(person, communities),
        mentions=mentions(person, communities),
        news=[],
        unanswered=[],
    )


def zone_of(person: Person, communities: list[Community]) -> ZoneInfo:
    """The clock on the person's wall: of a community, else of the programme, else ours."""
    if communities:
        return ZoneInfo(communities[0].timezone)
    appointment = (
        Appointment.objects.filter(on_date(now().date()), person=person)
        .select_related("programme")
        .first()
    )
    if appointment:
        return ZoneInfo(appointment.programme.timezone)
    posting = person.postings.select_related("school__programme").first()
    return ZoneInfo(posting.school.programme.timezone if posting else settings.TIME_ZONE)


def greeting(person: Person, here: dt.datetime) -> str:
    if here.hour < 12:
        return _("Good morning, %(name)s.") % {"name": person.first_name}
    if here.hour < 16:
        return _("Good afternoon, %(name)s.") % {"name": person.first_name}
    return _("Good evening, %(name)s.") % {"name": person.first_name}


def set_time(communities: list[Community]) -> SetTime | None:
    """The first set time of today that has not passed, with what the moderator asks for it."""
    coming = sorted(
        (community.set_hour, community.name, community)
        for community in communities
        if community.set_hour and community.stage == Community.Stage.OPEN and _is_today(community)
    )
    if not coming:
        return None
    at, _name, community = coming[0]
    words = _("Tonight at %(hour)s") if at.hour >= 17 else _("Today at %(hour)s")
    pinned = (
        Post.objects.filter(
            community=community,
            kind=Post.Kind.PROMPT,
            pinned_at__isnull=False,
            removed_at=None,
            hidden_at=None,
        )
        .order_by("-pinned_at")
        .first()
    )
    return SetTime(
        community=community,
        when=words % {"hour": hour(at)},
        ask=pinned.text if pinned else "",
        url=link("stream", community.pk),
    )


def _is_today(community: Community) -> bool:
    here = now().astimezone(ZoneInfo(community.timezone))
    begins = dt.datetime.combine(here.date(), community.set_hour, here.tzinfo)
    return here.weekday() == community.set_weekday and here < begins + SET_TIME_LASTS


def waiting(person: Person, communities: list[Community]) -> list[dict[str, Any]]:
    """Requests to join my communities on which I have not said a word."""
    mine = my_memberships(person).filter(state=Membership.State.ACTIVE).values("community")
    requests = (
        Membership.objects.filter(
            state=Membership.State.REQUESTED,
            community__in=[community.pk for community in communities],
        )
        .filter(community__in=mine)
        .exclude(pk__in=Approval.objects.filter(member=person).values("membership"))
        .select_related("person", "community")
        .order_by("asked_at")[:MOST]
    )
    return [
        {
            "community": request.community,
            "title": request.person.name,
            "url": link("requests", request.community_id) or link("about", request.community_id),
        }
        for request in requests
    ]


def mentions(person: Person, communities: list[Community]) -> list[dict[str, Any]]:
    """Posts that name me and that I have not seen."""
    found = (
        Mention.objects.filter(
            person=person,
            seen_at=None,
            post__community__in=[community.pk for community in communities],
            post__removed_at=None,
            post__hidden_at=None,
        )
        .select_related("post__author")
        .order_by("-post__created_at")[:MOST]
    )
    return [{"post": mention.post, "url": post_url(mention.post)} for mention in found]


def post_url(post: Post) -> str:
    if post.kind == Post.Kind.QUESTION:
        return link("question", post.community_id, post.pk)
    if post.question_id:
        return link("question", post.community_id, post.question_id)
    return link("stream", post.community_id)


def link(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
