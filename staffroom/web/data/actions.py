"""The member's own price of a MB; and forgetting."""

from decimal import Decimal

from django.db import transaction

from staffroom.people.models import Person
from staffroom.web.data.tally import TALLY
from staffroom.web.models import DataUsed, OwnPrice


@transaction.atomic
def set_own_price(*, person: Person, per_mb: Decimal | None) -> None:
    """What a MB costs me; None or nought: as the programme says."""
    if per_mb:
        OwnPrice.objects.update_or_create(person=person, defaults={"per_mb": per_mb})
    else:
        OwnPrice.objects.filter(person=person).delete()


def forget(person: Person, keep_contributions: bool) -> None:
    TALLY.forget(person.pk)
    DataUsed.objects.filter(person=person).delete()
    OwnPrice.objects.filter(person=person).delete()
