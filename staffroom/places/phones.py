"""Whose numbers are meant when one comes without country code."""

from staffroom.people.models import Person
from staffroom.places.models import Appointment, Posting, Programme


def region(person: Person | None = None) -> str | None:
    """The country of the person's programme; of a stranger, that of the oldest programme here."""
    if person is not None:
        theirs = (
            Posting.objects.filter(person=person)
            .order_by("-starts")
            .values_list("school__programme__phone_region", flat=True)
            .first()
            or Appointment.objects.filter(person=person)
            .order_by("-starts")
            .values_list("programme__phone_region", flat=True)
            .first()
        )
        if theirs:
            return theirs
    return Programme.objects.order_by("created_at").values_list("phone_region", flat=True).first()
