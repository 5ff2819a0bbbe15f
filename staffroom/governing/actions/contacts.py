"""Whom to call and whom to ask: written by administrators, read by everybody."""

from django.db import transaction

from staffroom.core import audit
from staffroom.governing.models import Contacts
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.models import Programme


@transaction.atomic
def write_contacts(
    *,
    by: Person | None,
    programme: Programme,
    emergency: str = "",
    data_office: str = "",
    authority: str = "",
    operator: str = "",
) -> Contacts:
    check_administers(by, programme)
    row, _made = Contacts.objects.update_or_create(
        programme=programme,
        defaults={
            "emergency": "\n".join(filter(None, map(str.strip, emergency.splitlines()))),
            "data_office": data_office,
            "authority": authority,
            "operator": operator,
        },
    )
    audit.write("contacts.written", actor=by, on=programme)
    return row
