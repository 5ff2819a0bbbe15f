"""What the other rooms ask about communities."""

from staffroom.communities.queries.people import (
    active_ids,
    advisers,
    current_term,
    members,
    memberships,
    moderators,
    my_membership,
    my_memberships,
)
from staffroom.communities.queries.rules import (
    current_rules,
    has_agreed,
    may_write,
    proposed_rules,
    to_agree,
)
from staffroom.communities.queries.waiting import Waiting, waiting_for

__all__ = [
    "Waiting",
    "active_ids",
    "advisers",
    "current_rules",
    "current_term",
    "has_agreed",
    "may_write",
    "members",
    "memberships",
    "moderators",
    "my_membership",
    "my_memberships",
    "proposed_rules",
    "to_agree",
    "waiting_for",
]
