"""An address becomes a person's, by a code that they alone know; and stops being it."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from staffroom.channels.switchboard import known
from staffroom.channels.switchboard.models import GroupLink, Link, LinkCode
from staffroom.communities.access import community_for, is_moderator
from staffroom.communities.models import Community
from staffroom.core import audit, limits
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.notices.actions.choose import first_way
from staffroom.people.models import Person

#: Letters and digits that nobody takes for one another, on paper or read aloud.
SIGNS = "2346789ACDEFGHJKMNPQRTUVWXY"
LENGTH = 6
LASTS = dt.timedelta(minutes=15)


def code_hash(code: str) -> str:
    """Kept instead of the code: the database alone opens nothing."""
    return salted_hmac("switchboard.code", code.upper(), algorithm="sha256").hexdigest()


def whose(address: str) -> str:
    """What stands for an address where uses are counted: nothing that can be read back."""
    return salted_hmac("switchboard.address", address, algorithm="sha256").hexdigest()


@transaction.atomic
def make_code(*, by: Person, channel: str, community: Community | None = None) -> str:
    """A new code for one channel, or for one chat of a community; the one before is void."""
    found = known.find(channel)
    if found is None or not found.works():
        raise NotYours
    if community is not None:
        _check_chat(by, community, found)
    limits.take("link code", str(by.pk), limit=10, seconds=3600)
    LinkCode.objects.filter(person=by, channel=channel, community=community).delete()
    code = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
    LinkCode.objects.create(
        person=by,
        channel=channel,
        community=community,
        code_hash=code_hash(code),
        expires_at=now() + LASTS,
    )
    return code


def _check_chat(by: Person, community: Community, channel: known.Channel) -> None:
    community_for(by, community.pk)
    if not is_moderator(by, community):
        raise NotYours
    if not channel.can.groups:
        raise Refused(_("This channel has no group chats."))


def count_try(channel: str, address: str) -> None:
    """Guessing is slow: five tries an hour from one address. Counted outside what may be undone."""
    limits.take("link try", whose(f"{channel}|{address}"), limit=5, seconds=3600)


def _taken(code: str, channel: str, *, group: bool) -> LinkCode:
    """The living code, used up."""
    found = (
        LinkCode.objects.select_for_update()
        .filter(
            code_hash=code_hash(code.strip()[:40]),
            channel=channel,
            expires_at__gt=now(),
            community__isnull=not group,
        )
        .first()
    )
    if found is None:
        raise Refused(
            _("This code is not right, or its 15 minutes are over. Make a new one in Staffroom.")
        )
    LinkCode.objects.filter(pk=found.pk).delete()
    return found


@transaction.atomic
def use_code(*, code: str, channel: str, address: str) -> Link:
    """Whoever writes from this address is the person who made the code."""
    made = _taken(code, channel, group=False)
    return link(person=made.person, channel=channel, address=address)


@transaction.atomic
def use_chat_code(*, code: str, channel: str, chat: str, topic: str = "") -> GroupLink:
    """This chat is the community's, said in it by whoever made the code as its moderator."""
    made = _taken(code, channel, group=True)
    assert made.community is not None
    if not is_moderator(made.person, made.community):
        raise NotYours
    GroupLink.objects.filter(channel=channel, chat=chat).delete()
    GroupLink.objects.filter(channel=channel, community=made.community).delete()
    linked = GroupLink.objects.create(
        community=made.community, channel=channel, chat=chat, topic=topic, linked_by=made.person
    )
    audit.write("chat.linked", actor=made.person, on=made.community, channel=channel)
    return linked


@transaction.atomic
def link(*, person: Person, channel: str, address: str) -> Link:
    """The address is this person's alone from now on, and theirs in this channel."""
    if not person.is_active or person.frozen_at is not None:
        raise Refused(_("A phone of yours was lost. Please come in on the web first."))
    there = Link.objects.select_for_update().filter(channel=channel, address=address).first()
    if there is not None and there.person_id == person.pk:
        Link.objects.filter(pk=there.pk).update(stopped_at=None)
        there.stopped_at = None
        return there
    Link.objects.filter(channel=channel, address=address).delete()
    Link.objects.filter(channel=channel, person=person).delete()
    made = Link.objects.create(person=person, channel=channel, address=address, heard_at=now())
    audit.write("channel.linked", actor=person, on=made, channel=channel)
    first_way(person=person, way=channel)
    return made


@transaction.atomic
def unlink(*, by: Person, channel: str) -> None:
    """Nothing goes to this address any more, and nothing comes from it."""
    LinkCode.objects.filter(person=by, channel=channel, community=None).delete()
    gone, _kinds = Link.objects.filter(person=by, channel=channel).delete()
    if gone:
        audit.write("channel.unlinked", actor=by, channel=channel)


@transaction.atomic
def unlink_chat(*, by: Person, community: Community, channel: str) -> None:
    """The moderator takes the chat away from the community. What was said stays on both sides."""
    community_for(by, community.pk)
    if not is_moderator(by, community):
        raise NotYours
    gone, _kinds = GroupLink.objects.filter(community=community, channel=channel).delete()
    if gone:
        audit.write("chat.unlinked", actor=by, on=community, channel=channel)


@transaction.atomic
def choose_chat_relay(*, by: Person, community: Community, channel: str, relay: str) -> None:
    """What of the community goes into its chat."""
    community_for(by, community.pk)
    if not is_moderator(by, community) or relay not in GroupLink.Relay.values:
        raise NotYours
    GroupLink.objects.filter(community=community, channel=channel).update(relay=relay)
    audit.write("chat.relay", actor=by, on=community, channel=channel, relay=relay)


@transaction.atomic
def choose_relay(*, by: Person, channel: str, relay: str) -> None:
    """What comes to one's own address, and when."""
    if relay not in Link.Relay.values:
        raise NotYours
    Link.objects.filter(person=by, channel=channel).update(relay=relay)


@transaction.atomic
def stop(link: Link) -> None:
    """STOP, by message or on the web: nothing goes out on this channel."""
    Link.objects.filter(pk=link.pk).update(stopped_at=now())
    link.stopped_at = now()
    audit.write("channel.stopped", actor=link.person, on=link)


@transaction.atomic
def start(link: Link) -> None:
    Link.objects.filter(pk=link.pk).update(stopped_at=None)
    link.stopped_at = None
    audit.write("channel.started", actor=link.person, on=link)


@transaction.atomic
def put_out(*, channel: str, address: str, group: bool) -> None:
    """They do not want us there any more: a person who blocked us, a chat that put us out."""
    if group:
        for chat in GroupLink.objects.filter(channel=channel, chat=address):
            audit.write("chat.unlinked", actor=None, on=chat.community, channel=channel)
            chat.delete()
        return
    for each in Link.objects.filter(channel=channel, address=address, stopped_at=None):
        stop(each)


@transaction.atomic
def moved(*, channel: str, old: str, new: str, group: bool) -> None:
    """The provider says that an address is another now. One that somebody else holds stays theirs."""
    rows, field = (GroupLink.objects, "chat") if group else (Link.objects, "address")
    if not rows.filter(channel=channel, **{field: new}).exists():
        rows.filter(channel=channel, **{field: old}).update(**{field: new})
