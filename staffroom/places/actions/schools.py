"""One school, by hand: new, corrected, moved, closed, opened again, merged."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.actions.by_date import close_school_rows, end
from staffroom.places.actions.changes import supervision_of
from staffroom.places.imports import geo
from staffroom.places.models import Area, Posting, Programme, School, SchoolArea

EDITABLE = ("code", "name", "level", "sector", "latitude", "longitude", "opened")


@transaction.atomic
def add_school(
    *, by: Person | None, programme: Programme, area: Area | None, on: dt.date, **fields: Any
) -> School:
    """A school that is in no list yet."""
    check_administers(by, programme)
    school = School(programme=programme, **_checked(programme, fields))
    _save(school)
    if area is not None:
        if area.programme_id != programme.pk:
            raise NotYours
        SchoolArea.objects.create(school=school, area=area, starts=on)
    audit.write("school.added", actor=by, on=school)
    return school


@transaction.atomic
def edit_school(*, by: Person | None, school: School, **fields: Any) -> School:
    """Correct what is kept about a school; `fields` are some of `EDITABLE`."""
    check_administers(by, school.programme)
    changed = []
    for name, value in _checked(school.programme, fields).items():
        if getattr(school, name) != value:
            setattr(school, name, value)
            changed.append(name)
    if changed:
        _save(school)
        audit.write("school.edited", actor=by, on=school, fields=changed)
    return school


def _save(school: School) -> None:
    try:
        with transaction.atomic():
            school.save()
    except IntegrityError:
        raise Refused(_("Another school has this code already."), "code") from None


def _checked(programme: Programme, fields: dict[str, Any]) -> dict[str, Any]:
    if set(fields) - set(EDITABLE):
        raise TypeError(f"not of a school: {set(fields) - set(EDITABLE)}")
    clean: dict[str, Any] = {
        name: one_line(value) if isinstance(value, str) else value for name, value in fields.items()
    }
    if clean.get("code") == "":
        raise Refused(_("The code is missing."), "code")
    if clean.get("name") == "":
        raise Refused(_("The name is missing."), "name")
    latitude, longitude = clean.get("latitude"), clean.get("longitude")
    if (latitude is None) != (longitude is None):
        raise Refused(_("Only one of latitude and longitude is given."), "longitude")
    box = geo.box_of(programme.country)
    if latitude is None or longitude is None or box is None or box.holds(latitude, longitude):
        return clean
    raise Refused(
        _("This place is outside the country. Are latitude and longitude swapped?")
        if box.holds(longitude, latitude)
        else _("This place is outside the country, or in the sea."),
        "latitude",
    )


@transaction.atomic
def move_school(*, by: Person | None, school: School, area: Area, on: dt.date) -> None:
    """From a day on, the school lies in another area."""
    check_administers(by, school.programme)
    if area.programme_id != school.programme_id:
        raise NotYours
    if area.ends is not None and area.ends <= on:
        raise Refused(_("This area ended on %(date)s.") % {"date": area.ends.isoformat()}, "area")
    if SchoolArea.objects.filter(school=school, area=area, starts__lte=on, ends=None).exists():
        return
    with supervision_of(_people_at(school)):
        end(SchoolArea.objects.filter(school=school), on)
        SchoolArea.objects.create(school=school, area=area, starts=on)
        audit.write("school.moved", actor=by, on=school, area=area.pk)


@transaction.atomic
def close_school(
    *, by: Person | None, school: School, on: dt.date, into: School | None = None
) -> None:
    """Close it on a day; merged into another, teachers and deputies go along."""
    check_administers(by, school.programme)
    if into is not None:
        if into.programme_id != school.programme_id:
            raise NotYours
        if into.pk == school.pk:
            raise Refused(_("A school cannot be merged into itself."), "into")
        if into.closed is not None and into.closed <= on:
            raise Refused(
                _("%(school)s was closed on %(date)s.")
                % {"school": into.name, "date": into.closed.isoformat()},
                "into",
            )
    if school.opened is not None and on < school.opened:
        raise Refused(_("It would close before it opened."), "on")
    with supervision_of(_people_at(school, into)):
        close_school_rows(school.pk, on, into=into.pk if into else None)
        audit.write("school.closed", actor=by, on=school, into=into.pk if into else None)


@transaction.atomic
def reopen_school(*, by: Person | None, school: School) -> None:
    """Take a closure back. Postings that ended with it stay ended: whoever returns is posted again."""
    check_administers(by, school.programme)
    School.objects.filter(pk=school.pk).update(closed=None, merged_into=None)
    audit.write("school.reopened", actor=by, on=school)


def _people_at(*schools: School | None) -> set[Any]:
    some = [school.pk for school in schools if school is not None]
    return set(Posting.objects.filter(school__in=some).values_list("person_id", flat=True))
