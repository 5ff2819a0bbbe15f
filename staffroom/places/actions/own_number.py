"""The payroll number that somebody writes for themselves. A list confirms it, or does not."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.core import audit, limits
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.places import queries
from staffroom.places.access import check_administers
from staffroom.places.models import Programme, TeacherNumber
from staffroom.places.numbers import laid

DAY = 24 * 3600
TRIES = 10


def write_own(*, person: Person, programme: Programme, number: str) -> None:
    """As the programme's numbers look; one a person, and each but once."""
    if person.is_staff or queries.programme_of(person) != programme:
        raise NotYours
    found = laid(number, programme.number_mask)
    if not found:
        raise Refused(_how(programme), "number")
    limits.take("own-number", str(person.pk), limit=TRIES, seconds=DAY)
    try:
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=person.pk)
            if TeacherNumber.objects.filter(programme=programme, person=person).exists():
                raise Refused(_("Your number is kept already."), "number")
            TeacherNumber.objects.create(
                programme=programme, person=person, number=found, own_word=True
            )
            audit.write("person.number_told", actor=person, programme=programme.pk)
    except IntegrityError as error:
        raise Refused(
            _(
                "Another account has this number. Please look at it again. If that account is "
                "yours too, the help desk of your programme can make the two one."
            ),
            "number",
        ) from error


@transaction.atomic
def take_away(*, by: Person, person: Person, programme: Programme) -> None:
    """Only what no list has confirmed."""
    check_administers(by, programme)
    gone, _rows = TeacherNumber.objects.filter(
        programme=programme, person=person, own_word=True
    ).delete()
    if not gone:
        raise NotYours
    audit.write("person.number_taken_away", actor=by, on=person)


def _how(programme: Programme) -> str:
    if not programme.number_mask:
        return _("Please write the number as it stands on your pay slip.")
    return _("A number looks like %(mask)s: 9 is a digit, A a letter.") % {
        "mask": programme.number_mask
    }
