"""Advisers: subject specialists, appointed by the programme, who stand beside a community."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities import access, offices, wall
from staffroom.communities.actions.common import check_not_closed, finish_advisership, lock
from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Advisership, Community
from staffroom.core import audit, outbox
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person

acts("adviser", gettext_lazy("Advisers can be assigned to the community, or cannot."))


def can_assign(by: Person, community: Community) -> bool:
    """The gardener who tends it; or its moderator, for the members."""
    if offices.tends(by, community):
        return True
    return access.is_moderator(by, community) and not wall.is_barred(by, community)


@transaction.atomic
def assign_adviser(*, by: Person, community_id: uuid.UUID, person_id: uuid.UUID) -> Advisership:
    """Assign somebody whom the programme appointed as adviser. The wall holds for advisers too."""
    community = lock(community_id)
    if not can_assign(by, community):
        raise NotYours
    check_not_closed(community)
    if lever(community, "adviser") == "none":
        raise Refused(_("The design of this community is to have no adviser."))
    existing = Advisership.objects.filter(
        community=community, person=person_id, ended_at=None
    ).first()
    if existing is not None:
        return existing
    person = Person.objects.filter(pk=person_id, erased_at=None).first()
    appointed = person is not None and offices.appointments(person, offices.ADVISER).filter(
        programme=community.programme_id
    )
    if person is None or not appointed or not wall.may_join(person, community):
        raise Refused(_("This person cannot advise here."), "person")
    advisership = Advisership.objects.create(community=community, person=person)
    audit.write("adviser.assigned", actor=by, on=advisership)
    outbox.put("adviser.assigned", advisership=str(advisership.pk))
    return advisership


@transaction.atomic
def end_adviser(*, by: Person, advisership_id: uuid.UUID) -> None:
    """The adviser goes, or the gardener or the moderator ends it."""
    advisership = (
        Advisership.objects.select_for_update(of=("self",))
        .select_related("community")
        .filter(pk=advisership_id)
        .first()
    )
    if advisership is None:
        raise NotYours
    if advisership.person_id != by.pk and not can_assign(by, advisership.community):
        raise NotYours
    if advisership.ended_at is None:
        finish_advisership(advisership, why="ended", actor=by)
