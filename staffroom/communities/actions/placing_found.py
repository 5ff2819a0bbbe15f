"""Placed groups become communities, each in a transaction of its own; undone while nobody has come."""

import uuid

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.communities.actions.founding import Sheet, found_placed
from staffroom.communities.actions.placing import State, check_places, held
from staffroom.communities.models import Community, Membership, PlacedGroup, PlacedTeacher, Placing
from staffroom.communities.placing import candidates, names, rules
from staffroom.communities.placing import wanted as asked
from staffroom.core import audit, outbox
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.places import supervision
from staffroom.places.models import Area, SchoolArea, on_date


@transaction.atomic
def found_all(*, by: Person, placing_id: uuid.UUID) -> Placing:
    """Give all groups that are not founded to the worker. Pressed twice, it happens once."""
    placing = Placing.objects.select_for_update().filter(pk=placing_id).first()
    if placing is not None and placing.state == State.FOUNDING:
        check_places(by, placing.programme)
        return placing
    placing = held(by, placing_id)
    if not placing.groups.filter(community=None).exists():
        return placing
    _to_the_worker(placing, by, undo=False)
    audit.write("placing.founding", actor=by, on=placing)
    return placing


@transaction.atomic
def undo_all(*, by: Person, placing_id: uuid.UUID) -> Placing:
    """Give the communities that nobody has joined back to the worker, to be taken away again."""
    placing = held(by, placing_id)
    _to_the_worker(placing, by, undo=True)
    audit.write("placing.undoing", actor=by, on=placing)
    return placing


def _to_the_worker(placing: Placing, by: Person, *, undo: bool) -> None:
    from staffroom.communities.actions import placing_jobs

    placing.state, placing.failed, placing.began_at = State.FOUNDING, "", now()
    placing.save(update_fields=["state", "failed", "began_at"])
    placing_jobs.found_placing.enqueue(placing=str(placing.pk), by=str(by.pk), undo=undo)


@transaction.atomic
def found_group(*, by: Person, group_id: uuid.UUID) -> Community:
    """One group: every rule asked anew, the community made, each teacher invited. Twice is once."""
    group = _held_group(by, group_id)
    if group.community is not None:
        return group.community
    members = list(group.teachers.select_related("person", "school"))
    _check(by, group, members)
    language = group.language
    with translation.override(language):
        name = names.free(group.placing.programme, group.name, group.pk)
    community, _made = found_placed(
        by=by,
        programme=group.placing.programme,
        id=group.pk,
        sheet=Sheet(
            name=name,
            subject=group.subject,
            grades=tuple(sorted({grade for each in members for grade in each.person.grades})),
            language=language,
            area=_area(group),
            listed=not group.women,
        ),
    )
    group.community, group.name, group.failed = community, name, ""
    group.save(update_fields=["community", "name", "failed"])
    for each in members:
        _invite(by, community, each)
    return community


def _held_group(by: Person, group_id: uuid.UUID) -> PlacedGroup:
    group = (
        PlacedGroup.objects.select_for_update(of=("self",))
        .select_related("placing__programme", "community", "venue")
        .filter(pk=group_id)
        .first()
    )
    if group is None:
        raise NotYours
    check_places(by, group.placing.programme)
    return group


def _check(by: Person, group: PlacedGroup, members: list[PlacedTeacher]) -> None:
    wanted = asked.of(group.placing.settings)
    if wrong := rules.broken(group, members, wanted):
        raise Refused(wrong)
    people = {each.person_id for each in members}
    if supervision.supervised_by(by) & people:
        raise Refused(_("You supervise somebody in it. Let a colleague of the office found it."))
    if not wanted.members_too and any(candidates.living_of(one, group.subject) for one in people):
        raise Refused(_("Somebody in it has joined a community of this subject meanwhile."))


def _invite(by: Person, community: Community, teacher: PlacedTeacher) -> None:
    membership = Membership.objects.create(
        community=community, person=teacher.person, state=Membership.State.INVITED, invited_by=by
    )
    audit.write("membership.invited", actor=by, on=membership)
    outbox.put("membership.invited", membership=str(membership.pk))


def _area(group: PlacedGroup) -> Area | None:
    """The area in which the first meeting is."""
    if group.venue is None:
        return None
    lies = SchoolArea.objects.filter(on_date(today()), school=group.venue, area__ends=None)
    found = lies.select_related("area").order_by("-starts", "pk").first()
    return found.area if found else None


@transaction.atomic
def undo_group(*, by: Person, group_id: uuid.UUID) -> None:
    """The community is taken away again, as if it had not been; refused once somebody is in it.
    Whoever declined is no longer in the placing."""
    group = _held_group(by, group_id)
    if group.community is None:
        return
    community = Community.objects.select_for_update().get(pk=group.community.pk)
    rows = Membership.objects.filter(community=community)
    if rows.filter(joined_at__isnull=False).exists() or rows.filter(state="requested").exists():
        raise Refused(_("Somebody has accepted already: this community stays."))
    declined = rows.filter(state=Membership.State.DECLINED).values_list("person_id", flat=True)
    group.teachers.filter(person__in=list(declined)).delete()  # nobody is told who said no
    audit.write("community.undone", actor=by, on=community)
    group.community = None
    group.save(update_fields=["community"])
    community.delete()
