"""Who decides about a reported post. Never its author, and never anybody from outside.

The moderator in term; when the post is the moderator's own, or the term is vacant, the adviser; then
members who moderated before; then the other members. docs/explanation/moderation.md says why.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable
from functools import cached_property

from staffroom.communities.models import Community, Term
from staffroom.communities.queries import active_ids, advisers, current_term
from staffroom.conversations import sealed
from staffroom.conversations.models import Decision, Post, Report
from staffroom.core.errors import NotYours
from staffroom.people.models import Person

Ids = set[uuid.UUID]


class Bench:
    """Who might decide in one community, asked once however many posts wait."""

    def __init__(self, community: Community) -> None:
        self.community = community

    @cached_property
    def members(self) -> Ids:
        return active_ids(self.community)

    @cached_property
    def moderator(self) -> Ids:
        term = current_term(self.community)
        return {term.person_id} if term else set()

    @cached_property
    def advisers(self) -> Ids:
        return {advisership.person_id for advisership in advisers(self.community)}

    @cached_property
    def moderated_before(self) -> Ids:
        terms = Term.objects.filter(community=self.community, starts__isnull=False)
        return set(terms.values_list("person_id", flat=True)) & self.members

    @cached_property
    def reporters(self) -> dict[uuid.UUID, Ids]:
        """Who reported each post that waits."""
        found: dict[uuid.UUID, Ids] = defaultdict(set)
        waiting = Report.objects.filter(post__community=self.community, decision=None)
        for post, person in waiting.exclude(reporter=None).values_list("post_id", "reporter_id"):
            found[post].add(person)
        return found

    @cached_property
    def already_decided(self) -> dict[uuid.UUID, Ids]:
        """A second look is taken with other eyes: whoever took the post away does not judge the appeal."""
        appealed = Report.objects.filter(
            post__community=self.community, decision=None, reason=Report.Reason.APPEAL
        )
        taken_away = Decision.objects.filter(
            post__in=appealed.values("post"),
            choice__in=(*Decision.OUT_OF_SIGHT, Decision.Choice.COVERED),
            undone_at=None,
        )
        found: dict[uuid.UUID, Ids] = defaultdict(set)
        for post, person in taken_away.exclude(by=None).values_list("post_id", "by_id"):
            found[post].add(person)
        return found


def deciders(post: Post, bench: Bench | None = None) -> Ids:
    """The people of whom any one may decide about this post now."""
    bench = bench or Bench(post.community)
    kept_out = {post.author_id} | bench.already_decided.get(post.pk, set())
    others = lambda: bench.members - bench.reporters.get(post.pk, set())  # noqa: E731
    tiers: tuple[Callable[[], Ids], ...] = (
        lambda: bench.moderator,
        lambda: bench.advisers,
        lambda: bench.moderated_before,
        others,
        lambda: bench.members,
    )
    if post.anonymous:
        tiers = (lambda: _several(bench), *tiers[3:])
    for tier in tiers:
        found = _without_author(tier() - kept_out, post)
        if found:
            return found
    return set()


def _several(bench: Bench) -> Ids:
    """Of an anonymous post: all at once who might decide, so that whom it passes over tells nothing."""
    return bench.moderator | bench.advisers | bench.moderated_before


def _without_author(people: Ids, post: Post) -> Ids:
    if not post.anonymous:
        return people
    return {
        person.pk
        for person in Person.objects.filter(pk__in=people)
        if not sealed.wrote(person, post)
    }


def check_decide(person: Person, post: Post) -> None:
    if not can_decide(person, post):
        raise NotYours


def can_decide(person: Person, post: Post, bench: Bench | None = None) -> bool:
    return person.pk in deciders(post, bench)
