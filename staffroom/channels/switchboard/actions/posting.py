"""A message becomes a post, by the same actions as on the web."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from staffroom.channels.switchboard.actions import media
from staffroom.channels.switchboard.actions.media import Brought
from staffroom.channels.switchboard.models import GroupLink, Link, Mark
from staffroom.communities.models import Community
from staffroom.conversations import actions, sealed
from staffroom.conversations.models import Post
from staffroom.core.errors import Refused
from staffroom.people.models import Person


@dataclass
class Letter:
    """What somebody wrote, whichever way it came; `id` is made from the provider's."""

    by: Person
    id: uuid.UUID
    text: str
    at: dt.datetime | None = None
    brought: list[Brought] = field(default_factory=list)


@dataclass
class Posted:
    """`said`: what could not be taken of it; `covered`: of its photos nobody has said what they show."""

    post: Post
    said: list[str]
    covered: bool = False


def ask(letter: Letter, community: Community) -> Posted:
    kept = _kept(letter, community)
    post = actions.ask(
        by=letter.by,
        community=community,
        text=letter.text,
        id=letter.id,
        written_at=letter.at,
        photos=kept.photos,
        attached=kept.attached,
    )
    return _posted(post, kept)


def say(
    letter: Letter,
    community: Community,
    quotes: Post | None = None,
    room: str = Post.Room.LESSONS,
) -> Posted:
    kept = _kept(letter, community)
    post = actions.say(
        by=letter.by,
        community=community,
        text=letter.text,
        quotes=quotes,
        id=letter.id,
        written_at=letter.at,
        photos=kept.photos,
        attached=kept.attached,
        room=quotes.room if quotes else room,
    )
    return _posted(post, kept)


def reply(letter: Letter, to: Post) -> Posted:
    """To a question, or to an answer of it: an answer. To anything else: a message that quotes it."""
    if to.kind == Post.Kind.QUESTION or to.question is not None:
        return answer(letter, to)
    return say(letter, to.community, quotes=to)


def answer(letter: Letter, to: Post) -> Posted:
    question = to.question if to.question is not None else to
    question.community = to.community
    if question.anonymous and sealed.wrote(letter.by, question):
        # With a name below one's own nameless question: everybody would see whose it is.
        raise Refused(_("You asked this without your name. Go on below it on the web."))
    kept = _kept(letter, question.community)
    post = actions.answer(
        by=letter.by,
        question=question,
        text=letter.text,
        quotes=to if to.pk != question.pk else None,
        id=letter.id,
        written_at=letter.at,
        photos=kept.photos,
        attached=kept.attached,
    )
    return _posted(post, kept)


def _kept(letter: Letter, community: Community) -> media.Kept:
    kept = media.keep(by=letter.by, community=community, brought=letter.brought)
    if kept.said and not letter.text.strip() and not (kept.photos or kept.attached):
        raise Refused(kept.said[0])
    return kept


def _posted(post: Post, kept: media.Kept) -> Posted:
    covered = media.cover(post) if kept.photos else False
    return Posted(post, kept.said, covered)


def mark(
    channel: str,
    message: str,
    post: Post,
    at: dt.datetime,
    *,
    link: Link | None = None,
    group: GroupLink | None = None,
) -> None:
    """So that replies, changes and removals find the post. Never of what has no name."""
    if not post.anonymous:
        Mark.objects.get_or_create(
            channel=channel,
            link=link,
            group=group,
            message=message,
            defaults={"post": post, "at": at},
        )
