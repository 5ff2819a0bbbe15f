"""Who works where: postings begin and end by date."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.places.access import can_administer
from staffroom.places.actions.changes import supervision_of
from staffroom.places.models import Posting, School

FIRST_DAY = dt.date(1950, 1, 1)
AHEAD = dt.timedelta(days=366)


def can_post(by: Person | None, person: Person, school: School, role: str) -> bool:
    """Administrators of the school's programme post anybody; a teacher says where they teach.

    Head and deputy are set by administrators alone: those postings bar people from communities.
    """
    if by is None or can_administer(by, school.programme):
        return True
    return by.pk == person.pk and role == Posting.Role.TEACHER


def check_post(by: Person | None, person: Person, school: School, role: str) -> None:
    if not can_post(by, person, school, role):
        raise NotYours


@transaction.atomic
def post_person(
    *,
    by: Person | None,
    person: Person,
    school: School,
    starts: dt.date,
    role: str = Posting.Role.TEACHER,
    ends: dt.date | None = None,
) -> Posting:
    """The person works at the school from a day; said twice it is one posting."""
    check_post(by, person, school, role)
    _check_dates(school, starts, ends)
    Person.objects.select_for_update().get(pk=person.pk)  # two requests at once make one posting
    same = Posting.objects.filter(person=person, school=school, role=role, starts=starts, ends=ends)
    if found := same.first():
        return found
    refuse_overlap(person, school, starts, ends)
    with supervision_of({person.pk}):
        posting = Posting.objects.create(
            person=person, school=school, role=role, starts=starts, ends=ends
        )
        audit.write(
            "posting.started", actor=by, on=posting, person=person.pk, school=school.pk, role=role
        )
    return posting


def _check_dates(school: School, starts: dt.date, ends: dt.date | None) -> None:
    zone = school.programme.timezone
    if starts < FIRST_DAY:
        raise Refused(_("Please write the year with four digits, like 2026."), "starts")
    if starts > today(zone) + AHEAD:
        raise Refused(
            _("This is more than a year away. Please come back nearer the day."), "starts"
        )
    if ends is not None and ends <= starts:
        raise Refused(_("A posting ends after it starts."), "ends")
    if school.closed is not None and (ends is None or ends > school.closed):
        raise Refused(
            _("%(school)s was closed on %(date)s.")
            % {"school": school.name, "date": school.closed.isoformat()},
            "school",
        )
    if school.opened is not None and starts < school.opened:
        raise Refused(
            _("%(school)s opened on %(date)s.")
            % {"school": school.name, "date": school.opened.isoformat()},
            "starts",
        )


def overlapping(starts: dt.date, ends: dt.date | None) -> Q:
    """The filter "true on some day between these two" for a dated table."""
    begun = Q() if ends is None else Q(starts__lt=ends)
    return begun & (Q(ends=None) | Q(ends__gt=starts))


def refuse_overlap(person: Person, school: School, starts: dt.date, ends: dt.date | None) -> None:
    other = Posting.objects.filter(overlapping(starts, ends), person=person, school=school).first()
    if other is not None:
        raise Refused(
            _("There is already a posting at %(school)s from %(date)s. Please end it first.")
            % {"school": school.name, "date": other.starts.isoformat()},
            "starts",
        )


@transaction.atomic
def end_posting(*, by: Person | None, posting: Posting, ends: dt.date) -> Posting:
    """The last day is the day before `ends`; again with the same day changes nothing."""
    check_post(by, posting.person, posting.school, posting.role)
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    if posting.ends == ends:
        return posting
    if ends <= posting.starts:
        raise Refused(_("A posting ends after it starts."), "ends")
    if ends > today(posting.school.programme.timezone) + AHEAD:
        raise Refused(_("This is more than a year away. Please come back nearer the day."), "ends")
    if posting.ends is not None and ends > posting.ends:
        refuse_longer(posting, ends)
    with supervision_of({posting.person_id}):
        posting.ends = ends
        posting.save(update_fields=["ends"])
        audit.write("posting.ended", actor=by, on=posting, person=posting.person_id)
    return posting


def refuse_longer(posting: Posting, ends: dt.date) -> None:
    """A posting that was over is not made longer over the next one at the same school."""
    later = Posting.objects.filter(
        overlapping(posting.starts, ends), person=posting.person, school=posting.school
    ).exclude(pk=posting.pk)
    if later.exists():
        raise Refused(_("There is a later posting at the same school."), "ends")


@transaction.atomic
def remove_posting(*, by: Person | None, posting: Posting) -> None:
    """Undo a posting that was said by mistake and never began, or began today."""
    check_post(by, posting.person, posting.school, posting.role)
    if posting.starts < today(posting.school.programme.timezone):
        raise Refused(_("This posting has begun. Please end it instead."))
    with supervision_of({posting.person_id}):
        audit.write("posting.removed", actor=by, on=posting, person=posting.person_id)
        posting.delete()


@transaction.atomic
def move_person(
    *,
    by: Person | None,
    posting: Posting,
    school: School,
    on: dt.date,
    role: str = Posting.Role.TEACHER,
) -> Posting:
    """End one posting and begin another on the same day, or neither."""
    with supervision_of({posting.person_id}):
        end_posting(by=by, posting=posting, ends=on)
        return post_person(by=by, person=posting.person, school=school, starts=on, role=role)
