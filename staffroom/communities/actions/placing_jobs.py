"""Forming and founding, done by the worker. A placing that failed is a draft again and says why.

Nothing leaves a job but its end: a traceback kept with it could name people.
"""

import logging
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from staffroom.communities.actions import placing_found
from staffroom.communities.actions.placing import State, check_places, enough, gather
from staffroom.communities.models import PlacedGroup, PlacedTeacher, Placing
from staffroom.communities.placing import candidates, names
from staffroom.communities.placing import wanted as asked
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import NOBODY
from staffroom.core.words import listed
from staffroom.people.models import Person
from staffroom.places.models import Cluster, School

if TYPE_CHECKING:
    from staffroom.communities.placing.forming import Formed, Venue

log = logging.getLogger(__name__)
TRIES = 3
#: No forming takes so long: its job is no more.
LOST = timedelta(hours=6)


@task(takes_context=True)
def form_placing(context: TaskContext, placing: str) -> None:
    found = _at_work(placing, State.FORMING)
    if found is None:
        return  # another worker has done it
    with translation.override(_language(found, found.made_by)):
        try:
            _not_again_and_again(context)
            form(found)
        except BaseException as error:
            give_back(found, _why(error))
            if not isinstance(error, Exception):
                raise


@task(takes_context=True)
def found_placing(context: TaskContext, placing: str, by: str, undo: bool = False) -> None:
    found = _at_work(placing, State.FOUNDING)
    person = Person.objects.filter(pk=by).first()
    if found is None:
        return
    with translation.override(_language(found, person)):
        try:
            if person is None:
                raise NotYours
            _not_again_and_again(context)
            carry_out(by=person, placing=found, undo=undo)
        except BaseException as error:
            give_back(found, _why(error))
            if not isinstance(error, Exception):
                raise


def _at_work(placing: str, state: str) -> Placing | None:
    rows = Placing.objects.select_related("programme", "made_by")
    return rows.filter(pk=placing, state=state).first()


def _language(placing: Placing, person: Person | None) -> str:
    return person.language if person else placing.programme.language


def _not_again_and_again(context: TaskContext) -> None:
    if context.attempt > TRIES:
        raise Refused(_("It was begun several times and stopped each time."))


def form(placing: Placing) -> None:
    """Read, form, write. Nothing is held while it is formed: others go on writing meanwhile."""
    from staffroom.communities.placing import forming

    check_places(placing.made_by, placing.programme)
    wanted = asked.of(placing.settings)
    if not placing.listed:
        _gather_anew(placing)
    people = candidates.load(placing, wanted)
    enough(len(people), wanted)
    if all(each.why == PlacedTeacher.Why.NO_LANGUAGE for each in people):
        raise Refused(
            _(
                "None of these teachers has said in which languages they work. Ask them to fill in “What I teach”."
            )
        )
    below = candidates.chains(each.person for each in people if not each.why)
    _refuse_circle(below)
    formed = forming.form(people, below, _venues(placing), wanted)
    _save(placing, people, formed)


def _gather_anew(placing: Placing) -> None:
    with transaction.atomic():
        placing.teachers.all().delete()
        gather(placing, candidates.found_by_place(placing))


def _refuse_circle(below: dict[uuid.UUID, set[uuid.UUID]]) -> None:
    round_ = [one for one, under in below.items() if one in under]
    if round_:
        people = Person.objects.filter(pk__in=round_).order_by("name")[:5]
        raise Refused(
            _(
                "A chain of supervision leads back to where it began: %(names)s. Mend it under “Schools and places”, then form again."
            )
            % {"names": listed(each.name for each in people)}
        )


def _venues(placing: Placing) -> "list[Venue]":
    """The central schools of the plan in force, of the cluster or circle where one was chosen."""
    from staffroom.communities.placing.forming import Venue  # NumPy: in the worker alone

    clusters = Cluster.objects.filter(plan__in=candidates.plan_in_force(placing.programme))
    if placing.cluster_id:
        clusters = clusters.filter(pk=placing.cluster_id)
    elif placing.circle_id:
        clusters = clusters.filter(circle=placing.circle_id)
    rows = clusters.filter(centre__latitude__isnull=False, centre__longitude__isnull=False)
    return [
        Venue(school, (latitude or 0.0, longitude or 0.0))
        for school, latitude, longitude in rows.values_list(
            "centre", "centre__latitude", "centre__longitude"
        )
    ]


@transaction.atomic
def _save(placing: Placing, people: Sequence[candidates.Candidate], formed: "Formed") -> None:
    done = Placing.objects.filter(pk=placing.pk, state=State.FORMING).update(
        state=State.DRAFT, failed="", notes=formed.notes
    )
    if not done:
        return  # given back meanwhile
    # Written anew: an update of each row by itself takes ten times as long.
    placing.teachers.all().delete()
    placing.groups.all().delete()
    rows = [
        PlacedGroup(
            placing=placing,
            number=number,
            subject=group.subject,
            language=group.language,
            women=group.women,
            venue_id=group.venue,
        )
        for number, group in enumerate(formed.groups, start=1)
    ]
    _name(placing, rows)
    PlacedGroup.objects.bulk_create(rows, batch_size=500)
    seat = {i: row for row, group in zip(rows, formed.groups, strict=True) for i in group.members}
    metres = {i: way for group in formed.groups for i, way in group.metres.items()}
    PlacedTeacher.objects.bulk_create(
        [
            PlacedTeacher(
                placing=placing,
                person_id=one.person,
                school_id=one.school,
                group=seat.get(i),
                subject=one.subject,
                language=one.language,
                women=one.women,
                metres=metres.get(i),
                why="" if i in seat else formed.why.get(i, ""),
            )
            for i, one in enumerate(people)
        ],
        batch_size=500,
    )


def _name(placing: Placing, groups: list[PlacedGroup]) -> None:
    """By cluster where the venue is a central school, else by the venue itself."""
    venues = {each.venue_id for each in groups if each.venue_id}
    place = dict(School.objects.filter(pk__in=venues).values_list("pk", "name"))
    clusters = Cluster.objects.filter(plan__in=candidates.plan_in_force(placing.programme))
    place |= dict(clusters.filter(centre__in=venues).exclude(name="").values_list("centre", "name"))
    many: dict[str, int] = {}
    for group in groups:
        with translation.override(group.language):
            words = names.name_of(group.subject, place.get(group.venue_id or NOBODY, ""))
            many[words] = many.get(words, 0) + 1
            group.name = names.numbered(words, many[words])


def carry_out(*, by: Person, placing: Placing, undo: bool) -> None:
    """Every group by itself: what cannot be done says why, and the others are done."""
    check_places(by, placing.programme)
    groups = placing.groups.filter(community__isnull=not undo)
    for group in groups.values_list("pk", flat=True):
        try:
            if undo:
                placing_found.undo_group(by=by, group_id=group)
            else:
                placing_found.found_group(by=by, group_id=group)
        except Refused as error:
            PlacedGroup.objects.filter(pk=group).update(failed=error.message[:300])
    left = placing.groups.filter(community=None).exists()
    Placing.objects.filter(pk=placing.pk, state=State.FOUNDING).update(
        state=State.DRAFT if left else State.FOUNDED
    )


def give_back(placing: Placing, why: str) -> None:
    """A draft again, unless another worker has finished it."""
    Placing.objects.filter(pk=placing.pk, state__in=(State.FORMING, State.FOUNDING)).update(
        state=State.DRAFT, failed=why[:500]
    )


def give_back_lost(now: datetime) -> None:
    """What a worker took with it when it went away."""
    Placing.objects.filter(
        state__in=(State.FORMING, State.FOUNDING), began_at__lt=now - LOST
    ).update(state=State.DRAFT)


def _why(error: BaseException) -> str:
    if isinstance(error, Refused):
        return error.message
    if isinstance(error, NotYours):
        return _("You no longer look after this programme.")
    log.error("placing.failed", exc_info=error)
    return _("The fault is ours, not yours. Please try again.")
