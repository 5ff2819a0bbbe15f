"""A post that was written goes to whom it concerns, and into the community's chats, as each wants it."""

import uuid
from typing import Any

from staffroom.channels.switchboard import known
from staffroom.channels.switchboard.actions import sending
from staffroom.channels.switchboard.models import GroupLink, Link, Mark, Sent
from staffroom.channels.switchboard.queries import money
from staffroom.communities.models import Advisership, Membership
from staffroom.conversations.models import Mention, Post
from staffroom.core import ids

Level = Link.Relay
QUESTIONS = (Post.Kind.QUESTION, Post.Kind.ANSWER)


def written(payload: dict[str, Any]) -> None:
    """Handler of `post.written`. What has no name never goes as it comes: that would tell the minute."""
    posts = Post.objects.select_related("community__programme", "question")
    post = posts.filter(pk=uuid.UUID(payload["post"])).first()
    if post is None or post.anonymous or post.removed_at or post.hidden_at:
        return
    channels = [each.key for each in known.working()]
    if not channels:
        return
    for link in _links(post, channels):
        if link.relay == Level.EVERYTHING or _concerns(link, post):
            _put(post, link=link)
    for group in GroupLink.objects.filter(community=post.community_id, channel__in=channels):
        if _wanted(group, post) and not Mark.objects.filter(group=group, post=post).exists():
            _put(post, group=group)


def mentioned(payload: dict[str, Any]) -> None:
    """Handler of `post.mentioned`: whoever is named hears of it, if that was not known before."""
    post = Post.objects.select_related("community__programme").filter(pk=payload["post"]).first()
    if post is None or post.anonymous:
        return
    channels = [each.key for each in known.working()]
    links = Link.objects.filter(
        person=payload["person"], channel__in=channels, stopped_at=None, relay=Level.CONCERNS
    )
    for link in links:
        _put(post, link=link)


def _links(post: Post, channels: list[str]) -> list[Link]:
    """Of those inside, without the author; everything as it comes only where the programme pays it."""
    inside = Membership.objects.filter(community=post.community_id, state=Membership.State.ACTIVE)
    advisers = Advisership.objects.filter(community=post.community_id, ended_at=None)
    people = {*inside.values_list("person", flat=True), *advisers.values_list("person", flat=True)}
    full = money.budget_of(post.community.programme).full_relay
    rows = Link.objects.filter(person__in=people - {post.author_id}, channel__in=channels)
    found = list(rows.filter(stopped_at=None).exclude(relay=Level.DIGEST).select_related("person"))
    for link in found:
        if not full and link.relay == Level.EVERYTHING:
            link.relay = Level.CONCERNS  # that comes all the same; not saved
    return found


def _concerns(link: Link, post: Post) -> bool:
    """An answer to one's own question with a name, or one's name in it."""
    asked = post.question is not None and post.question.author_id == link.person_id
    return asked or Mention.objects.filter(post=post, person=link.person_id).exists()


def _wanted(group: GroupLink, post: Post) -> bool:
    if post.room == Post.Room.TEA and group.relay != GroupLink.Relay.EVERYTHING:
        return False
    if group.relay == GroupLink.Relay.QUESTIONS:
        return post.kind in QUESTIONS
    return bool(group.relay == GroupLink.Relay.EVERYTHING)


def _put(post: Post, *, link: Link | None = None, group: GroupLink | None = None) -> None:
    """Once, however often we are told."""
    place = link or group
    assert place is not None
    sending.put(
        kind=Sent.Kind.RELAY,
        link=link,
        group=group,
        ref=post.pk,
        community=post.community,
        key=f"{ids.short(place.pk)}:{ids.short(post.pk)}",
    )
