"""A community's own chat: what its members say there are posts; others are told once, privately."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.channels.switchboard.actions import (
    changes,
    confirming,
    linking,
    posting,
    reactions,
    sending,
)
from staffroom.channels.switchboard.actions.media import Brought
from staffroom.channels.switchboard.actions.posting import Letter
from staffroom.channels.switchboard.actions.turn import Outcome, post_id
from staffroom.channels.switchboard.known import Channel
from staffroom.channels.switchboard.messages import Inbound, Kind
from staffroom.channels.switchboard.models import GroupLink, Link, Received, Sent
from staffroom.channels.switchboard.queries import people, posts
from staffroom.channels.switchboard.talk.read import read
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.communities.access import community_for
from staffroom.conversations.models import Post
from staffroom.core import limits
from staffroom.core.errors import NotYours, Refused, TooMany

DAYS = 365 * 24 * 3600


def hear(channel: Channel, event: Inbound, brought: list[Brought], row: Received) -> Outcome:
    """In the transaction in which the event is marked as dealt with."""
    group = people.chat_of(channel.key, event.chat)
    if event.kind == Kind.TEXT and (said := read(event.text)).command == "link" and said.rest:
        return _linked(channel, event, said.rest)
    if event.kind == Kind.LEFT and not event.sender:
        linking.put_out(channel=channel.key, address=event.chat, group=True)
    if group is None or event.kind in (Kind.JOINED, Kind.LEFT, Kind.OTHER, Kind.CHOICE):
        return Outcome()
    link = people.link_of(channel.key, event.sender)
    if link is None or not _inside(link, group):
        return _outsider(channel, event)
    with translation.override(link.person.language):
        return _heard(channel, event, brought, group, link)


def _linked(channel: Channel, event: Inbound, code: str) -> Outcome:
    try:
        linking.count_try(channel.key, event.chat)
        with transaction.atomic():
            group = linking.use_chat_code(
                code=code, channel=channel.key, chat=event.chat, topic=event.topic
            )
    except (Refused, NotYours):
        return Outcome(refused=True)  # quietly: who else is in this chat we do not know
    with translation.override(group.community.language):
        text = _("This chat is linked to %(name)s. Whoever is in it reads what is said here.")
        say = Say(text % {"name": group.community.name})
        sending.put(kind=Sent.Kind.REPLY, group=group, say=say)
    return Outcome()


def _inside(link: Link, group: GroupLink) -> bool:
    try:
        community_for(link.person, group.community_id)
    except NotYours:
        return False
    return True


def _outsider(channel: Channel, event: Inbound) -> Outcome:
    """Not taken. One private line, once; the chat itself stays quiet."""
    who = linking.whose(f"{channel.key}|{event.sender}|{event.chat}")
    try:
        limits.take("chat outsider", who, limit=1, seconds=DAYS)
    except TooMany:
        return Outcome()
    text = _(
        "What you write in that chat stays there. To take part in Staffroom, link this phone there under Me."
    )
    return Outcome(whispers=[(event.sender, Say(text))])


def _heard(
    channel: Channel, event: Inbound, brought: list[Brought], group: GroupLink, link: Link
) -> Outcome:
    try:
        limits.take(
            "channel", linking.whose(f"{channel.key}|{event.sender}"), limit=120, seconds=3600
        )
        with transaction.atomic():
            says = _act(channel, event, brought, group, link)
    except changes.Unknown:
        return Outcome(not_yet=True)
    except (Refused, NotYours) as refusal:
        text = getattr(refusal, "message", "") or _("This is not there for you.")
        sending.put(kind=Sent.Kind.REPLY, link=link, say=Say(text))
        return Outcome(refused=True)
    for say in says:
        sending.put(kind=Sent.Kind.REPLY, link=link, say=say)
    return Outcome()


def _act(
    channel: Channel, event: Inbound, brought: list[Brought], group: GroupLink, link: Link
) -> list[Say]:
    found = posts.by_message(channel.key, event.reply_to, group=group)
    about = posts.readable(link.person, found)
    if event.kind == Kind.REACTION:
        return reactions.react(link.person, event, about)
    if event.kind in (Kind.EDIT, Kind.REMOVED):
        return changes.change(link.person, event, channel=channel.key, group=group)
    posted = _post(channel, event, brought, group, link, about)
    posting.mark(channel.key, event.id, posted.post, event.at, group=group)
    says = [Say(each) for each in posted.said]
    if posted.covered:
        says.append(confirming.what_does_it_show(link, posted.post))
    return says


def _post(
    channel: Channel,
    event: Inbound,
    brought: list[Brought],
    group: GroupLink,
    link: Link,
    about: Post | None,
) -> posting.Posted:
    said = read(event.text)
    if said.command == "nameless":
        raise Refused(_("Without your name you write in our private chat, never here."))
    asks = said.command == "ask" and said.sure and said.rest
    letter = Letter(
        by=link.person,
        id=post_id(channel.key, event.id),
        text=said.rest if asks else event.text,
        at=event.at,
        brought=brought,
    )
    if about is not None:
        return posting.reply(letter, about)
    if asks:
        return posting.ask(letter, group.community)
    return posting.say(letter, group.community, room=_room(group, event))


def _room(group: GroupLink, event: Inbound) -> str:
    """In a chat with topics the one that was linked is for lessons; beside it there is tea."""
    beside = group.topic and event.topic != group.topic
    return Post.Room.TEA if beside else Post.Room.LESSONS
