"""What an hour brought, read from what stands today: so nothing is kept that its author took back.

Nobody is counted or named as absent. What was asked without a name in that hour is left out: beside
who said "I am here", the hour could tell who asked.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from staffroom.conversations.models import Post
from staffroom.library.models import Resource
from staffroom.rhythm.models import Gathering

MOST = 30


@dataclass(frozen=True)
class Summary:
    prompts: list[Post]
    asked: list[Post]  # and not yet solved
    answered: list[Post]  # questions from before that got an answer in the hour
    solved: list[Post]
    resources: list[Resource]

    @property
    def quiet(self) -> bool:
        return not (self.prompts or self.asked or self.answered or self.solved or self.resources)


def summary_of(gathering: Gathering) -> Summary:
    span = (gathering.begins, gathering.ends)
    standing = Post.objects.filter(
        community=gathering.community_id,
        room=Post.Room.LESSONS,
        removed_at=None,
        hidden_at=None,
    )
    in_time = standing.filter(created_at__gte=span[0], created_at__lt=span[1])
    questions = standing.filter(kind=Post.Kind.QUESTION)
    answers = in_time.filter(kind=Post.Kind.ANSWER).order_by().values("question")
    solved = questions.filter(solved_at__gte=span[0], solved_at__lt=span[1], anonymous=False)
    return Summary(
        prompts=_some(in_time.filter(kind=Post.Kind.PROMPT)),
        asked=_some(in_time.filter(kind=Post.Kind.QUESTION, anonymous=False).exclude(pk__in=solved.values("pk"))),
        answered=_some(questions.filter(_before(gathering), pk__in=answers).exclude(pk__in=solved.values("pk"))),
        solved=_some(solved),
        resources=list(
            Resource.objects.filter(
                community=gathering.community_id,
                added_at__gte=span[0],
                added_at__lt=span[1],
                removed_at=None,
                hidden_at=None,
            ).order_by("added_at", "pk")[:MOST]
        ),
    )  # fmt: skip


def _before(gathering: Gathering) -> Q:
    """Asked before the hour: one without a name must be clearly older."""
    day = gathering.begins.replace(hour=0, minute=0, second=0, microsecond=0)
    return Q(anonymous=False, created_at__lt=gathering.begins) | Q(
        anonymous=True, created_at__lt=day
    )


def _some(posts: QuerySet[Post]) -> list[Post]:
    return list(posts.order_by("created_at", "pk")[:MOST])
