"""What the help desk of the demo finds: payroll numbers, and a teacher who began a second time."""

import datetime as dt

from staffroom.core.clock import now, today
from staffroom.people.actions import make_account
from staffroom.people.models import Person
from staffroom.places.actions.programmes import write_numbers
from staffroom.places.models import Posting, Programme, TeacherNumber

LONG_AGO = dt.timedelta(days=400)
#: Whose numbers are kept; Amina's stands on the account that she lost with her first phone.
NUMBERED = ["baraka", "daudi", "wanjiku", "otieno", "nafula"]


def prepare(programme: Programme, people: dict[str, Person]) -> None:
    write_numbers(by=None, programme=programme, number_label="TSC number", number_mask="TSC999999")
    numbered = [_first_account(people["amina"]), *(people[key] for key in NUMBERED)]
    TeacherNumber.objects.bulk_create(
        TeacherNumber(programme=programme, person=person, number=f"TSC{100000 + number}")
        for number, person in enumerate(numbered, start=1)
    )


def _first_account(amina: Person) -> Person:
    """Her first phone is gone, and its number with it; so she signed in with a new one."""
    first = make_account(name=amina.name, phone="+254700109374", language=amina.language)
    first.enrolled_at, first.last_used_on = now() - LONG_AGO, today() - LONG_AGO / 2
    first.save(update_fields=["enrolled_at", "last_used_on"])
    posting = amina.postings.get()
    Posting.objects.create(person=first, school=posting.school, starts=posting.starts)
    return first
