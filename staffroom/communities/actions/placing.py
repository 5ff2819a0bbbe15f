"""A placing is begun, formed again, changed by hand, given up."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.communities import offices
from staffroom.communities.models import PlacedGroup, PlacedTeacher, Placing
from staffroom.communities.placing import candidates, rules
from staffroom.communities.placing import wanted as asked
from staffroom.communities.placing.wanted import Wanted
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.people.models import Person
from staffroom.places.models import Area, Circle, Cluster, Programme

State = Placing.State


def check_places(by: Person | None, programme: Programme) -> None:
    if by is None or not offices.can_place(by, programme):
        raise NotYours


@transaction.atomic
def begin_placing(
    *,
    by: Person,
    programme: Programme,
    people: Iterable[uuid.UUID] | None = None,
    area: Area | None = None,
    circle: Circle | None = None,
    cluster: Cluster | None = None,
    name: str = "",
    wanted: Wanted | None = None,
    id: uuid.UUID | None = None,
) -> Placing:
    """Begin to form communities of these people, or of whoever teaches in the cluster, circle, area
    or programme. The worker does it. The same id again finds what it began.

    `people` are ids; whoever has no account here is passed over. `Refused` where they are too few.
    """
    check_places(by, programme)
    if id is not None and (same := Placing.objects.filter(pk=id).first()):
        if same.made_by_id != by.pk:
            raise Refused(_("This form was sent before. Please open it again."))
        return same
    wanted = wanted or asked.usual(programme)
    asked.check(wanted, programme)
    placing = Placing(
        programme=programme, area=area, circle=circle, cluster=cluster,
        name=one_line(name)[:80], listed=people is not None, settings=wanted.kept(), made_by=by,
    )  # fmt: skip
    if id is not None:
        placing.pk = id
    if people is None:
        enough(len(candidates.found_by_place(placing)), wanted)
        placing.save(force_insert=True)
    else:
        known = _known(people)
        enough(len(known), wanted)
        placing.save(force_insert=True)
        gather(placing, known)
    audit.write("placing.begun", actor=by, on=placing)
    to_the_worker(placing)
    return placing


def _known(people: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    found = Person.objects.filter(pk__in=set(people), is_active=True, erased_at=None)
    return list(found.order_by("pk").values_list("pk", flat=True))


def enough(count: int, wanted: Wanted) -> None:
    """Fewer than one community needs are no placing."""
    if count < wanted.low:
        raise Refused(
            ngettext(
                "There is %(n)s teacher; one community has at least %(low)s. Choose a wider place or "
                "a smaller size.",
                "There are %(n)s teachers; one community has at least %(low)s. Choose a wider place or "
                "a smaller size.",
                count,
            )
            % {"n": count, "low": wanted.low}
        )


def gather(placing: Placing, people: Iterable[uuid.UUID]) -> None:
    """Whom the placing is about."""
    waiting = PlacedTeacher.Why.WAITING
    PlacedTeacher.objects.bulk_create(
        [PlacedTeacher(placing=placing, person_id=one, why=waiting) for one in people],
        batch_size=500,
    )


def to_the_worker(placing: Placing) -> None:
    from staffroom.communities.actions import placing_jobs

    placing.state, placing.failed, placing.began_at = State.FORMING, "", now()
    placing.save(update_fields=["state", "failed", "began_at"])
    placing_jobs.form_placing.enqueue(placing=str(placing.pk))


@transaction.atomic
def form_again(*, by: Person, placing_id: uuid.UUID, wanted: Wanted) -> Placing:
    """With other numbers, while nothing is founded. What was moved by hand is forgotten."""
    placing = held(by, placing_id)
    if placing.groups.filter(community__isnull=False).exists():
        raise Refused(_("Some of these communities are founded. Undo that first, or begin anew."))
    asked.check(wanted, placing.programme)
    placing.settings = wanted.kept()
    placing.save(update_fields=["settings"])
    audit.write("placing.formed_again", actor=by, on=placing)
    to_the_worker(placing)
    return placing


@transaction.atomic
def give_up(*, by: Person, placing_id: uuid.UUID) -> None:
    """Forget a placing of which nothing stands. What was founded from it stays as it is."""
    placing = held(by, placing_id)
    if placing.groups.filter(community__isnull=False).exists():
        raise Refused(_("Some of these communities are founded. Undo that first."))
    audit.write("placing.given_up", actor=by, on=placing)
    placing.delete()


@transaction.atomic
def move(
    *, by: Person, placing_id: uuid.UUID, teacher_id: uuid.UUID, group_id: uuid.UUID | None
) -> PlacedTeacher:
    """Let a teacher sit in another group, or in none. Refused where a rule would break."""
    placing = held(by, placing_id)
    teacher = (
        PlacedTeacher.objects.select_related("person", "school", "group")
        .filter(placing=placing, pk=teacher_id)
        .first()
    )
    if teacher is None:
        raise NotYours
    if teacher.group_id == group_id:
        return teacher
    wanted = asked.of(placing.settings)
    _may_leave(teacher, wanted)
    if group_id is None:
        teacher.group, teacher.metres = None, None
        teacher.why = PlacedTeacher.Why.TAKEN_OUT
    else:
        _sit_down(teacher, placing, group_id, wanted)
    teacher.save(update_fields=["group", "metres", "why"])
    PlacedGroup.objects.filter(placing=placing).exclude(failed="").update(failed="")
    audit.write("placing.moved", actor=by, on=placing)
    return teacher


def _sit_down(
    teacher: PlacedTeacher, placing: Placing, group_id: uuid.UUID, wanted: Wanted
) -> None:
    group = placing.groups.select_related("venue").filter(pk=group_id).first()
    if group is None:
        raise NotYours
    if teacher.why == PlacedTeacher.Why.YOURS:
        raise Refused(_("You supervise this teacher. Let a colleague of the office do this."))
    move = rules.move_to(
        group, teacher, list(group.teachers.all()), rules.chain_of(teacher.person_id), wanted
    )
    if move.refused:
        raise Refused(move.refused, "group")
    teacher.group, teacher.metres, teacher.why = group, move.metres, ""


def _may_leave(teacher: PlacedTeacher, wanted: Wanted) -> None:
    if teacher.group is None:
        return
    if teacher.group.community_id:
        raise Refused(_("Their community is founded already."))
    left = teacher.group.teachers.count() - 1
    if left < wanted.low:
        raise Refused(rules.too_small(left, wanted))


def held(by: Person, placing_id: uuid.UUID, state: str = State.DRAFT) -> Placing:
    """The placing, its row held until the transaction ends: two people change it one by one."""
    placing = (
        Placing.objects.select_for_update(of=("self",))
        .select_related("programme")
        .filter(pk=placing_id)
        .first()
    )
    if placing is None:
        raise NotYours
    check_places(by, placing.programme)
    if placing.state != state and not (state == State.DRAFT and placing.state == State.FOUNDED):
        raise Refused(_("The worker is at it just now. Please wait until it is done."))
    return placing
