"""The programme's office says whether digests may go by text message, which costs."""

from django.db import transaction

from staffroom.communities import offices
from staffroom.core import audit
from staffroom.core.errors import NotYours
from staffroom.notices.models import Allowance
from staffroom.people.models import Person
from staffroom.places.models import Programme


@transaction.atomic
def allow(*, by: Person, programme: Programme, sms: bool, parts_a_month: int) -> Allowance:
    """For the whole programme; who chooses it then is each person's own affair."""
    held = offices.appointments(by, offices.GARDENER, offices.ADMINISTRATOR)
    if not held.filter(programme=programme, area=None).exists():
        raise NotYours
    allowance, _new = Allowance.objects.update_or_create(
        programme=programme, defaults={"sms": sms, "parts_a_month": parts_a_month}
    )
    audit.write("digests.allowed", actor=by, on=programme, sms=sms, parts=parts_a_month)
    return allowance
