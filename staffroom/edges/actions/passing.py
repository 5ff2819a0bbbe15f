"""A question goes on to sister communities, with its asker's yes and without anything that tells who.

Whoever asked without a name stays so: no row that is made here, or because of it, names a person, and
none tells the minute (`conversations.sealed`, `conversations.actions.tracing`).
"""

import uuid
from collections.abc import Collection

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.access import community_for
from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Community
from staffroom.conversations import sealed
from staffroom.conversations.actions.counting import hold
from staffroom.conversations.actions.tracing import moment_of, trace
from staffroom.conversations.actions.visiting import bring_question, change
from staffroom.conversations.actions.writing import MAX_TOPIC, about_words, clean
from staffroom.conversations.models import Photo, Post
from staffroom.conversations.permissions import gone
from staffroom.conversations.photo_files import FILES
from staffroom.core.errors import NotYours, Refused
from staffroom.core.words import listed
from staffroom.edges.models import Crossing, Rise
from staffroom.edges.queries.sisters import sisters
from staffroom.edges.queries.telling import telling
from staffroom.people.models import Person

acts(
    "boundary_questions",
    gettext_lazy(
        "The asker of a question that nobody answered may let it go, without any name, to communities with which a broker is shared; these take such questions, or do not."
    ),
)


def check_asker(person: Person, question: Post) -> Rise:
    """Whoever asked it, once it has risen so far that it may go on."""
    community_for(person, question.community_id)
    if question.kind != Post.Kind.QUESTION or gone(question):
        raise NotYours
    if not sealed.wrote(person, question):
        raise NotYours
    rise = Rise.objects.filter(question=question, asked_at__isnull=False).first()
    if rise is None:
        raise NotYours
    return rise


@transaction.atomic
def pass_on(
    *, by: Person, question: Post, text: str, topic: str = "", photos: Collection[uuid.UUID] = ()
) -> list[Post]:
    """Put the asker's words into every sister community; sent twice, they stand there once."""
    check_asker(by, question)
    held = hold(question)
    rise = Rise.objects.select_for_update().get(question=held)
    if rise.passed_at is not None and rise.back_at is None:
        return [crossing.copy for crossing in standing(held)]
    if lever(question.community, "boundary_questions") != "on":
        raise Refused(_("In this community questions stay inside."))
    text, topic = clean(text), about_words(topic, MAX_TOPIC, "topic")
    check_telling(text, question.community, "text")
    check_telling(topic, question.community, "topic")
    goals = sisters(question.community)
    if not goals:
        raise Refused(_("There is no community to which it could go just now."))
    copies = [_carry(held, goal, text, topic, photos) for goal in goals]
    rise.passed_at, rise.back_at, rise.kept_at = moment_of(held), None, None
    rise.save(update_fields=["passed_at", "back_at", "kept_at"])
    _travels(held, Post.Travel.OUT)
    trace("question.passed_on", held, by=by)
    return copies


def check_telling(text: str, community: Community, field: str) -> None:
    """Nothing in the words says who or where."""
    if found := telling(text, community):
        raise Refused(
            _("These words tell who you are or where: %(words)s. Please say it without them.")
            % {"words": listed(found[:5])},
            field,
        )


@transaction.atomic
def keep_here(*, by: Person, question: Post) -> None:
    """The asker would rather not; asked no more, and may think better of it."""
    rise = check_asker(by, question)
    Rise.objects.filter(pk=rise.pk, passed_at=None).update(kept_at=moment_of(question))
    trace("question.kept_here", question, by=by)


@transaction.atomic
def take_back(*, by: Person, question: Post) -> None:
    """The words go from where they went. Answers that came back stay."""
    rise = check_asker(by, question)
    held = hold(question)
    for crossing in standing(held):
        Crossing.objects.filter(pk=crossing.pk).update(withdrawn=True)
        copy = crossing.copy
        change(copy, text=copy.text, credit="", gone=True)
    if rise.passed_at is not None and rise.back_at is None:
        Rise.objects.filter(pk=rise.pk).update(back_at=moment_of(held))
        _travels(held, "")
        trace("question.taken_back", held, by=by)


def standing(question: Post) -> list[Crossing]:
    """Where the question stands elsewhere."""
    crossings = Crossing.objects.filter(origin=question, withdrawn=False, copy__removed_at=None)
    return list(crossings.select_related("copy__community").order_by("copy__community__name"))


def _carry(
    question: Post, goal: Community, text: str, topic: str, photos: Collection[uuid.UUID]
) -> Post:
    copy = bring_question(
        community=goal, text=text, topic=topic, grade=question.grade, language=question.language
    )
    Crossing.objects.create(origin=question, copy=copy)
    for photo in Photo.objects.filter(post=question, pk__in=list(photos), covered_at=None):
        _give(photo, copy)
    return copy


def _give(photo: Photo, copy: Post) -> None:
    """The picture alone: nobody's, without its caption, under a name of its own."""
    Photo.objects.create(
        id=uuid.uuid4(),
        community=copy.community,
        owner=None,
        post=copy,
        width=photo.width,
        height=photo.height,
        hint=photo.hint,
        shows=photo.shows,
        uploaded_at=copy.created_at,
        **{size: getattr(photo, size) for size in FILES.values()},
        **{field: _again(file) for field in FILES if (file := getattr(photo, field))},
    )


def _again(file: FieldFile) -> ContentFile[bytes]:
    with file.open("rb") as source:
        return ContentFile(source.read(), f"{uuid.uuid4()}.{str(file.name).rpartition('.')[2]}")


def _travels(question: Post, travel: str) -> None:
    question.travel = travel
    question.version += 1
    question.save(update_fields=["travel", "version"])
