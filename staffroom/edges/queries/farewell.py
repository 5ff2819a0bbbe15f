"""What one member gave a community and took from it: for that member's own page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from staffroom.communities.models import Community, Membership
from staffroom.communities.queries.finding import find
from staffroom.conversations import sealed
from staffroom.conversations.models import Helped, Post, Thanks
from staffroom.edges.queries.reshaping import of_community
from staffroom.library.models import LessonPlan, NoteCredit, Resource
from staffroom.people.models import Person

#: So many of each are named on the page; the file has all.
SHOWN = 10
OTHERS = 3


@dataclass(frozen=True)
class Farewell:
    """Own questions and answers, what they did, what others did for the person."""

    questions: list[Post]
    answers: list[Post]
    messages: int
    helped: int
    thanked: int
    notes: list[str]
    resources: list[str]
    plans: list[str]
    took: list[Post]
    thanks_given: int


def farewell(person: Person, community: Community) -> Farewell:
    """All of it, oldest first."""
    here = Post.objects.filter(community=community, removed_at=None, hidden_at=None)
    nameless = here.filter(anonymous=True).order_by().values("pk")
    own = here.filter(Q(author=person) | Q(pk__in=sealed.among(person, nameless)))
    own = own.order_by("created_at", "id")
    thanked = own.aggregate(n=Sum("thanks_count"))["n"] or 0
    answers = list(own.filter(kind=Post.Kind.ANSWER))
    return Farewell(
        questions=list(own.filter(kind=Post.Kind.QUESTION)),
        answers=answers,
        messages=own.exclude(kind__in=[Post.Kind.QUESTION, Post.Kind.ANSWER]).count(),
        helped=sum(each.helped_count for each in answers),
        thanked=thanked,
        notes=_titles(
            NoteCredit.objects.filter(person=person, note__community=community).values_list(
                "note__title", flat=True
            )
        ),
        resources=_titles(
            Resource.objects.filter(
                added_by=person, community=community, removed_at=None
            ).values_list("title", flat=True)
        ),
        plans=_titles(
            LessonPlan.objects.filter(
                started_by=person, community=community, removed_at=None
            ).values_list("title", flat=True)
        ),
        took=list(
            Post.objects.filter(
                pk__in=Helped.objects.filter(person=person, post__community=community).values(
                    "post"
                ),
                removed_at=None,
                hidden_at=None,
            )
            .select_related("author", "question")
            .order_by("created_at")
        ),
        thanks_given=Thanks.objects.filter(person=person, post__community=community).count(),
    )


def _titles(rows: QuerySet[Any, Any]) -> list[str]:
    return sorted(set(rows))


def elsewhere(person: Person, community: Community) -> list[Community]:
    """Where the person may go on: what it became, or communities of the subject that may be asked."""
    if community.went_over:
        became = [
            part.community_id
            for change in of_community(community).prefetch_related("parts")[:3]
            for part in change.parts.all()
        ]
        found = Community.objects.filter(
            pk__in={each for each in became if each is not None and each != community.pk},
            stage=Community.Stage.OPEN,
            memberships__in=Membership.objects.filter(person=person, state=Membership.State.ACTIVE),
        )
        return list(found.order_by("name"))
    return list(find(person, subject=community.subject)[:OTHERS])
