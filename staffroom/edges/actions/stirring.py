"""Whether anything at a community's edges waits for somebody, marked on the community itself.

Today asks this room only about communities that are marked, so that it costs nothing where all is calm.
"""

import uuid
from collections.abc import Iterable

from django.db.models import Q

from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.edges.models import BrokerSide, Crossing, ReshapePart, Rise
from staffroom.edges.queries.waiting import THANKS_LAST, UNDO, open_rises


def stir(communities: Iterable[uuid.UUID]) -> None:
    """Something may wait there from now on."""
    Community.objects.filter(pk__in=list(communities), edge_calls=False).update(edge_calls=True)


def calm() -> None:
    """Nightly: the mark stands where something waits, and nowhere else."""
    recent = Q(reshape__done_at__gt=now() - UNDO, reshape__undone_at=None)
    waits = [
        open_rises(Rise.objects.all()).values("question__community"),
        BrokerSide.objects.filter(broker__ended_at=None, broker__accepted_at=None).values(
            "community"
        ),
        ReshapePart.objects.filter(
            Q(reshape__done_at=None) | recent, reshape__dropped_at=None, community__isnull=False
        ).values("community"),
        Crossing.objects.filter(thanked_at__gt=now() - THANKS_LAST).values("origin__community"),
    ]
    some = Q()
    for each in waits:
        some |= Q(pk__in=each)
    Community.objects.filter(edge_calls=True).exclude(some).update(edge_calls=False)
    stir(Community.objects.filter(some, edge_calls=False).values_list("pk", flat=True))
