"""Every text message leaves by here: as cheap as its words allow, and what stops us is heeded."""

import logging

from django.db import DatabaseError

from staffroom.channels.sms import heard
from staffroom.channels.sms.provider import Provider, chosen
from staffroom.channels.switchboard.actions import money
from staffroom.channels.switchboard.actions.receive import receive
from staffroom.channels.switchboard.messages import Taken, Undeliverable
from staffroom.communities import offices
from staffroom.methods.text import gsm
from staffroom.people.models import Person

log = logging.getLogger(__name__)
#: What a raw payload of ours begins with, where the provider told of a stop in its answer.
ANSWERED = "answer stop"


def deliver(to: str, text: str) -> Taken:
    """`Taken`, with the parts that were counted here where the provider says nothing of them."""
    provider, words = chosen(), gsm.plain(text)
    try:
        taken = provider.send(to, words)
    except Undeliverable as error:
        if error.code in provider.stopped:
            _heed(provider, to)
        raise
    counted = max(taken.parts, gsm.parts(words))
    return Taken(taken.id, counted, taken.cost, taken.currency)


def deliver_counted(to: str, text: str) -> Taken:
    """The same for what does not go through the switchboard (codes, digests): its cost is counted here."""
    taken = deliver(to, text)
    try:
        _count(to, taken)
    except DatabaseError as error:  # it is gone: to fail now would send it again
        log.warning("sms.not_counted", extra={"failure": type(error).__name__})
    return taken


def _count(to: str, taken: Taken) -> None:
    """In the month's row of the programme of whoever has this number; nobody is named."""
    person = Person.objects.filter(phone=to).first()
    programme = offices.programme_of(person) if person else None
    cost, currency = money.cost_of("sms", taken, programme)
    money.count("sms", programme, None, messages=1, parts=taken.parts, cost=cost, currency=currency)


def _heed(provider: Provider, to: str) -> None:
    """They stopped us at the provider, which we learn only now: the same as if they had written it."""
    receive(channel="sms", raw=f"{ANSWERED}\n{to}", events=heard.stop(to))
