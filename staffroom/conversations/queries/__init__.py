"""What the other rooms ask about conversations."""

from staffroom.conversations.queries.news import (
    News,
    answered,
    mentions,
    new_in_my_communities,
    unanswered,
    unread_by_community,
    unread_total,
)

__all__ = [
    "News",
    "answered",
    "mentions",
    "new_in_my_communities",
    "unanswered",
    "unread_by_community",
    "unread_total",
]
