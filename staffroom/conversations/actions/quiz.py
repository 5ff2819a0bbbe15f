"""Quizzes, puzzles and polls come into the stream."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.conversations.actions import search_text
from staffroom.conversations.actions.counting import hold
from staffroom.conversations.actions.tracing import trace
from staffroom.conversations.actions.writing import same, write
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import check_member
from staffroom.conversations.quizzing import HOST, post_of
from staffroom.core.clock import now, today
from staffroom.core.errors import Refused
from staffroom.instruments import actions as instruments
from staffroom.instruments.models import Instrument, Item, Version
from staffroom.instruments.shape import Shape, options
from staffroom.people.models import Person


@transaction.atomic
def publish_quiz(
    *,
    by: Person,
    version: Version,
    room: str = Post.Room.LESSONS,
    id: uuid.UUID | None = None,
    written_at: dt.datetime | None = None,
) -> Post:
    """The draft stands in the stream; a changed one where it stood, saying that it was edited."""
    published = instruments.publish(by=by, version=version)
    instrument = published.instrument
    community = Community.objects.get(pk=instrument.host_id)
    text = title_of(published)
    if known := post_of(instrument):
        return _changed(known, text, by)
    poll = instrument.kind == Instrument.Kind.POLL
    return write(
        by=by,
        community=community,
        kind=Post.Kind.POLL if poll else Post.Kind.QUIZ,
        text=text,
        id=id,
        written_at=written_at,
        room=room,
        language=published.language,
        instrument=instrument,
    )


def title_of(version: Version) -> str:
    """Its name; of a single question without one, the question."""
    item = version.items.first()
    return version.title or (item.text if item else "")


def _changed(post: Post, text: str, by: Person) -> Post:
    held = hold(post)
    held.text, held.edited_at = text, now()
    held.version += 1
    held.save(update_fields=["text", "edited_at", "version"])
    search_text.remember(held)
    trace("post.edited", held, by=by, version=held.version)
    return held


@transaction.atomic
def puzzle(
    *,
    by: Person,
    community: Community,
    item: Shape,
    language: str = "",
    room: str = Post.Room.LESSONS,
    id: uuid.UUID | None = None,
) -> Post:
    """One question, at once before everyone."""
    if known := _known(by, community, Post.Kind.QUIZ, id):
        return known
    version = begin_quiz(by=by, community=community, language=language)
    instruments.put_item(by=by, version=version, item=item)
    return publish_quiz(by=by, version=version, room=room, id=id)


def begin_quiz(
    *,
    by: Person,
    community: Community,
    title: str = "",
    language: str = "",
    id: uuid.UUID | None = None,
) -> Version:
    """A draft that only its author sees."""
    return instruments.make(
        by=by,
        kind=Instrument.Kind.QUIZ,
        host=HOST,
        host_id=community.pk,
        title=title,
        language=language or community.language,
        zone=community.timezone,
        id=id,
    )


@transaction.atomic
def poll(
    *,
    by: Person,
    community: Community,
    text: str,
    choices: Sequence[str],
    ends_on: dt.date | None = None,
    language: str = "",
    room: str = Post.Room.LESSONS,
    id: uuid.UUID | None = None,
) -> Post:
    """One question with two to eight answers. Who chose what is kept from everybody."""
    check_member(by, community)
    if known := _known(by, community, Post.Kind.POLL, id):
        return known
    if ends_on is not None and ends_on < today(community.timezone):
        raise Refused(_("This day has passed. Choose today or a later one."), "ends_on")
    version = instruments.make(
        by=by,
        kind=Instrument.Kind.POLL,
        host=HOST,
        host_id=community.pk,
        language=language or community.language,
        zone=community.timezone,
        ends_on=ends_on,
        secret=True,
    )
    shape = Shape(Item.Kind.ONE, text, options=options(*choices))
    instruments.put_item(by=by, version=version, item=shape)
    return publish_quiz(by=by, version=version, room=room, id=id)


def _known(by: Person, community: Community, kind: str, id: uuid.UUID | None) -> Post | None:
    """The post that this sending has made before."""
    post = Post.objects.filter(pk=id).first() if id else None
    return same(post, by=by, community=community, kind=kind) if post else None
