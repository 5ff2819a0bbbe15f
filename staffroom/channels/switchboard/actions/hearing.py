"""A private message of a person: read as a command, a reply, a number, an answer; else we ask."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.channels.switchboard.actions import (
    changes,
    commands,
    kept,
    linking,
    meaning,
    nameless,
    posting,
    quizzing,
    reactions,
    sending,
    strangers,
    veil,
)
from staffroom.channels.switchboard.actions.media import Brought, say_what_it_shows
from staffroom.channels.switchboard.actions.turn import Outcome, Turn
from staffroom.channels.switchboard.known import Channel
from staffroom.channels.switchboard.messages import Inbound, Kind
from staffroom.channels.switchboard.models import Link, Pending, Received, Sent
from staffroom.channels.switchboard.queries import people, posts
from staffroom.channels.switchboard.talk.read import Said, read
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.conversations.models import Post
from staffroom.core import limits
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused, TooMany
from staffroom.core.ids import from_short

#: Somebody types no faster; a phone that has gone wild does.
AN_HOUR = 60


def hear(channel: Channel, event: Inbound, brought: list[Brought], row: Received) -> Outcome:
    """In the transaction in which the event is marked as dealt with."""
    link = people.link_of(channel.key, event.sender)
    if link is None:
        return strangers.hear(channel, event)
    with translation.override(link.person.language):
        return _linked(Turn(link, channel, event, brought, row))


def _linked(turn: Turn) -> Outcome:
    says, outcome = _paced(turn)
    if turn.veiled:
        veil.veil(turn.row)
        outcome.veiled = True
        outcome.whispers = [(turn.link.address, say) for say in says]
        return outcome
    Link.objects.filter(pk=turn.link.pk).update(heard_at=now())
    for say in says:
        sending.put(kind=Sent.Kind.REPLY, link=turn.link, say=say)
    return outcome


def _paced(turn: Turn) -> tuple[list[Say], Outcome]:
    who = linking.whose(f"{turn.channel.key}|{turn.event.sender}")
    try:
        limits.take("channel", who, limit=AN_HOUR, seconds=3600)
    except TooMany as refusal:
        return _once_an_hour(who, refusal.message), Outcome(refused=True)
    try:
        with transaction.atomic():
            return _stopped(turn) if turn.link.stopped_at else _heard(turn), Outcome()
    except changes.Unknown:
        return [], Outcome(not_yet=True)
    except Refused as refusal:
        return [Say(refusal.message)], Outcome(refused=True)
    except NotYours:
        return [Say(_("This is not there for you."))], Outcome(refused=True)


def _once_an_hour(who: str, text: str) -> list[Say]:
    try:
        limits.take("channel told", who, limit=1, seconds=3600)
    except TooMany:
        return []
    return [Say(text)]


def _stopped(turn: Turn) -> list[Say]:
    """After STOP only START is heard; what else was written is not posted, and that is said once a day."""
    said = read(turn.event.text) if turn.event.kind == Kind.TEXT else Said()
    if said.command in ("start", "link"):
        return commands.start(turn, said)
    return []


def _heard(turn: Turn) -> list[Say]:
    event = turn.event
    if event.kind == Kind.REACTION:
        return reactions.react(turn.person, event, _about(turn), link=turn.link)
    if event.kind in (Kind.EDIT, Kind.REMOVED):
        return changes.change(turn.person, event, channel=turn.channel.key, link=turn.link)
    if event.kind == Kind.CHOICE:
        return _chosen(turn, event.choice)
    if event.kind == Kind.LEFT:
        linking.put_out(channel=turn.channel.key, address=event.sender, group=False)
    if event.kind in (Kind.JOINED, Kind.LEFT):
        return []
    if event.kind == Kind.OTHER:
        raise Refused(_("This cannot be taken here. Words, photos, voice notes and files can."))
    return _written(turn)


def _about(turn: Turn) -> Post | None:
    """The post that the message replied to is about, if the person may read it."""
    found = posts.by_message(turn.channel.key, turn.event.reply_to, link=turn.link)
    return _touched(turn, posts.readable(turn.person, found))


def _touched(turn: Turn, post: Post | None) -> Post | None:
    if post is not None:
        turn.touches(post)
    return post


def _written(turn: Turn) -> list[Say]:
    said, pending = read(turn.event.text), kept.pending_of(turn.link)
    if pending is not None and (says := _to_what_we_asked(turn, pending, said)) is not None:
        return says
    about = _about(turn)
    if said.command and (said.sure or not said.rest) and not (about and said.command == "say"):
        if (
            about is not None
            and said.number is None
            and said.command in ("thanks", "helped", "done")
        ):
            return reactions.say(turn.person, said.command, about)
        return commands.COMMANDS[said.command](turn, said)
    if about is not None and about.instrument_id is None:
        return commands.done(turn, posting.reply(commands.letter(turn, turn.event.text), about))
    if said.number is not None and posts.by_number(turn.link, said.number) is not None:
        return commands.by_number(turn, said.number, said.rest)
    if said.number is not None and not said.rest and not turn.event.media:
        return commands.by_number(turn, said.number, "")
    if not turn.event.text.strip() and turn.event.media is None:
        return [commands.helping.help(turn)]
    return [meaning.ask(turn, turn.event.text, said.command)]


def _to_what_we_asked(turn: Turn, pending: Pending, said: Said) -> list[Say] | None:
    """A number of our list, its words, or the answer to a quiz; None where it is something else."""
    if turn.event.media is not None:
        return None
    bare = said.number is not None and not said.rest and not said.command
    if pending.want == "quiz":
        if said.command or turn.event.reply_to:
            return None
        return [quizzing.answer(turn, pending, turn.event.text)]
    if bare and said.number is not None and 0 < said.number <= len(pending.options):
        return _chosen(turn, pending.options[said.number - 1])
    return None


def _chosen(turn: Turn, key: str) -> list[Say]:
    """A button, a row of a list, or the number that stands for it."""
    what, _sign, rest = key.partition(":")
    try:
        return _choice(turn, what, rest)
    except ValueError:  # not a key of ours
        raise NotYours from None


def _choice(turn: Turn, what: str, rest: str) -> list[Say]:
    if what == "m":
        return meaning.choose(turn, rest)
    if what == "p":
        return meaning.choose_place(turn, rest)
    if what == "n":
        return [nameless.choose(turn, rest == "yes")]
    if what == "a":
        return commands.accept_rules(turn, from_short(rest))
    if what == "q":
        pending = kept.pending_of(turn.link)
        item, _sign, key = rest.partition(":")
        if pending is None or pending.want != "quiz" or kept.words_of(pending).get("item") != item:
            raise Refused(_("This question is answered, or another one is on."))
        return [quizzing.answer(turn, pending, "", key)]
    if what == "s":
        return _shows(turn, rest)
    return reactions.say(
        turn.person, {"t": "thanks", "h": "helped"}.get(what, ""), _post(turn, rest)
    )


def _post(turn: Turn, short: str) -> Post | None:
    found = Post.objects.select_related("question").filter(pk=from_short(short)).first()
    return _touched(turn, posts.readable(turn.person, found))


def _shows(turn: Turn, rest: str) -> list[Say]:
    shows, _sign, id = rest.partition(":")
    post = _post(turn, id)
    if post is None or not say_what_it_shows(by=turn.person, post=post, shows=shows):
        raise Refused(_("This was said already, or the moderator has covered it."))
    kept.forget(turn.link)
    return [Say(_("Thank you. Now the others see it."), about=post.pk)]
