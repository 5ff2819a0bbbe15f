"""What an act on the desk is made of."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from staffroom.communities.models import Community, Membership, Term
from staffroom.communities.queries import advisers, memberships
from staffroom.conversations.models import Post
from staffroom.core.clock import now, today
from staffroom.people.models import Person


@dataclass
class Desk:
    """A moderator's desk: what several kinds of acts ask, asked once. The caller has checked who sits at it."""

    person: Person
    community: Community
    term: Term

    @cached_property
    def now(self) -> dt.datetime:
        return now()

    @cached_property
    def today(self) -> dt.date:
        return today(self.community.timezone)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.community.timezone)

    @cached_property
    def members(self) -> list[Membership]:
        return list(memberships(self.community))

    @cached_property
    def others(self) -> dict[Any, Person]:
        """The members without the moderator."""
        return {
            each.person_id: each.person for each in self.members if each.person_id != self.person.pk
        }

    @cached_property
    def advisers(self) -> list[Person]:
        return [each.person for each in advisers(self.community)]


@dataclass(frozen=True)
class Choice:
    """A button: one tap."""

    code: str
    words: str


@dataclass(frozen=True)
class Suggestion:
    """One small thing to do, with its reason. Nothing is written until a button is pressed."""

    kind: str
    subject: str
    urgency: float
    title: str
    reason: str = ""
    quote: str = ""
    language: str = ""  # of the quote
    choices: tuple[Choice, ...] = ()
    skip: str = ""  # what the button says that leaves it; "" where it may only wait
    about: Person | None = None
    post: Post | None = None
    waits_for_nobody: bool = False
    colleague: Person | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.subject}"


@dataclass(frozen=True)
class Done:
    """What a pressed button did: what to say, where to go on, when it may be suggested again."""

    says: str = ""
    go: str = ""
    post: Post | None = None
    tell: tuple[dict[str, Any], ...] = field(default=())
    rest: dt.timedelta | None = None
    state: str = "done"
