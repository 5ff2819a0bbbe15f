"""The assessment of a programme: begun, written section by section, signed, begun anew."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.governing.assessment import BY_KEY, SECTIONS
from staffroom.governing.models import Assessment
from staffroom.governing.queries.assessments import words_of
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.models import Programme


@transaction.atomic
def begin(*, by: Person, programme: Programme) -> Assessment:
    """The version in work; a new one begins with the words of the last that was signed."""
    check_administers(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = Assessment.objects.filter(programme=programme).order_by("-version").first()
    if last is not None and last.signed_on is None:
        return last
    made = Assessment.objects.create(
        programme=programme,
        version=last.version + 1 if last else 1,
        own=last.own if last else {},
    )
    audit.write("assessment.begun", actor=by, on=made)
    return made


@transaction.atomic
def write_section(*, by: Person, assessment: Assessment, section: str, text: str) -> None:
    """Other words than the product's; empty gives the product's own back."""
    held = _in_work(by, assessment)
    if section not in BY_KEY:
        raise NotYours
    words = text.strip()
    if words and words != BY_KEY[section].words(held.programme):
        held.own[section] = words
    else:
        held.own.pop(section, None)
    held.saved_at = now()
    held.save(update_fields=["own", "saved_at"])
    audit.write("assessment.section", actor=by, on=held, section=section)


@transaction.atomic
def sign(*, by: Person, assessment: Assessment, name: str, office: str, on: dt.date) -> None:
    """From here on this version stands as it is, word by word."""
    held = _in_work(by, assessment)
    for section in SECTIONS:
        if section.theirs and not held.own.get(section.key):
            raise Refused(
                _("Please write this section first: %(title)s") % {"title": section.title}
            )
    if on > today(held.programme.timezone):
        raise Refused(_("This day lies ahead of us."), "on")
    held.signed_text = words_of(held)
    held.signed_name, held.signed_office = one_line(name), one_line(office)
    held.signed_on, held.signed_by = on, by
    held.save()
    audit.write("assessment.signed", actor=by, on=held, version=held.version)


def _in_work(by: Person, assessment: Assessment) -> Assessment:
    check_administers(by, assessment.programme)
    held = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=assessment.pk)
    )
    if held.signed_on is not None:
        raise Refused(_("This version is signed and stands as it is. Begin a new one."))
    return held
