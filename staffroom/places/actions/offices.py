"""Appointments, oversight of areas, supervision by name: set by administrators, by date."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.people.models import Person
from staffroom.places import supervision
from staffroom.places.access import can_administer, check_administers
from staffroom.places.actions.changes import supervision_of
from staffroom.places.actions.postings import overlapping
from staffroom.places.models import Appointment, Area, Oversight, Posting, Programme, Supervision

#: These see pages of a whole programme: they sign in with a password and a second factor.
STAFF_ROLES = {
    Appointment.Role.GARDENER,
    Appointment.Role.ADMINISTRATOR,
    Appointment.Role.EVALUATOR,
    Appointment.Role.SAFEGUARDING,
    Appointment.Role.HELP_DESK,
}
#: Whoever gives offices reads nothing about danger, and the other way round.
APART = {Appointment.Role.ADMINISTRATOR, Appointment.Role.SAFEGUARDING}


@transaction.atomic
def appoint(
    *,
    by: Person | None,
    person: Person,
    programme: Programme,
    role: str,
    starts: dt.date,
    area: Area | None = None,
) -> Appointment:
    """Give the person an office in the programme, or in one area of it."""
    check_administers(by, programme)
    if role not in Appointment.Role.values:
        raise Refused(_("Please choose one of the offices."), "role")
    if role in STAFF_ROLES and not person.is_staff:
        raise Refused(
            _("For this office the person needs an account with password and second factor first."),
            "person",
        )
    if area is not None and area.programme_id != programme.pk:
        raise NotYours
    _check_apart(person, programme, role, starts, area)
    same = Appointment.objects.filter(
        overlapping(starts, None), person=person, programme=programme, role=role, area=area
    )
    if found := same.first():
        return found
    made = Appointment.objects.create(
        person=person, programme=programme, role=role, area=area, starts=starts
    )
    audit.write("appointment.started", actor=by, on=made, person=person.pk, role=role)
    return made


def _check_apart(
    person: Person, programme: Programme, role: str, starts: dt.date, area: Area | None
) -> None:
    if role not in APART:
        return
    if role == Appointment.Role.SAFEGUARDING and area is not None:
        raise Refused(_("Safeguarding is for the whole programme. Leave the area empty."), "area")
    others = APART - {role}
    if Appointment.objects.filter(
        overlapping(starts, None), person=person, programme=programme, role__in=others
    ).exists():
        raise Refused(
            _(
                "Nobody is administrator and reads what is told about danger at the same time. "
                "Choose another person, or end the other office first."
            ),
            "role",
        )


@transaction.atomic
def end_appointment(*, by: Person | None, appointment: Appointment, ends: dt.date) -> None:
    """End it; never the last administrator's, or nobody could appoint another."""
    check_administers(by, appointment.programme)
    Programme.objects.select_for_update().get(pk=appointment.programme_id)
    if ends < appointment.starts:
        raise Refused(_("It ends after it starts."), "ends")
    if appointment.role == Appointment.Role.ADMINISTRATOR:
        others = Appointment.objects.filter(
            programme=appointment.programme, role=appointment.role, ends=None
        ).exclude(pk=appointment.pk)
        if not others.exists():
            raise Refused(_("This is the last administrator. Appoint another one first."), "ends")
    appointment.ends = ends
    appointment.save(update_fields=["ends"])
    audit.write("appointment.ended", actor=by, on=appointment, person=appointment.person_id)


@transaction.atomic
def oversee(
    *, by: Person | None, person: Person, area: Area, starts: dt.date, title: str = ""
) -> Oversight:
    """The person supervises every school of the area; with that, communities there are closed to them."""
    check_administers(by, area.programme)
    if area.ends is not None and area.ends <= starts:
        raise Refused(_("This area ended on %(date)s.") % {"date": area.ends.isoformat()}, "area")
    same = Oversight.objects.filter(overlapping(starts, None), person=person, area=area)
    if found := same.first():
        return found
    with supervision_of({person.pk}):
        made = Oversight.objects.create(
            person=person, area=area, title=one_line(title)[:80], starts=starts
        )
        audit.write("oversight.started", actor=by, on=made, person=person.pk, area=area.pk)
    return made


@transaction.atomic
def end_oversight(*, by: Person | None, oversight: Oversight, ends: dt.date) -> None:
    check_administers(by, oversight.area.programme)
    if ends < oversight.starts:
        raise Refused(_("It ends after it starts."), "ends")
    with supervision_of({oversight.person_id}):
        oversight.ends = ends
        oversight.save(update_fields=["ends"])
        audit.write("oversight.ended", actor=by, on=oversight, person=oversight.person_id)


def can_name_supervisor(by: Person | None, person: Person) -> bool:
    """Administrators of a programme in which the supervised person works."""
    if by is None:
        return True
    postings = Posting.objects.filter(person=person).select_related("school__programme")
    return any(can_administer(by, posting.school.programme) for posting in postings)


@transaction.atomic
def name_supervisor(
    *, by: Person | None, supervisor: Person, person: Person, starts: dt.date
) -> Supervision:
    """One person supervises another by name (a head of department, a cluster tutor).

    A circle is taken as it is said: everyone in it supervises everyone. `in_circle` tells.
    """
    if not can_name_supervisor(by, person):
        raise NotYours
    if supervisor.pk == person.pk:
        raise Refused(_("Nobody supervises themselves."), "supervisor")
    same = Supervision.objects.filter(
        overlapping(starts, None), supervisor=supervisor, person=person
    )
    if found := same.first():
        return found
    with supervision_of({supervisor.pk, person.pk}):
        made = Supervision.objects.create(supervisor=supervisor, person=person, starts=starts)
        audit.write(
            "supervision.started", actor=by, on=made, supervisor=supervisor.pk, person=person.pk
        )
    return made


@transaction.atomic
def end_supervision(*, by: Person | None, supervision_row: Supervision, ends: dt.date) -> None:
    if not can_name_supervisor(by, supervision_row.person):
        raise NotYours
    if ends < supervision_row.starts:
        raise Refused(_("It ends after it starts."), "ends")
    with supervision_of({supervision_row.supervisor_id, supervision_row.person_id}):
        supervision_row.ends = ends
        supervision_row.save(update_fields=["ends"])
        audit.write("supervision.ended", actor=by, on=supervision_row)


def in_circle(person: Person) -> bool:
    """Whether the person, up the chain, supervises their own supervisor."""
    return person.pk in supervision.below({person.pk})
