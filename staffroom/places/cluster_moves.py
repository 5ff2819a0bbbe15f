"""The changes of a draft by hand, in words. Read only."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from staffroom.places.models import Block, Circle, Cluster, ClusterMove, ClusterPlan, School

Kind = ClusterMove.Kind
Names = dict[str, str]


@dataclass(frozen=True)
class Told:
    move: ClusterMove
    said: str

    @property
    def km_more(self) -> float:
        return max(self.move.metres, 0) / 1000

    @property
    def km_less(self) -> float:
        return max(-self.move.metres, 0) / 1000


def told(plan: ClusterPlan, *, after: int = 0, most: int = 50) -> list[Told]:
    """The last changes that came after a version, newest first."""
    moves = list(plan.moves.filter(version__gt=after).select_related("by")[:most])
    names = _names(plan, moves)
    return [Told(move, _said(move, names)) for move in moves]


def _said(move: ClusterMove, names: Names) -> str:
    thing, became = names.get(str(move.thing), "?"), names.get(move.became, "?")
    if move.kind == Kind.SCHOOL:
        return _("%(school)s moved to %(cluster)s") % {"school": thing, "cluster": became}
    if move.kind == Kind.CENTRE:
        return _("%(cluster)s meets at %(school)s") % {"cluster": thing, "school": became}
    if move.kind == Kind.NAME:
        return _("%(thing)s has the name “%(name)s”") % {"thing": thing, "name": move.became}
    return _("%(thing)s belongs to %(circle)s") % {"thing": thing, "circle": became}


def _names(plan: ClusterPlan, moves: Iterable[ClusterMove]) -> Names:
    ids: set[uuid.UUID] = {move.thing for move in moves}
    for move in moves:
        if move.kind != Kind.NAME and move.became:
            ids.add(uuid.UUID(move.became))
    names = {
        str(pk): name for pk, name in School.objects.filter(pk__in=ids).values_list("pk", "name")
    }
    for model, called in ((Cluster, cluster_word), (Circle, circle_word), (Block, block_word)):
        rows = model.objects.filter(plan=plan, pk__in=ids).values_list("pk", "number")
        names |= {str(pk): called(number) for pk, number in rows}
    return names


def cluster_word(number: int) -> str:
    return _("cluster %(number)s") % {"number": number}


def circle_word(number: int) -> str:
    return _("circle %(number)s") % {"number": number}


def block_word(number: int) -> str:
    return _("block %(number)s") % {"number": number}
