"""What is new for one person: answers to them, their name, questions, decisions, corrections.

Everything is found through what the person may read at this moment, in a number of queries that
grows neither with communities nor with posts. A digest leaves this house: so nothing here tells a
nameless author from anybody else, unless the page of the person alone asks for it (`own`).
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from staffroom.communities.models import Community, Membership
from staffroom.communities.wall import may_join
from staffroom.conversations import sealed
from staffroom.conversations.models import Decision, Mention, Post, ReadMark
from staffroom.conversations.queries.mutes import muted_people
from staffroom.conversations.queries.reports import waiting_words
from staffroom.conversations.queries.stream import NOT_SHOWN
from staffroom.core.clock import now
from staffroom.library.queries.trust_desk import Heard, words_for
from staffroom.notices.queries.window import Window, posts_in
from staffroom.people.models import Person

#: So many posts are shown at most; of the rest it is said how many there are.
MOST = 60
MOST_OTHERS = 5  # corrections and invitations


@dataclass
class Section:
    """What is new in one community."""

    community: Community
    mine: bool = False  # the person teaches its subject
    answers: list[Post] = field(default_factory=list)
    named: list[Post] = field(default_factory=list)
    questions: list[Post] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    others: int = 0

    @property
    def count(self) -> int:
        return len([*self.answers, *self.named, *self.questions, *self.decisions]) + self.others

    @property
    def rank(self) -> tuple[Any, ...]:
        """What concerns the person comes first, then their own subjects."""
        return (not (self.answers or self.named), not self.mine, self.community.name)


@dataclass(frozen=True)
class News:
    sections: list[Section]
    corrections: list[Heard]
    invitations: list[Membership]

    @property
    def count(self) -> int:
        sections = sum(section.count for section in self.sections)
        return sections + len(self.corrections) + len(self.invitations)


def news_of(
    person: Person,
    communities: list[Community],
    window: Window,
    *,
    counted: set[uuid.UUID],
    silent: set[str] = frozenset(),  # type: ignore[assignment]
    unread: bool = True,
    own: bool = False,
) -> News:
    """What is new in `communities`, which the caller has found readable for this person.

    `counted`: where other messages count too. `silent`: places of which no correction is told.
    `own`: to the person's own eyes alone, so answers to their nameless questions are among it.
    """
    found = {each.pk: Section(each, each.subject in person.subjects) for each in communities}
    standing = _standing(person, window, communities)
    posts = standing.filter(_unread(person)) if unread else standing
    to_nameless = _answers_to_nameless(standing, person, unread=unread) if own else []
    shown = list(_shown(posts, person))
    hidden = {post.pk for post in to_nameless} | (sealed.mine(person, shown) if own else set())
    for post in [*to_nameless, *(post for post in shown if post.pk not in hidden)]:
        section = found[post.community_id]
        if post in to_nameless or (post.question and post.question.author_id == person.pk):
            section.answers.append(post)
        else:
            (section.named if post.names_me else section.questions).append(post)  # type: ignore[attr-defined]
    apart = {post.pk for post in to_nameless}
    for community, others in _others(posts.exclude(pk__in=apart), person).items():
        if community in counted:
            found[community].others = others
    for decision in _decisions(person, communities, window, own=own):
        found[decision.post.community_id].decisions.append(decision)
    return News(
        sorted((each for each in found.values() if each.count), key=lambda each: each.rank),
        _corrections(person, window, silent),
        _invitations(person, window),
    )


def nameless_in(person: Person, communities: list[Community], window: Window) -> list[str]:
    """The nameless posts of a window, one's own among them: so that none is told from another."""
    found = _standing(person, window, communities).filter(anonymous=True)
    return [str(id) for id in found.order_by("pk").values_list("pk", flat=True)[:MOST]]


def _standing(person: Person, window: Window, communities: list[Community]) -> QuerySet[Post]:
    """What stands in the window, written by others whom the person wants to hear."""
    marks = ReadMark.objects.filter(person=person)
    in_room = marks.filter(community=OuterRef("community"), room=OuterRef("room"), question=None)
    thread = Coalesce(OuterRef("question"), OuterRef("pk"))
    return (
        Post.objects.filter(posts_in(window, communities), removed_at=None, hidden_at=None)
        .filter(Q(question=None) | Q(question__removed_at=None, question__hidden_at=None))
        .exclude(author=person)
        .exclude(author__in=muted_people(person.pk, now()))
        .annotate(
            names_me=Exists(Mention.objects.filter(post=OuterRef("pk"), person=person)),
            room_read=Subquery(in_room.values("until")[:1]),
            read=Subquery(marks.filter(question=thread).values("until")[:1]),
        )
        .order_by()
    )


#: The question was not opened since.
LATE = Q(read=None) | Q(read__lt=F("created_at"))


def _unread(person: Person) -> Q:
    """Answers to oneself are read on the question's page alone, the rest in the stream too."""
    in_stream = Q(room_read=None) | Q(room_read__lt=F("created_at"))
    return LATE & (in_stream | Q(question__author=person))


def _concerns(person: Person) -> Q:
    """Answers to the person, their name, and questions; at tea nothing presses anybody."""
    question = Q(kind=Post.Kind.QUESTION, room=Post.Room.LESSONS)
    return question | Q(question__author=person) | Q(names_me=True)


def _shown(posts: QuerySet[Post], person: Person) -> QuerySet[Post]:
    return (
        posts.filter(_concerns(person))
        .select_related("author", "question")
        .defer(*(f"author__{name}" for name in NOT_SHOWN))
        .order_by("-created_at", "-id")[:MOST]
    )


def _others(posts: QuerySet[Post], person: Person) -> dict[uuid.UUID, int]:
    """How many other messages there are in each community."""
    rows = posts.exclude(_concerns(person)).values("community").annotate(n=Count("pk"))
    return dict(rows.values_list("community", "n"))


def _answers_to_nameless(standing: QuerySet[Post], person: Person, *, unread: bool) -> list[Post]:
    """Answers to what the person asked without a name."""
    answers = standing.filter(anonymous=False, question__anonymous=True)
    found = list(
        (answers.filter(LATE) if unread else answers)
        .select_related("author", "question")
        .order_by("-created_at", "-id")[:MOST]
    )
    own = sealed.among(person, [post.question_id for post in found if post.question_id])
    return [post for post in found if post.question_id in own]


def _decisions(
    person: Person, communities: list[Community], window: Window, *, own: bool
) -> list[Decision]:
    """About the person's posts; of nameless ones to their own eyes alone."""
    if own:
        found = waiting_words(person, communities)
    else:
        found = list(
            Decision.objects.filter(
                post__author=person,
                post__anonymous=False,
                post__community__in=communities,
                seen_at=None,
                undone_at=None,
            )
            .select_related("post__community")
            .order_by("-at")[:MOST]
        )
    until = window.until or now()
    return [each for each in found if window.since[each.post.community_id] < each.at <= until]


def _corrections(person: Person, window: Window, silent: set[str]) -> list[Heard]:
    """Of what the person read or wrote; nothing of people and places they do not want to hear."""
    heard = words_for(person, MOST_OTHERS, since=window.general)
    if not heard:
        return []
    muted = muted_people(person.pk, now())
    posts = Post.objects.filter(pk__in=[word.thing.id for word in heard])
    unheard = posts.filter(Q(author__in=muted) | Q(question__author__in=muted))
    left_out = set(unheard.values_list("pk", flat=True))
    return [
        word for word in heard if word.thing.place not in silent and word.thing.id not in left_out
    ]


def _invitations(person: Person, window: Window) -> list[Membership]:
    """To communities that the wall lets the person join."""
    rows = Membership.objects.filter(
        person=person, state=Membership.State.INVITED, asked_at__gt=window.general
    ).select_related("community")
    newest = rows.order_by("-asked_at")[:MOST_OTHERS]
    return [row for row in newest if may_join(person, row.community)]
