"""What a programme spends at most, and what a MB costs."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.channels.airtime.currencies import CURRENCIES
from staffroom.channels.airtime.models import Budget
from staffroom.core import audit
from staffroom.core.errors import Refused
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.models import Programme


@transaction.atomic
def write_budget(
    *,
    by: Person | None,
    programme: Programme,
    currency: str,
    mb_price: Decimal | None,
    per_person: Decimal,
    per_order: Decimal,
    per_month: Decimal,
    two_above: Decimal,
) -> Budget:
    """Set the limits. They hold for orders agreed to from now on."""
    check_administers(by, programme)
    code = currency.strip().upper()
    if code not in CURRENCIES:
        raise Refused(
            _("Please write the three letters of the currency: KES, PKR, TZS …"), "currency"
        )
    if per_person > per_order or per_order > per_month:
        raise Refused(
            _("One person’s most cannot be above one order’s, nor one order’s above the month’s."),
            "per_person" if per_person > per_order else "per_order",
        )
    fields = {
        "currency": code,
        "mb_price": mb_price,
        "per_person": per_person,
        "per_order": per_order,
        "per_month": per_month,
        "two_above": two_above,
    }
    budget, _new = Budget.objects.update_or_create(programme=programme, defaults=fields)
    audit.write("airtime.budget", actor=by, on=programme)
    return budget
