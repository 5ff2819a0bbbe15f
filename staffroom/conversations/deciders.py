"""Who decides about a reported post. Never its author, and never anybody from outside.

The moderator in term; when the post is the moderator's own, or the term is vacant, the adviser; then
members who moderated before; then the other members. docs/explanation/moderation.md says why.
"""

import uuid
from collections.abc import Callable

from staffroom.communities.models import Community, Term
from staffroom.communities.queries import active_ids, advisers, current_term
from staffroom.conversations import sealed
from staffroom.conversations.models import Decision, Post, Report
from staffroom.core.errors import NotYours
from staffroom.people.models import Person

Ids = set[uuid.UUID]


def deciders(post: Post) -> Ids:
    """The people of whom any one may decide about this post now."""
    members = active_ids(post.community)
    reporters = set(
        Report.objects.filter(post=post, decision=None, reporter__isnull=False).values_list(
            "reporter_id", flat=True
        )
    )
    kept_out = {post.author_id} | _already_decided(post)
    tiers: tuple[Callable[[], Ids], ...] = (
        lambda: _moderator(post.community),
        lambda: _advisers(post.community),
        lambda: _moderated_before(post.community) & members,
        lambda: members - reporters,
        lambda: members,
    )
    if post.anonymous:
        tiers = (lambda: _several(post.community, members), *tiers[3:])
    for tier in tiers:
        found = _without_author(tier() - kept_out, post)
        if found:
            return found
    return set()


def _several(community: Community, members: Ids) -> Ids:
    """Of an anonymous post: all at once who might decide, so that whom it passes over tells nothing."""
    before = _moderated_before(community) & members
    return _moderator(community) | _advisers(community) | before


def _without_author(people: Ids, post: Post) -> Ids:
    if not post.anonymous:
        return people
    return {
        person.pk
        for person in Person.objects.filter(pk__in=people)
        if not sealed.wrote(person, post)
    }


def _advisers(community: Community) -> Ids:
    return {advisership.person_id for advisership in advisers(community)}


def check_decide(person: Person, post: Post) -> None:
    if person.pk not in deciders(post):
        raise NotYours


def can_decide(person: Person, post: Post) -> bool:
    return person.pk in deciders(post)


def _moderator(community: Community) -> Ids:
    term = current_term(community)
    return {term.person_id} if term else set()


def _moderated_before(community: Community) -> Ids:
    return set(
        Term.objects.filter(community=community, starts__isnull=False).values_list(
            "person_id", flat=True
        )
    )


def _already_decided(post: Post) -> Ids:
    """A second look is taken with other eyes: whoever hid the post does not judge the appeal."""
    appealed = Report.objects.filter(post=post, decision=None, reason=Report.Reason.APPEAL).exists()
    if not appealed:
        return set()
    taken_away = (*Decision.OUT_OF_SIGHT, Decision.Choice.COVERED)
    hid = Decision.objects.filter(post=post, choice__in=taken_away, undone_at=None)
    return set(hid.values_list("by_id", flat=True))
