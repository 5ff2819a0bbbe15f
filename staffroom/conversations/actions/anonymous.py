"""Writing without a name. No row that is made here, or because of it, names the person."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Community, Membership
from staffroom.conversations import photo_files, sealed
from staffroom.conversations.actions import doubting, search_text
from staffroom.conversations.actions.mention import mention
from staffroom.conversations.actions.photos import MOST, Pair, too_many
from staffroom.conversations.actions.tracing import trace
from staffroom.conversations.actions.writing import hold, same
from staffroom.conversations.models import Photo, Post
from staffroom.core import limits
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.core.ids import uuid7
from staffroom.people.models import Person

acts("anonymous_asking", gettext_lazy("Whoever asks a question may do it without a name."))


def check_offered(community: Community) -> None:
    if not is_offered(community):
        raise Refused(_("In this community one asks with one's name."), "text")


def is_offered(community: Community) -> bool:
    return lever(community, "anonymous_asking") == "on"


def pace(person: Person) -> None:
    """As for other writing; counted under an alias that nobody can turn back without the key."""
    limits.take("quiet", sealed.alias(person), limit=20, seconds=3600)


def write_sealed(
    *,
    by: Person,
    community: Community,
    kind: str,
    text: str,
    id: uuid.UUID | None,
    pictures: Sequence[Pair] = (),
    shows: str = "",
    **fields: Any,
) -> Post:
    """Write the post without its author, or find the one this sending made. `by` was checked."""
    if len(pictures) > MOST:
        raise Refused(too_many(), "photo")
    community = hold(community)
    id = sealed.id_for(by, id or uuid7())
    if known := Post.objects.filter(pk=id).first():
        return same(known, by=by, community=community, kind=kind)
    at = sealed.moment(now(), community.timezone, _newest(community))
    post = Post.objects.create(
        id=id,
        community=community,
        author=None,
        anonymous=True,
        kind=kind,
        text=text,
        created_at=at,
        **fields,
    )
    sealed.seal(post.pk, by)
    _give(post, pictures, shows)
    mention(post, new=True)
    search_text.remember_new(post)
    doubting.remember(post)
    trace("post.written", post, by=None, kind=kind)
    return post


def _newest(community: Community) -> dt.datetime:
    """When something last happened here that the question must not stand before."""
    posts = Post.objects.filter(community=community).aggregate(at=Max("created_at"))
    joined = Membership.objects.filter(community=community).aggregate(at=Max("joined_at"))
    return max(filter(None, (posts["at"], joined["at"], community.created_at)))


def _give(post: Post, pictures: Sequence[Pair], shows: str) -> None:
    """The photos, with nobody as their owner and nothing by which to know them again."""
    for large, small in pictures:
        Photo.objects.create(
            id=uuid.uuid4(),
            community=post.community,
            owner=None,
            post=post,
            shows=shows,
            uploaded_at=post.created_at,
            **photo_files.write(large, small),
        )
