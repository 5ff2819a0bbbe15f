"""What was learned in a visit or a return session goes into a community, in its owner's words."""

import uuid

from django.db import transaction

from staffroom.communities import access, wall
from staffroom.communities.models import Community, Membership
from staffroom.conversations.actions import ask
from staffroom.conversations.actions.drafts import save as save_draft
from staffroom.conversations.models import Post
from staffroom.core.errors import NotYours
from staffroom.library.actions import note_making
from staffroom.library.models import Note
from staffroom.people.models import Person


def communities_of(person: Person) -> list[Community]:
    """Where this person may write now."""
    mine = Membership.objects.filter(person=person, state=Membership.State.ACTIVE)
    found = wall.readable_by(person).filter(pk__in=mine.values("community"))
    return list(found.filter(stage=Community.Stage.OPEN).order_by("name", "pk"))


def check_writes(by: Person, community: Community) -> None:
    access.community_for(by, community.pk)
    if not access.is_member(by, community):
        raise NotYours


@transaction.atomic
def as_draft(*, by: Person, community: Community, text: str) -> None:
    """Into the ask form, where its owner changes it and sends it, or does not."""
    check_writes(by, community)
    save_draft(by=by, community=community, place="ask", fields={"text": text})


@transaction.atomic
def as_question(*, by: Person, community: Community, text: str, id: uuid.UUID) -> Post:
    check_writes(by, community)
    return ask(by=by, community=community, text=text, id=id)


@transaction.atomic
def as_note(*, by: Person, community: Community, words: dict[str, str], name_me: bool) -> Note:
    check_writes(by, community)
    return note_making.make(by=by, community=community, words=words, name_me=name_me)
