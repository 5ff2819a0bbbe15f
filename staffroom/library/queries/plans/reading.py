"""Which lesson plans a person may read. Access is asked here and nowhere else."""

import uuid

from django.db.models import Q, QuerySet

from staffroom.communities import wall
from staffroom.communities.models import Community
from staffroom.library.models import LessonPlan, PlanSection
from staffroom.people.models import Person


def plans_of(community: Community) -> QuerySet[LessonPlan]:
    """The community's plans, what was written last first."""
    return LessonPlan.objects.filter(community=community, removed_at=None).order_by(
        "-changed_at", "-id"
    )


def plan_in(community: Community, id: uuid.UUID) -> LessonPlan | None:
    """A plan of this community, also one that was taken out."""
    plan = (
        LessonPlan.objects.filter(community=community, pk=id).select_related("started_by").first()
    )
    if plan is not None:
        plan.community = community
    return plan


def section_in(plan: LessonPlan, id: uuid.UUID) -> PlanSection | None:
    section = plan.sections.filter(pk=id).select_related("written_by", "removed_by").first()
    if section is not None:
        section.plan = plan
    return section


def shared_with(person: Person) -> QuerySet[LessonPlan]:
    """What other communities share: for whoever is in a community of the programme.

    Nobody finds here what a community shares that holds somebody whom they supervise.
    """
    mine = wall.readable_by(person)
    return (
        LessonPlan.objects.filter(
            shared_at__isnull=False,
            removed_at=None,
            community__programme__in=mine.order_by().values("programme"),
        )
        .exclude(community__in=wall.barred_from(person).values("pk"))
        .select_related("community")
        .order_by("-shared_at", "-id")
    )


def readable_by(person: Person) -> QuerySet[LessonPlan]:
    """Of the person's own communities, and shared ones."""
    return LessonPlan.objects.filter(
        Q(community__in=wall.readable_by(person).values("pk"))
        | Q(pk__in=shared_with(person).order_by().values("pk")),
        removed_at=None,
    ).select_related("community__programme")


def saved_by(person: Person) -> QuerySet[LessonPlan]:
    """On one's own shelf, as long as one may still read it."""
    return readable_by(person).filter(saved__person=person).order_by("-saved__at", "-id")
