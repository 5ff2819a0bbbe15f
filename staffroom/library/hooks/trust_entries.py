"""The ways to the two desks, for whoever sits at one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.library.queries.trust_desk import advises, leads_school
from staffroom.people.models import Person


def me_entries(person: Person) -> list[dict[str, str]]:
    entries = []
    if advises(person):
        entries.append(
            {
                "url": reverse("trust_desk"),
                "group": "work",
                "icon": "stamp",
                "title": _("The adviser’s desk"),
                "text": _("What waits to be verified"),
            }
        )
    if leads_school(person):
        entries.append(
            {
                "url": reverse("library_desk"),
                "group": "work",
                "icon": "book",
                "title": _("The library desk"),
                "text": _("Shared resources that wait for a second pair of eyes"),
            }
        )
    return entries
