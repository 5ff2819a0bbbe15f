"""What a gardener sees of communities: whole-community facts, none that tell of a person."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from staffroom.communities.models import Community, Kickoff, Term
from staffroom.communities.offices import tended_by
from staffroom.communities.queries.finding import size
from staffroom.people.models import Person

MANY = 10  # an exact number, read twice, would tell of one person who came or left


@dataclass(frozen=True)
class Plot:
    """One community as the garden shows it."""

    community: Community
    many: bool  # ten members or more; the number itself stays inside
    vacant: bool
    kicked_off: bool


def garden_of(person: Person) -> list[Plot]:
    """The communities that this gardener tends and the wall does not bar, by name."""
    return [_plot(row) for row in _rows(person).order_by("name", "id")]


def plot_of(person: Person, community: Community) -> Plot:
    return _plot(_rows(person).get(pk=community.pk))


def _rows(person: Person):
    running = Term.objects.filter(community=OuterRef("pk"), starts__isnull=False, ended_at=None)
    return (
        tended_by(person)
        .annotate(
            size=size(),
            moderated=Exists(running),
            begun=Exists(Kickoff.objects.filter(community=OuterRef("pk"))),
        )
        .select_related("area", "programme")
    )


def _plot(row: Community) -> Plot:
    return Plot(
        community=row,
        many=row.size >= MANY,  # type: ignore[attr-defined]
        vacant=not row.moderated,  # type: ignore[attr-defined]
        kicked_off=row.begun,  # type: ignore[attr-defined]
    )
