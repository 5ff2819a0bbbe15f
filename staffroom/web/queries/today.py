"""What stands on a person's page for today."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from staffroom.communities.models import Approval, Community, Membership
from staffroom.communities.queries import Waiting, waiting_for
from staffroom.communities.queries.people import my_memberships
from staffroom.communities.queries.zones import zone_of
from staffroom.communities.wall import readable_by
from staffroom.conversations.models import Decision, Post
from staffroom.conversations.queries import (
    News,
    answered,
    mentions,
    new_in_my_communities,
    unanswered,
)
from staffroom.conversations.queries.appeals import appeals_for
from staffroom.conversations.queries.reports import desks, waiting_words
from staffroom.conversations.queries.unsealings import to_tell
from staffroom.conversations.queries.unsealings import waiting_for as unsealings_for
from staffroom.core import hooks
from staffroom.core.clock import now
from staffroom.core.templatetags.ui import hour as hour_words
from staffroom.facilitation.hooks.desk import desk_rows, word_rows
from staffroom.library.models import NoteCredit
from staffroom.library.queries.notes import naming
from staffroom.library.queries.trust_desk import Heard, words_for
from staffroom.notices.today import digest_rows
from staffroom.people.models import Person
from staffroom.rhythm import hour as clock
from staffroom.rhythm.hour import Hour
from staffroom.rhythm.queries import hour as meeting
from staffroom.web.practice import queries as practice
from staffroom.web.queries import care, offices
from staffroom.web.queries.calls import Calls, calls_of

MOST = 5


@dataclass(frozen=True)
class SetTime:
    community: Community
    when: str
    ask: str
    url: str


@dataclass(frozen=True)
class Day:
    """Everything on the page; the lists are short, what is more stands on its own page."""

    zone: ZoneInfo
    date: str
    greeting: str
    set_time: SetTime | None
    offices: list[dict[str, Any]]
    waiting: list[Membership]
    answers: list[Waiting]  # invitations, turns, votes, rules: what waits for a yes or a no
    words: list[Decision]
    heard: list[Heard]  # something read or written was corrected or is disputed
    desks: list[tuple[Community, int]]
    seals: list[dict[str, Any]]  # to open or not; opened, of one's own post
    rows: list[dict[str, Any]]  # what other rooms have to say
    credits: list[NoteCredit]  # practice notes that ask whether they may name the person
    mentions: list[dict[str, Any]]
    answered: list[Post]
    mine: list[News]
    unanswered: list[Post]
    practice: bool  # a newcomer who has not tried the practice corner

    @property
    def news(self) -> list[News]:
        return [news for news in self.mine if news.unread and not news.muted][:MOST]

    @property
    def quiet(self) -> bool:
        """Nothing waits for this person."""
        calls = (
            self.waiting
            or self.answers
            or self.words
            or self.heard
            or self.desks
            or self.seals
            or self.credits
            or self.rows
            or self.mentions
            or self.answered
        )
        return not (self.offices or calls or self.news or self.unanswered)


def today_of(person: Person, came_with: Sequence[Waiting] = ()) -> Day:
    """The page of today; `came_with` is the invitation by whose link the person came."""
    mine = new_in_my_communities(person)
    communities = [news.community for news in mine]
    calls = calls_of(person, communities)
    zone = zone_of(person, communities)
    here = now().astimezone(zone)
    parts = [
        *care.rows(person, calls),
        *hooks.today_rows.call(person=person, communities=communities),
    ]
    parts += [digest_rows(person)] if calls.digest else []
    return Day(
        zone=zone,
        date=date_format(here, "l j F"),
        greeting=greeting(person, here),
        set_time=set_time(communities, person),
        offices=offices.offices_of(person) if calls.office else [],
        waiting=waiting(person) if calls.requests else [],
        answers=[
            *came_with,
            *(each for each in _asked(person, calls) if each.kind != "request"),
        ][:MOST],
        words=waiting_words(person, communities) if calls.words else [],
        heard=words_for(person) if calls.heard else [],
        desks=desks(person, communities) if calls.reports else [],
        seals=seals(person) if calls.opened or person.is_staff else [],
        rows=[
            *(word_rows(person, communities) if calls.told else []),
            *(desk_rows(person, communities) if calls.desk else []),
            *(row for rows in parts for row in rows),
        ][:MOST],
        credits=credits(person) if calls.credits else [],
        mentions=[
            {"post": mention.post, "url": post_url(mention.post)}
            for mention in (mentions(person)[:MOST] if calls.mentions else [])
        ],
        answered=answered(person)[:MOST] if calls.answered else [],
        mine=mine,
        unanswered=unanswered(person, communities)[:3] if calls.unanswered else [],
        practice=practice.offered(person),
    )


def _asked(person: Person, calls: Calls) -> list[Waiting]:
    return waiting_for(person) if calls.community_asks else []


def credits(person: Person) -> list[NoteCredit]:
    return list(naming(person).filter(answer=NoteCredit.Answer.WAITING)[:MOST])


def seals(person: Person) -> list[dict[str, Any]]:
    """Unsealings and appeals that wait for this person's decision, and one's own seals opened."""
    told: list[tuple[str, str, str, Any]] = [
        ("lock", _("The seal of your post was opened"), reverse("unsealed", args=[each.pk]), each)
        for each in to_tell(person)
    ]
    told += [
        ("eye", _("An author asks for a second look"), reverse("appeal", args=[each.pk]), each)
        for each in appeals_for(person)
    ]
    asked = [
        ("lock", _("A seal to open?"), reverse("unsealing", args=[each.pk]), each)
        for each in unsealings_for(person)
    ]
    return [
        {"icon": icon, "title": title, "url": url, "community": each.post.community}
        for icon, title, url, each in told + asked
    ][:MOST]


def greeting(person: Person, here: dt.datetime) -> str:
    if here.hour < 12:
        return _("Good morning, %(name)s.") % {"name": person.first_name}
    if here.hour < 16:
        return _("Good afternoon, %(name)s.") % {"name": person.first_name}
    return _("Good evening, %(name)s.") % {"name": person.first_name}


def set_time(communities: list[Community], person: Person | None = None) -> SetTime | None:
    """The set time that lasts, else the next of today, with what the moderator asks for it.

    Not of a community of which the person wants no reminder.
    """
    coming = sorted(
        (
            (hour, community.name, community)
            for community in communities
            if (hour := _of_today(community)) is not None
        ),
        key=lambda each: (each[0].begins, each[1]),
    )
    quiet = meeting.without_reminders(person) if coming and person is not None else set()
    found = next(
        (each for hour, _name, each in coming if each.pk not in quiet and meeting.held(each, hour)),
        None,
    )
    if found is None or found.set_hour is None:
        return None
    now_on = clock.current(found, now()) is not None
    words = _("Tonight at %(hour)s") if found.set_hour.hour >= 17 else _("Today at %(hour)s")
    pinned = (
        Post.objects.filter(
            community=found,
            kind=Post.Kind.PROMPT,
            pinned_at__isnull=False,
            removed_at=None,
            hidden_at=None,
        )
        .order_by("-pinned_at")
        .first()
    )
    return SetTime(
        community=found,
        when=words % {"hour": hour_words(found.set_hour)},
        ask=pinned.text if pinned else "",
        url=reverse("gathering", args=[found.pk])
        if now_on
        else f"{reverse('stream', args=[found.pk])}#bottom",
    )


def _of_today(community: Community) -> Hour | None:
    """The hour that lasts or is still to come today, by the community's own clock."""
    if community.stage != Community.Stage.OPEN or community.set_hour is None:
        return None
    moment = now()
    if lasting := clock.current(community, moment):
        return lasting
    today_there = moment.astimezone(ZoneInfo(community.timezone)).date()
    found = clock.on(community, today_there)
    return found if found and moment < found.ends else None


def waiting(person: Person) -> list[Membership]:
    """Requests to join my communities on which I have not said a word."""
    mine = my_memberships(person).filter(state=Membership.State.ACTIVE).values("community")
    return list(
        Membership.objects.filter(state=Membership.State.REQUESTED, community__in=mine)
        .filter(community__in=readable_by(person).values("pk"))
        .exclude(pk__in=Approval.objects.filter(member=person).values("membership"))
        .select_related("person", "community")
        .order_by("asked_at")[:MOST]
    )


def post_url(post: Post) -> str:
    """Where the post is read."""
    if post.kind == Post.Kind.QUESTION or post.question_id:
        return reverse("question", args=[post.community_id, post.question_id or post.pk])
    return reverse("post", args=[post.community_id, post.pk])
