"""What a community did for a goal in a stretch of time: counted by the clock, a week at a time."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.db.models import QuerySet

from staffroom.communities.models import Community
from staffroom.conversations.models import Post
from staffroom.library.models import Resource, Trial, Trust, Voice
from staffroom.rhythm.figures import Figure, shares_of
from staffroom.rhythm.models.challenge import Challenge

Goal = Challenge.Goal
A_DAY = dt.timedelta(days=1)
Moment = dt.datetime


def figure(goal: str, community: Community, since: Moment, until: Moment) -> Figure:
    """The community's figure from `since` until before `until`."""
    return _COUNTS[Goal(goal)](community, since, until)


def _answered(community: Community, since: Moment, until: Moment) -> Figure:
    """Of questions that had a whole day's time, those that a colleague answered within it."""
    questions = {
        pk: (asked, author)
        for pk, asked, author in _questions(community)
        .filter(created_at__gte=since, created_at__lt=until)
        .values_list("pk", "created_at", "author")
    }
    answers = Post.objects.filter(
        question__in=questions, author__isnull=False, removed_at=None, hidden_at=None
    )
    done: set[uuid.UUID | None] = set()
    people: list[uuid.UUID | None] = []
    for question, at, author in answers.values_list("question_id", "created_at", "author_id"):
        asked, asker = questions[question] if question else (at, author)
        if author != asker and at <= asked + A_DAY:
            done.add(question)
            people.append(author)
    return Figure(len(done), len(questions), shares_of(people))


def _solved(community: Community, since: Moment, until: Moment) -> Figure:
    solved = _questions(community).filter(solved_at__gte=since, solved_at__lt=until)
    answers = Post.objects.filter(question__in=solved.values("pk"), removed_at=None, hidden_at=None)
    return Figure(solved.count(), None, shares_of(answers.values_list("author", flat=True)))


def _tried(community: Community, since: Moment, until: Moment) -> Figure:
    rows = Trial.objects.filter(
        note__community=community, note__removed_at=None, at__gte=since, at__lt=until
    )
    people = list(rows.values_list("by", flat=True))
    return Figure(len(people), None, shares_of(people))


def _verified(community: Community, since: Moment, until: Moment) -> Figure:
    ours = Resource.objects.filter(community=community, removed_at=None, hidden_at=None)
    voices = Voice.objects.filter(
        trust__kind="resource", trust__state=Trust.State.VERIFIED, trust__thing__in=ours.values("pk"),
        correction=None, at__gte=since, at__lt=until,
    )  # fmt: skip
    rows = list(voices.values_list("trust", "by"))
    return Figure(len({trust for trust, _by in rows}), None, shares_of(by for _trust, by in rows))


def _questions(community: Community) -> QuerySet[Post]:
    return Post.objects.filter(
        community=community, kind=Post.Kind.QUESTION, removed_at=None, hidden_at=None
    )


_COUNTS: dict[Goal, Callable[[Community, Moment, Moment], Figure]] = {
    Goal.ANSWERED: _answered,
    Goal.SOLVED: _solved,
    Goal.TRIED: _tried,
    Goal.VERIFIED: _verified,
}
