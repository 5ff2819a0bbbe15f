"""Set up a programme with its own names for the steps of its administration."""

from collections.abc import Iterable, Sequence
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from phonenumbers import SUPPORTED_REGIONS

from staffroom.core import audit
from staffroom.core.clock import already, now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.words import listed
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.imports.names import fold
from staffroom.places.models import Appointment, Level, Programme, TeacherNumber, on_date
from staffroom.places.numbers import check_mask, fits_mask

MOST_LEVELS = 8
MOST_MEGABYTES = 50


def can_create_programme(person: Person | None) -> bool:
    """Whoever works at the machine (`None`), and administrators of any programme."""
    return (
        person is None
        or Appointment.objects.filter(
            on_date(today()), person=person, role=Appointment.Role.ADMINISTRATOR
        ).exists()
    )


@transaction.atomic
def create_programme(
    *,
    by: Person | None,
    name: str,
    country: str,
    levels: Sequence[str],
    timezone: str,
    language: str = "en",
    phone_region: str = "",
    ground_rules: dict[str, list[str]] | None = None,
) -> Programme:
    """A programme, its levels, and its maker as administrator."""
    if not can_create_programme(by):
        raise NotYours
    country, region = country.upper(), (phone_region or country).upper()
    _check(one_line(name), country, region, timezone, language)
    names = [clean for level in levels if (clean := one_line(level))]
    _check_levels(names)
    programme = Programme.objects.create(
        name=one_line(name),
        country=country,
        phone_region=region,
        timezone=timezone,
        language=language,
        ground_rules=ground_rules or {},
    )
    Level.objects.bulk_create(
        Level(programme=programme, depth=depth, name=level)
        for depth, level in enumerate(names, start=1)
    )
    if by is not None:
        Appointment.objects.create(
            person=by,
            programme=programme,
            role=Appointment.Role.ADMINISTRATOR,
            starts=already(timezone),
        )
    audit.write("programme.created", actor=by, on=programme, country=country, levels=len(names))
    return programme


@transaction.atomic
def write_numbers(
    *,
    by: Person | None,
    programme: Programme,
    number_label: str,
    number_mask: str,
    number_required: bool = False,
) -> None:
    """What the payroll number is called here, how one looks, and whether whoever is new must tell it."""
    check_administers(by, programme)
    mask, label = check_mask(number_mask), one_line(number_label)
    if len(label) > 60:
        raise Refused(_("At most %(n)s characters fit.") % {"n": 60}, "number_label")
    odd = sum(not fits_mask(number, mask) for number in _numbers_of(programme))
    if odd:
        raise Refused(
            ngettext(
                "One number that is kept already looks different. Please look at it again.",
                "%(n)s numbers that are kept already look different. Please look again.",
                odd,
            )
            % {"n": odd},
            "number_mask",
        )
    if number_required and not mask:
        raise Refused(
            _("Say first how a number looks, so that a slip of the finger is noticed."),
            "number_mask",
        )
    since = (programme.number_required_since or now()) if number_required else None
    programme.number_label, programme.number_mask = label, mask
    programme.number_required_since = since
    programme.save(update_fields=["number_label", "number_mask", "number_required_since"])
    audit.write("programme.numbers_written", actor=by, on=programme, required=number_required)


def _numbers_of(programme: Programme) -> Iterable[str]:
    return TeacherNumber.objects.filter(programme=programme).values_list("number", flat=True)


def set_file_limit(*, by: Person | None, programme: Programme, megabytes: int) -> None:
    """How much one paper in a post may weigh: whoever opens it pays for it."""
    check_administers(by, programme)
    if not 1 <= megabytes <= MOST_MEGABYTES:
        raise Refused(
            _("Please write a number of MB from 1 to %(most)s.") % {"most": MOST_MEGABYTES},
            "megabytes",
        )
    programme.file_limit_kb = megabytes * 1000
    programme.save(update_fields=["file_limit_kb"])
    audit.write("programme.file_limit", actor=by, on=programme, kb=programme.file_limit_kb)


def _check(name: str, country: str, region: str, timezone: str, language: str) -> None:
    if not name:
        raise Refused(_("Please give the programme a name."), "name")
    if len(name) > 120:
        raise Refused(_("At most 120 characters fit."), "name")
    if Programme.objects.filter(name__iexact=name).exists():
        raise Refused(_("There is already a programme of this name."), "name")
    if country not in SUPPORTED_REGIONS:
        raise Refused(
            _("The country is its two letters, like KE for Kenya or PK for Pakistan."), "country"
        )
    if region not in SUPPORTED_REGIONS:
        raise Refused(_("The phone region is two letters, like KE."), "phone_region")
    if timezone not in available_timezones():
        raise Refused(_("The time zone is a name like Africa/Nairobi or Asia/Karachi."), "timezone")
    if language not in dict(settings.LANGUAGES):
        raise Refused(
            _("The language is one of: %(all)s.") % {"all": listed(dict(settings.LANGUAGES))},
            "language",
        )


def _check_levels(names: list[str]) -> None:
    if not names:
        raise Refused(
            _("Please name at least one step of the administration, the widest first."), "levels"
        )
    if len(names) > MOST_LEVELS:
        raise Refused(_("At most %(n)s steps fit.") % {"n": MOST_LEVELS}, "levels")
    if any(len(name) > 60 for name in names):
        raise Refused(_("A step's name has at most 60 characters."), "levels")
    if len({fold(name) for name in names}) < len(names):
        raise Refused(_("Two steps have the same name."), "levels")
