"""An address that nobody here has linked: one polite line a day, and the way to link it."""

import secrets

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.channels.switchboard.actions import linking
from staffroom.channels.switchboard.actions.turn import Outcome
from staffroom.channels.switchboard.known import Channel
from staffroom.channels.switchboard.messages import Inbound, Kind
from staffroom.channels.switchboard.models import Link, LinkCode
from staffroom.channels.switchboard.queries import people
from staffroom.channels.switchboard.talk.read import Said, read
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.channels.switchboard.talk.words import word
from staffroom.core import limits
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused, TooMany
from staffroom.people.models import Person

DAY = 24 * 3600


def hear(channel: Channel, event: Inbound) -> Outcome:
    """Nothing of any community is told here, and nothing is kept of what was written."""
    said = read(event.text) if event.kind == Kind.TEXT else Said()
    owner = _owner(channel, event.sender)
    with translation.override(owner.language if owner else None):
        return Outcome(
            whispers=[(event.sender, say) for say in _answers(channel, event, said, owner)]
        )


def _owner(channel: Channel, address: str) -> Person | None:
    """Whose number this is as far as we know, where the line vouches for it."""
    if not channel.can.numbers:
        return None
    person = Person.objects.filter(phone=address).first() if address.startswith("+") else None
    return person if person is not None and people.in_use(person) else None


def _answers(channel: Channel, event: Inbound, said: Said, owner: Person | None) -> list[Say]:
    address = event.sender
    if event.kind in (Kind.JOINED, Kind.LEFT):
        return []
    if said.command == "link" and said.rest:
        return _by_code(channel, address, said.rest)
    if owner is not None and said.command == "stop":
        linked = linking.link(person=owner, channel=channel.key, address=address)
        linking.stop(linked)
        return [
            Say(
                _("Stopped. Nothing more comes here. %(start)s begins again.")
                % {"start": word("start", owner.language)}
            )
        ]
    if owner is not None and said.command == "yes" and said.number is not None:
        return _confirmed(channel, address, owner, said.number)
    if said.command == "stop":
        return []
    return _once_a_day(channel, address, owner)


def _by_code(channel: Channel, address: str, code: str) -> list[Say]:
    try:
        linking.count_try(channel.key, address)
        with transaction.atomic():
            linked = linking.use_code(code=code, channel=channel.key, address=address)
    except Refused as refusal:
        return [Say(refusal.message)]
    except NotYours:
        return []
    return [welcome(linked)]


def welcome(linked: Link) -> Say:
    with translation.override(linked.person.language):
        return Say(
            _("Linked. What you write here reaches Staffroom as you. %(help)s tells how.")
            % {"help": word("help", linked.person.language)}
        )


def _once_a_day(channel: Channel, address: str, owner: Person | None) -> list[Say]:
    try:
        limits.take("stranger", linking.whose(f"{channel.key}|{address}"), limit=1, seconds=DAY)
    except TooMany:
        return []
    if owner is None:
        return [
            Say(
                _(
                    "This is Staffroom, for teachers. To write here, link this phone in Staffroom under Me."
                )
            )
        ]
    return [_ask_to_confirm(channel, owner)]


def _ask_to_confirm(channel: Channel, owner: Person) -> Say:
    """Whoever only pretends to write from this number does not read the answer. No name is told."""
    code = f"{secrets.randbelow(9000) + 1000}"
    LinkCode.objects.filter(person=owner, channel=channel.key, community=None).delete()
    LinkCode.objects.create(
        person=owner,
        channel=channel.key,
        code_hash=_hash(owner, code),
        expires_at=now() + linking.LASTS,
    )
    return Say(
        _(
            "Somebody wrote to Staffroom from this number. If it was you, answer %(yes)s %(code)s. Then write again."
        )
        % {"yes": word("yes", owner.language), "code": code}
    )


def _confirmed(channel: Channel, address: str, owner: Person, code: int) -> list[Say]:
    try:
        linking.count_try(channel.key, address)
    except Refused as refusal:
        return [Say(refusal.message)]
    rows = LinkCode.objects.filter(
        person=owner, channel=channel.key, code_hash=_hash(owner, str(code)), expires_at__gt=now()
    )
    if not rows.delete()[0]:
        return [
            Say(
                _(
                    "This code is not right, or its 15 minutes are over. Write anything, tomorrow a new one comes."
                )
            )
        ]
    return [welcome(linking.link(person=owner, channel=channel.key, address=address))]


def _hash(owner: Person, code: str) -> str:
    return linking.code_hash(f"yes|{owner.pk}|{code}")
