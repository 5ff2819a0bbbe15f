"""An administrator says how long things are kept, within the bounds of each rule."""

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit, retention
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import RetentionChoice
from staffroom.people.models import Person
from staffroom.places.access import programmes_of
from staffroom.places.models import Appointment


def check_sets_days(person: Person) -> None:
    """Any administrator: the days are one for the whole machine."""
    if not programmes_of(person, Appointment.Role.ADMINISTRATOR).exists():
        raise NotYours


@transaction.atomic
def set_days(*, by: Person, rule: str, days: int) -> None:
    check_sets_days(by)
    found = next((each for each in retention.rules() if each.key == rule and each.due), None)
    if found is None:
        raise NotYours
    if not found.least <= days <= found.most:
        raise Refused(
            _("Please choose between %(least)s and %(most)s days.")
            % {"least": found.least, "most": found.most},
            "days",
        )
    if days == found.days:
        RetentionChoice.objects.filter(rule=rule).delete()
    else:
        RetentionChoice.objects.update_or_create(rule=rule, defaults={"days": days})
    audit.write("retention.days", actor=by, rule=rule, days=days)
