"""Every channel carries digests and reminders too: made from its description, for `notices`."""

from staffroom.channels.switchboard import known, messages
from staffroom.channels.switchboard.actions import money, sending
from staffroom.channels.switchboard.messages import Outbound, Template
from staffroom.channels.switchboard.models import Link, Sent
from staffroom.channels.switchboard.queries import money as costs
from staffroom.channels.switchboard.queries import people, posts
from staffroom.channels.switchboard.telling import MOST_PARTS
from staffroom.communities import offices
from staffroom.conversations.models import Post
from staffroom.core.clock import now
from staffroom.notices import carriers
from staffroom.people.models import Person


def carrier_of(channel: known.Channel) -> carriers.Carrier:
    def address(person: Person) -> str:
        link = people.open_link(person, channel.key)
        return link.address if link else ""

    def fits(text: str) -> bool:
        return len(text) <= channel.can.text and (
            not channel.can.parts or channel.parts(text) <= MOST_PARTS
        )

    return carriers.Carrier(
        key=channel.key,
        label=channel.label,
        works=channel.works,
        address=address,
        send=lambda to, text: _send(channel, to, text),
        fits=fits,
        parts=channel.parts,
        free=channel.can.free,
        number=lambda person, post: _number(channel, person, post),
    )


def made() -> list[carriers.Carrier]:
    """Of every channel that there is."""
    return [carrier_of(each) for each in known.working()]


def may_reach(key: str, person: Person) -> bool:
    """Not who said STOP on this channel, nor past the month's money."""
    if Link.objects.filter(person=person, channel=key).exclude(stopped_at=None).exists():
        return False
    channel = known.find(key)
    if channel is None or channel.can.free:
        return True
    return not costs.is_used_up(offices.programme_of(person))


def _number(channel: known.Channel, person: Person, post: Post) -> int | None:
    """The number by which this person answers the post; of a way without a link there is none."""
    link = people.open_link(person, channel.key)
    return posts.number_of(link, post) if link else None


def _send(channel: known.Channel, to: str, text: str) -> None:
    link = Link.objects.select_related("person").filter(channel=channel.key, address=to).first()
    template = None
    if link is not None and sending.is_outside(link, channel):
        if not channel.can.templates:
            raise carriers.Undeliverable("window")
        template = Template("news", link.person.language)
    try:
        sending.wait_for_turn(channel)
        taken = channel.send(Outbound(to, text, template=template))
    except messages.TryLater:
        raise carriers.TryLater from None
    except messages.Undeliverable:
        raise carriers.Undeliverable("number") from None
    except messages.Unknown:
        raise carriers.Undeliverable("unknown") from None
    _count(channel, link, taken)


def _count(channel: known.Channel, link: Link | None, taken: messages.Taken) -> None:
    programme = offices.programme_of(link.person) if link else None
    cost, currency = money.cost_of(channel.key, taken, programme)
    if link is not None:
        Sent.objects.create(
            channel=channel.key,
            link=link,
            programme=programme,
            kind=Sent.Kind.DIGEST,
            state=Sent.State.SENT,
            provider_id=taken.id[:200],
            parts=taken.parts,
            cost=cost,
            currency=currency,
            sent_at=now(),
        )
    money.count(
        channel.key, programme, None, messages=1, parts=taken.parts, cost=cost, currency=currency
    )
