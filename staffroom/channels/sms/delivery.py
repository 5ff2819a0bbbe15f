"""Every text message leaves by here: as cheap as its words allow, and to nobody who stopped us."""

from staffroom.channels.sms import heard
from staffroom.channels.sms.provider import Provider, chosen
from staffroom.channels.switchboard.actions.receive import receive
from staffroom.channels.switchboard.messages import Taken, Undeliverable
from staffroom.methods.text import gsm

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


def _heed(provider: Provider, to: str) -> None:
    """They stopped us at the provider, which we learn only now: the same as if they had written it."""
    receive(channel="sms", raw=f"{ANSWERED}\n{to}", events=heard.stop(to))
