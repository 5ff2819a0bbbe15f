"""Digests of known people, at known hours, in a week of school."""

import datetime as dt

from staffroom.communities.levers import forget
from staffroom.communities.models import LeverChoice
from staffroom.core import outbox
from staffroom.core.clock import now, pretend
from staffroom.methods.text import gsm
from staffroom.notices import carriers
from staffroom.notices.actions.choose import choose
from staffroom.notices.models import Allowance

#: A Wednesday; 17:00 in Nairobi.
FIVE = dt.datetime(2026, 10, 14, 14, 0, tzinfo=dt.UTC)
NOON = FIVE - dt.timedelta(hours=5)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


def lever(community, value):
    LeverChoice.objects.update_or_create(
        programme=community.programme,
        community=community,
        lever="digest",
        defaults={"value": value},
    )
    forget(community)


def begin(world, *, days=30):
    """The known communities began a while before the known Wednesday."""
    from staffroom.communities.models import Advisership, Community, Membership

    Community.objects.update(created_at=FIVE - dt.timedelta(days=days))
    Membership.objects.update(joined_at=FIVE - dt.timedelta(days=days))
    Advisership.objects.update(starts=FIVE - dt.timedelta(days=days))


def wants(person, often="daily", *, at=NOON, **choices):
    """The person chooses digests, at noon of the known Wednesday."""
    with pretend(at):
        return choose(by=person, often=often, **choices)


def work(at):
    """The worker does everything that is due at this moment."""
    with pretend(at):
        while outbox.deliver():
            pass


def said(community, author, text, *, at=NOON, **fields):
    from tests.conversations.makers import a_post

    with pretend(at):
        return a_post(community, author, text, **fields)


class Line:
    """A carrier that keeps what it was given; `fault` is raised instead, once or for good."""

    def __init__(self):
        self.sent: list[tuple[str, str]] = []
        self.fault: Exception | None = None

    def send(self, to, text):
        if self.fault is not None:
            raise self.fault
        self.sent.append((to, text))


def line_for(monkeypatch, programme, *, parts=20):
    """Text messages work, and the programme pays for them."""
    from staffroom.channels.sms import carrier

    line = Line()
    made = carriers.Carrier(
        key="sms",
        label="A text message",
        works=lambda: True,
        address=carrier.address,
        send=line.send,
        fits=lambda text: gsm.parts(text) <= 3,
        parts=gsm.parts,
    )
    monkeypatch.setitem(carriers._known, "sms", made)
    Allowance.objects.create(programme=programme, sms=True, parts_a_month=parts)
    return line


__all__ = ["DAY", "FIVE", "HOUR", "MINUTE", "NOON", "begin", "lever", "line_for", "now", "said"]
