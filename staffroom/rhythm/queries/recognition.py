"""Celebrations month by month, and where the idea came from. Nothing here counts by person."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.urls import reverse

from staffroom.communities.models import Community, Membership
from staffroom.conversations.actions.writing import shortened
from staffroom.conversations.models import Post
from staffroom.core.clock import today
from staffroom.library.models import LessonPlan, Note, NoteCredit
from staffroom.people.models import Person
from staffroom.rhythm.models.recognition import Recognition

Came = Recognition.Came
#: What may hold an idea.
IDEAS = [Post.Kind.ANSWER, Post.Kind.MESSAGE, Post.Kind.QUESTION, Post.Kind.PROMPT]
#: So many of a colleague's contributions are offered as where the idea came from.
POSTS, OTHERS = 12, 6


@dataclass(frozen=True)
class Source:
    """A post, plan or note of a colleague's."""

    came: str
    thing: uuid.UUID
    words: str
    url: str


@dataclass(frozen=True)
class Month:
    first: dt.date

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    def bounds(self, zone: str) -> tuple[dt.datetime, dt.datetime]:
        return _midnight(self.first, zone), _midnight(self.after().first, zone)

    def before(self) -> "Month":
        return Month((self.first - dt.timedelta(days=1)).replace(day=1))

    def after(self) -> "Month":
        return Month((self.first + dt.timedelta(days=31)).replace(day=1))


def _midnight(day: dt.date, zone: str) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ZoneInfo(zone))


def month_of(text: str, community: Community) -> Month:
    """ "2026-11" as a month; this month for nonsense and for what is still to come."""
    here = today(community.timezone).replace(day=1)
    try:
        asked = dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 (a month has no zone)
    except ValueError:
        return Month(here)
    return Month(asked if asked.year >= 2000 and asked <= here else here)


def celebrations(community: Community, month: Month) -> QuerySet[Post]:
    """What stands of that month, the newest first."""
    since, until = month.bounds(community.timezone)
    return (
        _standing(community)
        .filter(created_at__gte=since, created_at__lt=until)
        .select_related("author", "about")
        .order_by("-created_at", "-id")
    )


def celebration_of(person: Person, community: Community, id: uuid.UUID) -> Post | None:
    """A celebration of this person that stands."""
    found = _standing(community).filter(pk=id, about=person)
    return found.select_related("author", "about").first()


def is_older(community: Community, month: Month) -> bool:
    return _standing(community).filter(created_at__lt=month.bounds(community.timezone)[0]).exists()


def _standing(community: Community) -> QuerySet[Post]:
    return Post.objects.filter(
        community=community, kind=Post.Kind.CELEBRATION, removed_at=None, hidden_at=None
    )


def behind(posts: Iterable[Post]) -> dict[uuid.UUID, Recognition]:
    """By post: what a celebration was made from, where it was."""
    rows = Recognition.objects.filter(post__in=[post.pk for post in posts])
    return {row.post_id: row for row in rows if row.post_id}


def named_by(person: Person, community: Community) -> QuerySet[Recognition]:
    """What the person said here and the community does not see: it can be taken back."""
    return (
        Recognition.objects.filter(community=community, by=person)
        .exclude(state=Recognition.State.SHARED)
        .select_related("about")
        .order_by("-at")[:10]
    )


def said_to(person: Person, community: Community) -> QuerySet[Recognition]:
    return (
        Recognition.objects.filter(community=community, about=person)
        .select_related("by")
        .order_by("-at")
    )


def waiting_for(person: Person) -> QuerySet[Recognition]:
    """What somebody said to the person and they have not answered, where they still are."""
    here = Membership.objects.filter(person=person, state=Membership.State.ACTIVE)
    return (
        Recognition.objects.filter(
            about=person, state=Recognition.State.WAITING, community__in=here.values("community")
        )
        .select_related("by", "community")
        .order_by("at")
    )


def one(person: Person, community: Community, id: uuid.UUID) -> Recognition | None:
    """For the two whom it concerns."""
    return (
        Recognition.objects.filter(Q(about=person) | Q(by=person), community=community, pk=id)
        .select_related("by", "about", "community__programme", "post")
        .first()
    )


def colleagues(person: Person, community: Community) -> list[Person]:
    rows = Membership.objects.filter(community=community, state=Membership.State.ACTIVE)
    found = rows.exclude(person=person).select_related("person").order_by("person__name")
    return [row.person for row in found]


def offered(
    community: Community, about: Person, came_from: uuid.UUID | None = None
) -> list[Source]:
    """The latest contributions of a colleague in this community, under their own name; and the
    post from which the reader comes, however old."""
    posts = _posts_of(community, about)
    latest = list(posts[:POSTS])
    if came_from is not None and came_from not in {post.pk for post in latest}:
        latest += posts.filter(pk=came_from)
    return [
        *_posts(latest),
        *_plans(_plans_of(community, about)[:OTHERS]),
        *_notes(_notes_of(community, about)[:OTHERS]),
    ]


def stands(community: Community, about: Person, came: str, thing: uuid.UUID) -> bool:
    """Whether this is the colleague's, and still there."""
    rows: QuerySet[Post] | QuerySet[LessonPlan] | QuerySet[Note]
    if came == Came.POST:
        rows = _posts_of(community, about)
    elif came == Came.PLAN:
        rows = _plans_of(community, about)
    elif came == Came.NOTE:
        rows = _notes_of(community, about)
    else:
        return False
    return rows.filter(pk=thing).exists()


def sources(community: Community, rows: Iterable[Recognition]) -> dict[uuid.UUID, Source]:
    """By thing: where the ideas came from, of what still stands. Three queries at most."""
    things: dict[str, set[uuid.UUID]] = {came: set() for came in Came.values}
    for row in rows:
        if row.thing and row.came:
            things[row.came].add(row.thing)
    posts = Post.objects.filter(
        community=community, removed_at=None, hidden_at=None, pk__in=things[Came.POST]
    )
    plans = LessonPlan.objects.filter(
        community=community, removed_at=None, pk__in=things[Came.PLAN]
    )
    notes = Note.objects.filter(community=community, removed_at=None, pk__in=things[Came.NOTE])
    found: list[Source] = []
    found += _posts(posts) if things[Came.POST] else []
    found += _plans(plans) if things[Came.PLAN] else []
    found += _notes(notes) if things[Came.NOTE] else []
    return {each.thing: each for each in found}


def _posts_of(community: Community, about: Person) -> QuerySet[Post]:
    return Post.objects.filter(
        community=community, author=about, anonymous=False, kind__in=IDEAS,
        room=Post.Room.LESSONS, removed_at=None, hidden_at=None,
    ).order_by("-created_at")  # fmt: skip


def _plans_of(community: Community, about: Person) -> QuerySet[LessonPlan]:
    return (
        LessonPlan.objects.filter(
            Q(started_by=about) | Q(sections__versions__by=about),
            community=community,
            removed_at=None,
        )
        .distinct()
        .order_by("-changed_at")
    )


def _notes_of(community: Community, about: Person) -> QuerySet[Note]:
    """Those that name the colleague with their consent."""
    mine = NoteCredit.objects.filter(person=about, answer=NoteCredit.Answer.YES)
    return Note.objects.filter(
        community=community, removed_at=None, pk__in=mine.values("note")
    ).order_by("-changed_at")


def _posts(rows: Iterable[Post]) -> list[Source]:
    return [
        Source(Came.POST, post.pk, shortened(" ".join(post.text.split()), 60), _post_url(post))
        for post in rows
    ]


def _post_url(post: Post) -> str:
    if post.kind == Post.Kind.QUESTION or post.question_id:
        return reverse("question", args=[post.community_id, post.question_id or post.pk])
    return reverse("post", args=[post.community_id, post.pk])


def _plans(rows: Iterable[LessonPlan]) -> list[Source]:
    return [
        Source(Came.PLAN, plan.pk, plan.title, reverse("plan", args=[plan.community_id, plan.pk]))
        for plan in rows
    ]


def _notes(rows: Iterable[Note]) -> list[Source]:
    return [
        Source(Came.NOTE, note.pk, note.title, reverse("note", args=[note.community_id, note.pk]))
        for note in rows
    ]
