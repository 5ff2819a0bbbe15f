"""Which voice note or paper may be had by whom, asked each time it is fetched."""

import uuid
from typing import TypeVar

from staffroom.communities.models import Community
from staffroom.conversations.deciders import check_decide
from staffroom.conversations.models import Document, Recording
from staffroom.core.errors import NotYours
from staffroom.people.models import Person

Thing = TypeVar("Thing", Recording, Document)


def attached_for(model: type[Thing], person: Person, community: Community, id: uuid.UUID) -> Thing:
    """The thing, if this person, who is inside the community, may have it; else `NotYours`.

    As with photos: without a post it is its owner's alone; of a removed post its author's; of a
    hidden one its author's and of whoever decides about it.
    """
    thing = (
        model.objects.filter(pk=id, community=community).select_related("post__community").first()
    )
    if thing is None:
        raise NotYours
    if thing.owner_id == person.pk:
        return thing
    post = thing.post
    if post is None or post.removed_at is not None:
        raise NotYours
    if post.hidden_at is not None:
        check_decide(person, post)
    return thing
