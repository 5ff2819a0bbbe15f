"""Files that came by a channel: fetched once, judged by their bytes, given to a post."""

import io
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from staffroom.channels.switchboard.known import Channel
from staffroom.channels.switchboard.messages import Inbound, Kind, Media, Undeliverable, Unknown
from staffroom.communities.models import Community
from staffroom.conversations.actions import attached, photos
from staffroom.conversations.models import Photo, Post
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.people.models import Person


@dataclass(frozen=True)
class File:
    """A file at the provider, and as what it was sent."""

    kind: str
    media: Media

    @classmethod
    def of(cls, event: Inbound) -> "File":
        assert event.media is not None
        return cls(event.kind, event.media)

    def kept(self) -> list[Any]:
        media = self.media
        return [self.kind, media.handle, media.type, media.size, media.name]

    @classmethod
    def read(cls, kept: list[Any]) -> "File":
        return cls(kept[0], Media(*kept[1:]))


@dataclass(frozen=True)
class Brought:
    """The bytes of a file, or that it never arrived."""

    file: File
    data: bytes = b""
    fault: bool = False


@dataclass
class Kept:
    """What waits for its post; `said` are the sentences for files that cannot be taken."""

    photos: list[UUID]
    attached: list[UUID]
    said: list[str]


def bring(channel: Channel, file: File) -> Brought:
    """From the provider; `TryLater` where they ask for patience."""
    if channel.fetch is None:
        return Brought(file, fault=True)
    try:
        data = channel.fetch(file.media)
    except (Undeliverable, Unknown):
        return Brought(file, fault=True)
    return Brought(file, data, fault=not data)


def keep(*, by: Person, community: Community, brought: list[Brought]) -> Kept:
    """Keep the files for a post about to be written. What one claims to be counts for nothing."""
    kept = Kept([], [], [])
    for each in brought:
        if each.fault:
            kept.said.append(_("The file did not reach us. Your words did. Please send it again."))
            continue
        try:
            _keep(kept, by, community, each)
        except Refused as refusal:
            kept.said.append(refusal.message)
    return kept


def _keep(kept: Kept, by: Person, community: Community, brought: Brought) -> None:
    file = io.BytesIO(brought.data)
    if brought.file.kind == Kind.PHOTO:
        kept.photos.append(photos.keep(by=by, community=community, file=file).pk)
    elif brought.file.kind == Kind.VOICE:
        kept.attached.append(attached.keep_recording(by=by, community=community, file=file).pk)
    else:
        name = brought.file.media.name or "paper"
        kept.attached.append(
            attached.keep_document(by=by, community=community, file=file, name=name).pk
        )


def cover(post: Post) -> bool:
    """Photos of which nobody has said what they show are seen by nobody until somebody has."""
    rows = Photo.objects.filter(post=post, shows="", covered_at=None, cleared_at=None)
    return bool(rows.update(covered_at=now()))


def say_what_it_shows(*, by: Person, post: Post, shows: str) -> bool:
    """Its sender says it; then it is seen. What a moderator covered stays so."""
    if post.author_id != by.pk or shows not in Photo.Shows.values:
        return False
    rows = Photo.objects.filter(post=post, owner=by, shows="", covered_at__isnull=False)
    count = rows.update(shows=shows, covered_at=None)
    if count:
        post.version += 1
        post.save(update_fields=["version"])
        audit.write("photo.said", actor=by, on=post, shows=shows)
    return bool(count)
