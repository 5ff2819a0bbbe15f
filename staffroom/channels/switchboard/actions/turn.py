"""One thing that a linked person said to us, and what comes of it."""

import uuid
from dataclasses import dataclass, field

from staffroom.channels.switchboard.actions.media import Brought
from staffroom.channels.switchboard.known import Channel
from staffroom.channels.switchboard.messages import Inbound
from staffroom.channels.switchboard.models import Link, Received
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.conversations import sealed
from staffroom.conversations.models import Post
from staffroom.people.models import Person

#: Ids of posts are made from the provider's, so that any retry makes the same post.
NAMESPACE = uuid.UUID("5f0a5a0e-0f3c-5c0b-9d0e-3b8a4c7d1e21")


@dataclass
class Outcome:
    """`whispers` are said at once and written down nowhere: (address, what)."""

    refused: bool = False
    not_yet: bool = False
    veiled: bool = False
    whispers: list[tuple[str, Say]] = field(default_factory=list)


@dataclass
class Turn:
    link: Link
    channel: Channel
    event: Inbound
    brought: list[Brought]
    row: Received
    veiled: bool = False

    @property
    def person(self) -> Person:
        return self.link.person

    def veil(self) -> None:
        """Of this event nothing shall stay that leads to the person; done at the turn's end, so
        that a refusal, which undoes the act, does not undo this."""
        self.veiled = True

    def touches(self, post: Post) -> None:
        """What one does about one's own words without a name leaves no line either."""
        question = post.question if post.question is not None else post
        if any(each.anonymous and sealed.wrote(self.person, each) for each in (post, question)):
            self.veil()


def post_id(channel: str, event: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{channel}:{event}")
