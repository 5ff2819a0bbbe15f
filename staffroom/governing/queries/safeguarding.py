"""Who reads what is told about danger, and what each of them may read."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from staffroom.core.clock import today
from staffroom.governing import vault
from staffroom.governing.models import Contacts, Disclosure, DisclosureEntry
from staffroom.people.models import Person
from staffroom.places.models import Appointment, Programme, on_date

READER = Appointment.Role.SAFEGUARDING


def readers(programme: Programme) -> QuerySet[Person]:
    """Whoever holds the office today, with password and second factor."""
    held = Appointment.objects.filter(on_date(today()), programme=programme, role=READER)
    return Person.objects.filter(
        pk__in=held.values("person"), is_staff=True, is_active=True, erased_at=None
    ).order_by("name", "pk")


def reads(person: Person, disclosure: Disclosure) -> bool:
    """A reader of the programme whom the writer has not kept out."""
    if not readers(disclosure.programme).filter(pk=person.pk).exists():
        return False
    return str(person.pk) not in kept_from(disclosure)


def kept_from(disclosure: Disclosure) -> list[str]:
    """Whom the writer keeps out; sealed with the words, since it says as much as they do."""
    try:
        return list(vault.unseal(disclosure.sealed, disclosure.pk).get("not_for", []))
    except vault.Lost:
        return []


def readable_by(person: Person, programme: Programme) -> list[Disclosure]:
    """New ones first, then those in work, then the closed."""
    if not readers(programme).filter(pk=person.pk).exists():
        return []
    order = list(Disclosure.State)
    found = [
        row
        for row in Disclosure.objects.filter(programme=programme).select_related("taken_by")
        if str(person.pk) not in kept_from(row)
    ]
    return sorted(found, key=lambda row: order.index(row.state))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Line:
    """One thing that was written later, opened."""

    kind: str
    text: str
    by: Person | None
    at: Any


def opened(disclosure: Disclosure) -> dict[str, Any]:
    """The words. Only an action may ask, which has looked who wants to know."""
    found: dict[str, Any] = vault.unseal(disclosure.sealed, disclosure.pk)
    return found


def lines(disclosure: Disclosure, *, for_writer: bool) -> list[Line]:
    """What was added and answered; for the readers their notes too."""
    rows = DisclosureEntry.objects.filter(disclosure=disclosure).select_related("by")
    if for_writer:
        rows = rows.exclude(kind=DisclosureEntry.Kind.NOTE)
    return [Line(row.kind, vault.unseal(row.sealed, row.pk), row.by, row.at) for row in rows]


def emergency(programmes: list[Programme]) -> list[tuple[Programme, list[str]]]:
    """The numbers to call, by programme."""
    said = dict(
        Contacts.objects.filter(programme__in=programmes).values_list("programme", "emergency")
    )
    return [
        (each, numbers)
        for each in programmes
        if (numbers := [line for line in said.get(each.pk, "").splitlines() if line.strip()])
    ]


def by_code(code: str) -> Disclosure | None:
    return (
        Disclosure.objects.filter(receipt__in=vault.receipts_of(code))
        .select_related("programme")
        .first()
    )
