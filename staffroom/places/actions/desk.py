"""What the help desk does for somebody who cannot come in. Each act is audited and told to the owner."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from staffroom.core import audit, limits
from staffroom.core.errors import NotYours, Refused
from staffroom.people import actions as accounts
from staffroom.people import phones
from staffroom.people.actions import claims
from staffroom.people.actions import merge_by_desk as merging
from staffroom.people.actions import number as numbers
from staffroom.people.models import AccountNote, Person
from staffroom.places import queries, supervision
from staffroom.places.access import programmes_of
from staffroom.places.hooks import knows_number
from staffroom.places.models import Appointment, Programme, TeacherNumber

DAY = 24 * 3600
ACTS_A_DAY, ACTS_A_PERSON = 200, 10


def can_help(by: Person, person: Person, programme: Programme) -> bool:
    """Of one's own programme; not staff, not oneself, and nobody whom one supervises."""
    return (
        programmes_of(by, Appointment.Role.HELP_DESK).filter(pk=programme.pk).exists()
        and by.pk != person.pk
        and person.is_active
        and not person.is_staff
        and queries.people_of(programme).filter(pk=person.pk).exists()
        and by.pk not in supervision.supervisors_of({person.pk})
    )


def check_helps(by: Person, person: Person, programme: Programme) -> None:
    if not can_help(by, person, programme):
        raise NotYours


def send_code(*, by: Person, person: Person, programme: Programme) -> None:
    """A code to the number that is kept; the help desk never reads it."""
    _begin(by, person, programme)
    if person.phone is None:
        raise Refused(_("There is no number to send it to. Begin with a new number."))
    accounts.begin_sign_in(phones.e164(person.phone), address=f"desk {by.pk}")
    _tell(by, person, "desk_code")


@transaction.atomic
def unfreeze(*, by: Person, person: Person, programme: Programme, number: str) -> None:
    """A phone was lost and is found, or its SIM card is made anew: codes open the account again."""
    _begin(by, person, programme)
    if not knows_number(person, number):
        raise Refused(_("This is not the payroll number that is kept."), "number")
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.frozen_at = None
    person.save(update_fields=["frozen_at"])
    _tell(by, person, "desk_unfrozen")


def start_number(*, by: Person, person: Person, programme: Programme, phone: str) -> None:
    """A code to the new number, with which and with the payroll number the owner changes it."""
    _begin(by, person, programme)
    if not TeacherNumber.objects.filter(person=person).exists():
        raise Refused(
            _("No payroll number is kept for this person. A colleague's word is needed instead."),
            "phone",
        )
    with override(person.language):
        numbers.begin_by_desk(person=person, phone=phone)
    _tell(by, person, "desk_number")


@transaction.atomic
def vouch(*, by: Person, person: Person, programme: Programme, code: str) -> None:
    """The person has shown who they are: at the desk, with a paper, or with a known voice."""
    _begin(by, person, programme)
    claims.record_vouch(by=by, claim=claims.find_of(person=person, code=code))
    audit.write("desk.vouched", actor=by, on=person)


def offer_merge(
    *, by: Person, person: Person, programme: Programme, phone: str, number: str
) -> None:
    """This account and the one with the number `phone` are one person's: the owner has the last word."""
    _begin(by, person, programme)
    if not knows_number(person, number):
        raise Refused(
            _(
                "This is not the payroll number of the account that would go. Where none is kept, "
                "the owner comes in to it with a colleague’s word and joins the two there."
            ),
            "number",
        )
    wanted = phones.parse(phone, programme.phone_region)
    keep = Person.objects.filter(phone=wanted).first()
    if keep is None or not can_help(by, keep, programme):
        raise Refused(_("You can help no account with this number."), "phone")
    merging.offer(keep=keep, drop=person, by=by)


def merge_by_code(*, by: Person, person: Person, programme: Programme, code: str) -> None:
    """The owner sits here, has shown a paper and reads the code that came to their phone."""
    _begin(by, person, programme)
    offer = merging.living(person)
    if offer is None or offer.drop_id != person.pk:
        raise Refused(_("No offer waits for this account. Please begin anew."), "code")
    check_helps(by, offer.keep, programme)
    merging.agree_by_code(offer=offer, code=code, by=by)


def _begin(by: Person, person: Person, programme: Programme) -> None:
    check_helps(by, person, programme)
    limits.take("desk", str(by.pk), limit=ACTS_A_DAY, seconds=DAY)
    limits.take("desk-person", str(person.pk), limit=ACTS_A_PERSON, seconds=DAY)


@transaction.atomic
def _tell(by: Person, person: Person, act: str) -> None:
    AccountNote.objects.create(person=person, act=act, by=by)
    audit.write(act.replace("desk_", "desk."), actor=by, on=person)
