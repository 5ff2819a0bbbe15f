"""Which photo may be seen by whom, asked each time it is fetched."""

import uuid

from staffroom.communities.models import Community
from staffroom.conversations.actions.photos import owns
from staffroom.conversations.deciders import check_decide
from staffroom.conversations.models import Photo
from staffroom.core.errors import NotYours
from staffroom.people.models import Person


def photo_for(person: Person, community: Community, photo_id: uuid.UUID) -> Photo:
    """The photo, if this person, who is inside the community, may see it; else `NotYours`.

    Without a post it is its owner's alone; of a removed post its author's; of a hidden one, or
    while it is covered, its author's and of whoever decides about it.
    """
    photo = (
        Photo.objects.filter(pk=photo_id, community=community)
        .select_related("post__community")
        .first()
    )
    if photo is None:
        raise NotYours
    if owns(person, photo):
        return photo
    post = photo.post
    if post is None or post.removed_at is not None:
        raise NotYours
    if post.hidden_at is not None or photo.covered_at is not None:
        check_decide(person, post)
    return photo
