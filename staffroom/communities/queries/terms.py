"""Who moderated, who is asked, who comes next."""

import uuid

from django.db.models import Count, Max, Q

from staffroom.communities.models import Community, Election, Membership, Term


def open_offer(community: Community) -> Term | None:
    """The turn that somebody is asked to take, or has accepted and not begun."""
    return (
        Term.objects.filter(community=community, starts=None, refused_at=None, ended_at=None)
        .select_related("person")
        .order_by("offered_at")
        .first()
    )


def open_election(community: Community) -> Election | None:
    return (
        Election.objects.filter(community=community, counted_at=None).order_by("opened_at").first()
    )


def last_ended(community: Community) -> Term | None:
    """The last term that ran and ended: its hand-over is for the next."""
    return (
        Term.objects.filter(community=community, starts__isnull=False, ended_at__isnull=False)
        .select_related("person")
        .order_by("-ended_at")
        .first()
    )


def by_turn(community: Community) -> list[uuid.UUID]:
    """Members in the order of turns: who never served, by joining; then who served longest ago."""
    served = Q(person__terms__community=community, person__terms__starts__isnull=False)
    rows = (
        Membership.objects.filter(community=community, state="active")
        .annotate(
            turns=Count("person__terms", filter=served, distinct=True),
            last=Max("person__terms__starts", filter=served),
        )
        .values_list("turns", "last", "joined_at", "person_id")
    )
    never = sorted((joined, str(who), who) for turns, _last, joined, who in rows if not turns)
    before = sorted((last, str(who), who) for turns, last, _joined, who in rows if turns)
    return [who for *_rest, who in never + before]


def refused_lately(community: Community) -> set[uuid.UUID]:
    """Who was asked for this vacancy, or for the term that follows the running one, and refused."""
    running = (
        Term.objects.filter(community=community, starts__isnull=False, ended_at=None)
        .order_by("-starts")
        .first()
    )
    ended = last_ended(community)
    asked = Term.objects.filter(community=community, refused_at__isnull=False)
    if running is not None:
        asked = asked.filter(offered_at__gte=running.starts)
    elif ended is not None and ended.starts is not None:
        asked = asked.filter(offered_at__gte=ended.starts)
    return set(asked.values_list("person_id", flat=True))
