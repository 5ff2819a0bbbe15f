"""Answers come back with the credit their authors chose; thanks travel to them. Done by the worker."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from staffroom.communities.access import community_for
from staffroom.communities.models import Community
from staffroom.conversations.actions.visiting import bring_answer, change
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import gone
from staffroom.core import audit
from staffroom.core.clock import now as moment
from staffroom.core.errors import NotYours, Refused
from staffroom.edges.actions.stirring import stir
from staffroom.edges.models import Crossing
from staffroom.edges.queries.sisters import no_wall_between
from staffroom.people.models import Person


def written(payload: dict[str, Any]) -> None:
    """An answer below a question from elsewhere goes back there. Harmless again."""
    answer = (
        Post.objects.filter(
            pk=payload["post"], kind=Post.Kind.ANSWER, question__travel=Post.Travel.IN, travel=""
        )
        .select_related("community", "question__crossed__origin__community__programme")
        .first()
    )
    if answer is None or answer.question is None or not answer.text or gone(answer):
        return
    crossed = Crossing.objects.filter(copy=answer.question).select_related("origin").first()
    if crossed is None or crossed.withdrawn or gone(crossed.origin):
        return
    if Crossing.objects.filter(origin=answer).exists():
        return
    asked = Post.objects.select_related("community__programme").get(pk=crossed.origin_id)
    if asked.community.stage != Community.Stage.OPEN:
        return
    if not no_wall_between(asked.community, answer.community):
        return
    copy = bring_answer(question=asked, text=answer.text, language=answer.language)
    Crossing.objects.create(origin=answer, copy=copy)


def changed(payload: dict[str, Any]) -> None:
    """Words that stand elsewhere too were changed, removed, hidden or brought back."""
    for crossing in _crossings(Q(origin=payload["post"])):
        follow(crossing)


def thanked(payload: dict[str, Any]) -> None:
    """Somebody thanks for an answer from elsewhere, or says that it helped: its author hears of it."""
    crossing = _crossings(Q(copy=payload["post"], copy__kind=Post.Kind.ANSWER)).first()
    if crossing is not None:
        Crossing.objects.filter(pk=crossing.pk).update(thanked_at=moment())
        stir([crossing.origin.community_id])


@transaction.atomic
def credit(*, by: Person, answer: Post, named: bool) -> None:
    """The author of an answer lets it go under name and community, or as from a colleague."""
    community_for(by, answer.community_id)
    if answer.author_id != by.pk or answer.question is None:
        raise NotYours
    if answer.question.travel != Post.Travel.IN:
        raise NotYours
    crossing = _crossings(Q(origin=answer)).first()
    if crossing is None:  # the worker has not been here yet
        written({"post": str(answer.pk)})
        crossing = _crossings(Q(origin=answer)).first()
    if crossing is None:
        raise Refused(
            _("This answer cannot go back just now: where it was asked, nothing is added.")
        )
    crossing.named = by if named else None
    crossing.save(update_fields=["named"])
    follow(crossing)
    audit.write("answer.credited", actor=by, on=answer, named=named)


def follow(crossing: Crossing, *, apart: bool = False) -> None:
    """Make the copy what its origin is; `apart`: the wall stands between the two communities now."""
    origin, copy = crossing.origin, crossing.copy
    ended = crossing.withdrawn or apart or gone(origin) or not origin.text
    if copy.kind == Post.Kind.QUESTION:  # its words are those that the asker let go
        change(copy, text=copy.text if not apart else "", credit="", gone=ended)
        return
    change(copy, text="" if ended else origin.text, credit=credit_of(crossing), gone=ended)


def credit_of(crossing: Crossing) -> str:
    """Name and community, as the answer's author chose; nothing otherwise."""
    if crossing.named is None or not crossing.named.name:
        return ""
    return f"{crossing.named.name} ({crossing.origin.community.name})"[:200]


def mend_all(now: dt.datetime) -> None:
    """Nightly."""
    mend()


def mend(communities: set[uuid.UUID] | None = None) -> None:
    """Names as they are, and nothing across a wall that has risen; all, or those of some communities."""
    crossings = _crossings(Q(copy__removed_at=None))
    if communities is not None:
        crossings = crossings.filter(
            Q(origin__community__in=communities) | Q(copy__community__in=communities)
        )
    walls: dict[frozenset[uuid.UUID], bool] = {}
    for crossing in crossings.iterator(chunk_size=500):
        one, other = crossing.origin.community, crossing.copy.community
        pair = frozenset((one.pk, other.pk))
        if pair not in walls:
            walls[pair] = not no_wall_between(one, other)
        follow(crossing, apart=walls[pair])


def _crossings(where: Q) -> QuerySet[Crossing]:
    return Crossing.objects.filter(where).select_related(
        "origin__community__programme", "copy__community__programme", "copy__question", "named"
    )
