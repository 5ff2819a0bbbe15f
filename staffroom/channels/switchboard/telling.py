"""Posts told by message: found when they go, by what the person may read at that moment."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from staffroom.channels.switchboard.known import Channel
from staffroom.channels.switchboard.messages import Button
from staffroom.channels.switchboard.models import Link, Sent
from staffroom.channels.switchboard.queries import posts
from staffroom.channels.switchboard.talk.saying import Say, shortened
from staffroom.conversations.models import Post
from staffroom.conversations.queries import question as questions
from staffroom.conversations.queries.mutes import muted_communities, muted_ids
from staffroom.conversations.views.where import stands
from staffroom.core.clock import now
from staffroom.core.ids import NOBODY, short
from staffroom.notices import links, plain, quiet
from staffroom.people.models import Person

MOST_PARTS = 3
SHORTER = (600, 300, 200, 120, 60, 30)


def topic_of(sent: Sent) -> str:
    """Of a chat with topics: the one that was linked; for what was said at tea the general one."""
    if sent.group is None or not sent.group.topic:
        return ""
    tea = Post.objects.filter(pk=sent.ref or NOBODY, room=Post.Room.TEA).exists()
    return "" if tea else sent.group.topic


def words_of(sent: Sent, channel: Channel) -> Say | None:
    """What is said now; None where there is nothing (any more)."""
    if sent.kind in (Sent.Kind.REPLY, Sent.Kind.TEST):
        return _own(sent)
    post = (
        Post.objects.select_related("author", "question", "community__programme")
        .filter(pk=sent.ref or NOBODY)
        .first()
    )
    if sent.group is not None:
        return _in_chat(post, sent)
    assert sent.link is not None
    readable = posts.readable(sent.link.person, post)
    if readable is None:
        return None
    if sent.kind == Sent.Kind.RELAY and not _heard(sent.link.person, readable):
        return None
    return (
        whole(sent.link, readable, channel)
        if sent.kind == Sent.Kind.POST
        else news(sent.link, readable, channel)
    )


def _own(sent: Sent) -> Say | None:
    text = sent.words.get("text", "")
    buttons = tuple(Button(*each) for each in sent.words.get("buttons", []))
    return Say(text, buttons, sent.ref) if text else None


def _in_chat(post: Post | None, sent: Sent) -> Say | None:
    """Into the community's own chat: never what has no name."""
    gone = post is None or post.removed_at or post.hidden_at or post.anonymous
    if post is None or gone or post.community_id != sent.group.community_id:  # type: ignore[union-attr]
        return None
    return Say(
        f"{plain.who(post)}: {post.text or plain.words(post)}\n{address(post)}", about=post.pk
    )


def _heard(person: Person, post: Post) -> bool:
    """Not of people and places that the person muted."""
    return post.author_id not in muted_ids(person) and post.community_id not in muted_communities(
        person
    )


def news(link: Link, post: Post, channel: Channel) -> Say:
    """One post as it comes: where, who, the words, and how to answer."""
    number = posts.number_of(link, post)
    head = f"{number} {post.community.name}. {plain.who(post)}:"
    return _about(head, post, number, channel)


def whole(link: Link, post: Post, channel: Channel) -> Say:
    """A post that was asked for, with the answers that fit."""
    number = posts.number_of(link, post)
    head = f"{number} {plain.who(post)}:"
    answers = list(questions.answers(post)[:6]) if post.kind == Post.Kind.QUESTION else []
    lines = [
        f"{posts.number_of(link, each)} {plain.line(each, 300)}"
        for each in answers
        if not (each.removed_at or each.hidden_at)
    ]
    return _about(head, post, number, channel, lines)


def _about(head: str, post: Post, number: int, channel: Channel, lines: Sequence[str] = ()) -> Say:
    """As much as the channel carries; the rest stands on the web."""
    tail, body = how_to_answer(post, number), post.text or plain.words(post)
    text = "\n".join([f"{head} {body}", *lines, tail])
    for most in SHORTER:
        if fits(text, channel):
            break
        text = "\n".join([f"{head} {shortened(body, most)}", address(post), tail])
    return Say(text, _buttons(post, channel), post.pk)


def fits(text: str, channel: Channel) -> bool:
    """What is charged by parts is kept to few of them."""
    can = channel.can
    room = can.button_text if can.buttons and can.button_text else can.text
    return len(text) <= room and (not can.parts or channel.parts(text) <= MOST_PARTS)


def _buttons(post: Post, channel: Channel) -> tuple[Button, ...]:
    if not channel.can.buttons:
        return ()
    mark = "h" if post.kind == Post.Kind.ANSWER else "t"
    label = _("This helped") if mark == "h" else _("Thanks")
    return (Button(f"{mark}:{short(post.pk)}", label),)


def how_to_answer(post: Post, number: int) -> str:
    if post.kind == Post.Kind.QUESTION or post.question_id:
        return _("To answer, write: %(number)s and your words") % {"number": number}
    return _("To reply, write: %(number)s and your words") % {"number": number}


def address(post: Post) -> str:
    return links.whole(stands(post))


def quiet_for(sent: Sent) -> dt.timedelta | None:
    """How long something unasked waits for the end of the quiet hours; None where it need not."""
    if sent.kind != Sent.Kind.RELAY or sent.link is None:
        return None
    zone = ZoneInfo(sent.community.timezone if sent.community else "UTC")
    here = now().astimezone(zone)
    if not quiet.is_quiet(sent.link.person, here.time()):
        return None
    return quiet.ends_at(sent.link.person, here) - now()
